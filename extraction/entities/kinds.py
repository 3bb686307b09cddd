"""What tables say of a word: given name, surname, place, demonym, title, word of an organisation's name."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from extraction.gazetteer.countries import known_names
from extraction.gazetteer.places import places_named
from extraction.lexicon import words

_PEOPLE = Path(__file__).with_name("people.tsv")
_LISTS = {"organisation": "names.organisations", "area": "names.places", "title": "names.titles"}
_TOWN, _CITY = 50, 300  # thousand people


@lru_cache(1 << 15)
def kinds(word: str) -> tuple[str, ...]:
    """Return what a word is known to be, by its form with a capital; none for numbers and signs."""
    name = word[:1].upper() + word[1:]
    found = list(people().get(name.lower(), ()))
    place = _place_kind(name)
    if place:
        found.append(place)
    return (*found, *(kind for kind, listed in _LISTS.items() if name in words(listed)))


def _place_kind(name: str) -> str:
    """Return the kind of the largest place of a name, with a city's size; empty for what is no place."""
    known = known_names().get(name)
    if known is not None and known.kind != "city":
        return known.kind
    found = places_named(name)
    if not found:
        return ""
    largest = max(found, key=lambda place: place.thousands)
    if largest.kind != "city":
        return largest.kind
    return "city" if largest.thousands > _CITY else "town" if largest.thousands > _TOWN else "village"


@cache
def people() -> dict[str, tuple[str, ...]]:
    """Return which of the names of people a word is, by the word in small letters: given, surname and so on."""
    lines = _PEOPLE.read_text(encoding="utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: tuple(kinds.split()) for word, kinds in rows}
