"""Which words name the same kind of occurrence: "death" and "killed", but not "death" and "wedding"."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lexis.stems import stem

_LONGEST = 2  # words of a phrase in the table
_ENDINGS = ("", "s", "d", "ed")  # of short words, whose endings the stemmer leaves: dies, died


class Family(NamedTuple):
    """A family of words.

    Attributes:
        name: its heading in `families.toml`.
        telling: whether it is of saying and thinking, which the same story has of many acts.
        consequence: whether it is what an occurrence brings about: the dead of a quake.
    """

    name: str
    telling: bool = False
    consequence: bool = False


def family(words: Sequence[str]) -> Family | None:
    """Return the family of a trigger's stems, by its first phrase, else its first word that has one; None without."""
    table = _table()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = table.get(tuple(words[start : start + length]))
            if found is not None:
                return found
    return None


@cache
def _table() -> dict[tuple[str, ...], Family]:
    content = tomllib.loads((Path(__file__).parent / "families.toml").read_text("utf-8"))
    table: dict[tuple[str, ...], Family] = {}
    for section, families in content.items():
        for name, members in families.items():
            found = Family(name, section == "telling", section == "consequences")
            for member in members.split():
                first, *rest = member.split("_")
                for ending in _ENDINGS:
                    table.setdefault((stem(first + ending), *map(stem, rest)), found)
    return table
