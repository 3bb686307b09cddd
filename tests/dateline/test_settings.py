from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.settings import Settings

ROOT = Path(__file__).parents[2]


def documented() -> dict[str, str]:
    parts = re.split(r"^### `(DATELINE_\w+)`\n", (ROOT / "docs" / "settings.md").read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    assert set(documented()) == {f"DATELINE_{name.upper()}" for name in Settings.model_fields}
    assert all(text.strip() for text in documented().values())


@pytest.mark.parametrize("name", [n for n, f in Settings.model_fields.items() if isinstance(f.default, int | float)])
def test_the_documented_default_is_the_default(name: str) -> None:
    default = Settings.model_fields[name].default
    told = documented()[f"DATELINE_{name.upper()}"].replace(",", "")
    assert re.search(rf"Default {default:.0f}\b", told), told


def test_every_setting_is_read_by_some_code() -> None:
    code = "".join(file.read_text() for file in (ROOT / "dateline").rglob("*.py") if file.name != "settings.py")
    assert [name for name in Settings.model_fields if f"settings.{name}" not in code] == []


def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PARTITIONS", "0")
    with pytest.raises(ValueError, match="partitions"):
        Settings()
