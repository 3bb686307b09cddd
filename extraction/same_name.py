"""Who is meant by a short name: a person's surname, an organisation's acronym."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from extraction.gazetteer.countries import known_names
from extraction.gazetteer.places import places_named

_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z.&-]{1,9})\)")
_NO_HEADS = frozenset(
    [
        "The",
        "Bank",
        "University",
        "College",
        "Ministry",
        "Department",
        "Royal",
        "National",
        "International",
        "World",
        "New",
        "First",
        "General",
        "Federal",
        "Central",
        "American",
        "European",
        "United",
        "Union",
        "Supreme",
        "High",
    ]
)  # words that begin the names of many
_SMALL = frozenset(["of", "the", "and", "for", "de", "in", "on", "to", "a"])


class People:
    """The people whom an article names in full, by the last word of their names."""

    def __init__(self, full: Iterable[tuple[int, str]]) -> None:
        """Take names of two words and more with their offsets, in any order."""
        self._told: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._full: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._given: defaultdict[str, set[str]] = defaultdict(set)
        for start, name in sorted(full):
            words = name.split()
            self._told[words[-1]].append((start, name))
            self._full[words[-1]][name] = None
            self._given[words[0]].add(name)

    def is_surname(self, word: str) -> bool:
        """Tell whether somebody of that surname is named in full."""
        return word in self._told

    def fullest(self, name: str, start: int) -> str:
        """Return the fullest form of a person's name at an offset.

        Of several people with a surname, the one named last before it is meant, else the first; a longer name is theirs
        only when it shares a further word with it.
        """
        words = name.split()
        if len(words) > 1:
            known = self._full.get(words[-1], {})
            longer = (full for full in known if set(words[:-1]) <= set(full.split()) or full == name)
            return max(longer, key=len, default=name)
        told = self._told.get(name, [])
        if told:
            before = bisect_right(told, start, key=lambda item: item[0])
            nearest = told[max(0, before - 1)][1]
            return self.fullest(nearest, start)
        named = self._given.get(name, set())
        return next(iter(named)) if len(named) == 1 else name


def short_forms(text: str, organisations: Iterable[tuple[int, str]]) -> dict[str, str]:
    """Return the fullest name of an organisation by its short ones.

    `organisations` are the ends and names of those in the text. A short name is an acronym told in brackets behind the
    name, or the first word of one organisation's name alone, as "Acme" is of "Acme Steel".
    """
    found: dict[str, str] = {}
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for end, name in organisations:
        short = _acronym_behind(text, end, name)
        if short is not None:
            found.setdefault(short, name)
        first, *rest = name.split()
        if rest and not places_named(first) and first not in known_names():
            heads[first].add(name)
    for first, named in heads.items():
        if len(named) == 1 and first not in _NO_HEADS:
            found.setdefault(first, *named)
    return found


def _acronym_behind(text: str, end: int, name: str) -> str | None:
    """Return the acronym in brackets behind an organisation's name whose initials it begins with, None without one."""
    match = _ACRONYM.match(text, end)
    if match is None:
        return None
    capitals = "".join(c for c in match.group(1) if c.isupper())
    initials = "".join(word[0] for word in re.split(r"[\s-]+", name) if word and word.lower() not in _SMALL)
    return match.group(1) if len(capitals) > 1 and initials.upper().startswith(capitals[:2]) else None
