"""Word lists and tables of event extraction, one folder a language, read once.

Each language has `triggers/*.toml` (events), `words.toml` (closed lists) and `irregular.toml` (irregular verbs). A
linguist edits these; the code only knows the names of the lists.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def read(language: str, name: str) -> dict[str, Any]:
    """Return one table of a language, such as `read("en", "words")`.

    Raises:
        FileNotFoundError: when the language has no such table.
    """
    return tomllib.loads((_HERE / language / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def languages() -> frozenset[str]:
    """Return the languages that have tables, as BCP 47 primary subtags."""
    return frozenset(path.name for path in _HERE.iterdir() if (path / "words.toml").exists())


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """Return one closed list such as `abbreviations.before_name`; its entries are separated by white space.

    Raises:
        KeyError: when there is no such list.
    """
    table: Any = read(language, "words")
    for part in name.split("."):
        table = table[part]
    return frozenset(entry.replace("_", " ") for entry in table.split())
