"""The rules and the language that `docs/dates.md` adds as examples do what the page says."""

from __future__ import annotations

import re
import shutil
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.temporal import language
from extraction.timex import tag

PAGE = Path(__file__).parents[2] / "docs" / "dates.md"
BLOCKS = [
    textwrap.dedent(block)
    for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    if "[[rule]]" in block
]
RULE = next(block for block in BLOCKS if "relative.morrow" in block)
LANGUAGE = next(block for block in BLOCKS if "maggio" in block)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    language.languages.cache_clear()
    yield tmp_path
    language.languages.cache_clear()


def test_a_rule_more(folder: Path) -> None:
    shutil.copytree(Path(language.__file__).parent.parent / "languages" / "en", folder / "qaa")
    (folder / "qaa" / "90_more.toml").write_text(RULE, encoding="utf-8")
    (rule,) = tomllib.loads(RULE)["rule"]
    found = tag(rule["example"], published_at="2014-10-15", language="qaa", domain="news")
    assert ("the morrow", rule["value"]) in [(timex.text, timex.value) for timex in found]


def test_a_language_more(folder: Path) -> None:
    (folder / "qab").mkdir()
    (folder / "qab" / "10_dates.toml").write_text(LANGUAGE, encoding="utf-8")
    for rule in tomllib.loads(LANGUAGE)["rule"]:
        found = tag(rule["example"], published_at="2014-10-15", language="qab")
        assert [(timex.text, timex.value) for timex in found] == [(rule["example"], rule["value"])]
