"""Names in an article: found by the entity model and by rule, merged to the fullest form, places looked up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction import name_cues as cues
from extraction.entities.tagger import Entity, Kind, in_sentence
from extraction.gazetteer.countries import known_names
from extraction.gazetteer.places import Known, Surroundings, is_country_and_region, places_named, resolve
from extraction.lexicon import words
from extraction.name_spans import capitalised, name_at, without_titles
from extraction.same_name import People, short_forms

_PRONOUN = re.compile(r"(?:He|She)\b")
_CHAIN = re.compile(r", ?")
_LONGEST_PERSON = 5  # words
_IN_PLACE = 3  # words of a place's name that only a cue tells


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: code-point offsets, end exclusive.

    Attributes:
        name: its fullest form in the article.
        type: PER, ORG or LOC.
        country: ISO code of a known country or city.
        located: whether a cue such as "in" says that something is there.
        demonym: "Russian" in "Russian strikes"; `name` is then the country.
        place: the place of the table that it names, None where it has none.
    """

    start: int
    end: int
    name: str
    type: Kind
    country: str | None = None
    located: bool = False
    demonym: bool = False
    place: Known | None = None


def find_names(text: str, sentence_starts: frozenset[int], outlet: str | None = None) -> list[Name]:
    """Return the names of a text in order, without overlap; a person's shorter name is given in its fullest form.

    `outlet` is the ISO code of the country that the article was published in.
    """
    starts = sorted(sentence_starts)
    entities = [entity for start, end in pairwise([*starts, len(text)]) for entity in in_sentence(text, start, end)]
    by_model = [name for entity in entities if (name := _of_entity(text, entity)) is not None]
    people = _people(by_model)
    free = _uncovered(capitalised(text, sentence_starts), by_model)
    names = _same(text, _merge(by_model, _by_rule(text, free, people)), people)
    return _with_pronouns(text, starts, _looked_up(text, starts, names, outlet))


def between(names: list[Name], start: int, end: int) -> list[Name]:
    """Return the names within [start, end) of the text."""
    first = bisect_left(names, start, key=lambda name: name.start)
    last = bisect_left(names, end, key=lambda name: name.start)
    return names[first:last]


def _of_entity(text: str, entity: Entity) -> Name | None:
    """Return a name of the model, as the tables and the words around it correct it; None for a lone title."""
    start, end, kind = entity
    written = " ".join(text[start:end].split())
    known = known_names().get(written)
    located = cues.is_located(text, start)
    if known is not None and known.kind != "city":
        return Name(start, end, known.name, "LOC", known.code, located and known.kind != "demonym",
                    known.kind == "demonym")  # fmt: skip
    if kind == "PER" and " " in written and _is_organisation(written.split()[-1]):
        kind = "ORG"
    if kind == "PER":
        tokens = without_titles(written.split())
        if tokens == written.split() and len(tokens) == 1 and tokens[0] in words("names.titles"):
            return None
        bare = " ".join(tokens)
        start = end - len(bare) if text[start:end].endswith(bare) else start
        lone_place = len(tokens) == 1 and (cues.is_inside(text, start) or cues.is_place_named(text, start))
        return Name(start, end, bare, "LOC" if lone_place else "PER", located=lone_place)
    if kind == "ORG" and cues.is_place_named(text, start):
        kind = "LOC"
    elif kind == "LOC" and not located and not places_named(written) and _is_organisation(written):
        kind = "ORG"
    return Name(
        start, end, written.removesuffix(".") if kind == "ORG" else written, kind, located=located and kind == "LOC"
    )


def _is_organisation(name: str) -> bool:
    return any(word.rstrip(".") in words("names.organisations") for word in name.split())


def _people(names: list[Name]) -> People:
    return People(
        (name.start, name.name)
        for name in names
        if name.type == "PER" and 1 < len(name.name.split()) <= _LONGEST_PERSON
    )


def _uncovered(spans: Iterable[tuple[int, int]], by_model: list[Name]) -> Iterator[tuple[int, int]]:
    """Give the spans that do not lie within a name of the model; most do, and to read them would be in vain."""
    ends = [name.end for name in by_model]
    for start, end in spans:
        at = bisect_left(ends, end)
        if at == len(ends) or by_model[at].start > start:
            yield start, end


def _by_rule(text: str, spans: Iterable[tuple[int, int]], people: People) -> list[Name]:
    """Return what tables, people named in full and the words around say for sure of capitalised spans."""
    found = []
    for start, end in spans:
        name = Name(start, end, text[start:end], "PER") if people.is_surname(text[start:end]) else None
        name = name or _typed(text, start, end)
        if name is not None:
            found.append(name)
    return found


def _typed(text: str, start: int, end: int) -> Name | None:
    parts = text[start:end].split()
    written = " ".join(parts)
    tokens = written.replace(".", "").split()
    located = cues.is_located(text, start)
    known = known_names().get(written) or known_names().get(" ".join(tokens[tokens[0] == "The" :]))
    if known is not None:
        demonym = known.kind == "demonym"
        return Name(start, end, known.name, "LOC", known.code, located and not demonym, demonym)
    titled = without_titles(parts)
    if len(titled) < len(parts) and titled[-1] not in words("names.titles") and not _is_organisation(written):
        bare = " ".join(titled)
        return Name(end - len(bare) if text[start:end].endswith(bare) else start, end, bare, "PER")
    if located and any(token in words("names.places") for token in tokens):
        return Name(start, end, written, "LOC", located=True)
    lone_acronym = len(tokens) == 1 and written.isupper() and 2 < len(written) < 7
    if any(token in words("names.organisations") for token in tokens) or (
        lone_acronym and written not in words("names.not_acronyms")
    ):
        return Name(start, end, written, "ORG")
    first = known_names().get(tokens[0])
    if first is not None and first.kind == "demonym":
        return Name(start, start + len(tokens[0]), first.name, "LOC", first.code, demonym=True)
    if (cues.is_inside(text, start) or cues.is_place_named(text, start)) and len(tokens) <= _IN_PLACE:
        return Name(start, end, written, "LOC", located=True)
    lone_speaker = len(tokens) == 1 and written.isalpha() and cues.is_speaker(text, start, end)
    if lone_speaker and written not in words("names.titles"):
        return Name(start, end, written, "PER")
    return None


def _merge(by_model: list[Name], by_rule: list[Name]) -> list[Name]:
    """Return the names of the model, and those by rule that touch none of them."""
    ends = [name.end for name in by_model]
    free = []
    for name in by_rule:
        at = bisect_right(ends, name.start)
        if at == len(by_model) or by_model[at].start >= name.end:
            free.append(name)
    return sorted(by_model + free, key=lambda name: name.start)


def _same(text: str, names: list[Name], people: People) -> list[Name]:
    """Give people and organisations the fullest form that the article has of them."""
    organisations = short_forms(text, ((name.end, name.name) for name in names if name.type == "ORG"))
    same = []
    for name in names:
        if name.name in organisations and not name.demonym and not (name.type == "LOC" and name.country):
            same.append(replace(name, name=organisations[name.name], type="ORG", located=False))
        elif name.type == "PER" or (people.is_surname(name.name) and not name.country and not places_named(name.name)):
            same.append(replace(name, name=people.fullest(name.name, name.start), type="PER", located=False))
        else:
            same.append(name)
    return same


def _looked_up(text: str, starts: list[int], names: list[Name], outlet: str | None) -> list[Name]:
    """Give places their country and position, told apart by what else the sentence and the article name."""
    two = {name.name for name in names if name.type == "LOC" and is_country_and_region(name.name)}
    article: Counter[str] = Counter(name.country for name in names if name.country and name.name not in two)
    abroad = any(code != outlet for code in article)
    towns = Counter(mark for name in names if name.name not in two for mark in _marks(name)) if two else article
    regions = {name.name for name in names if name.type == "LOC" and _is_region(name.name)} - two
    article.update(regions)
    found = []
    for name in names:
        if name.type != "LOC" or name.demonym:
            found.append(name)
            continue
        at = bisect_left(starts, name.start + 1) - 1
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        others = [other for other in between(names, starts[at], end) if other is not name and other.name not in two]
        of_two = name.name in two
        around = Surroundings(
            inside=_told_behind(text, name.end),
            sentence=frozenset(mark for other in others for mark in _marks(other)),
            article=towns if of_two else article,
            outlet=None if of_two and abroad else outlet,
            area=cues.is_area(text, name.start, name.end),
        )
        place = resolve(name.name, around)
        code = name.country if place is None else place.country
        if code is None:
            code = next((mark for mark in around.inside if len(mark) == 2), None)
        found.append(replace(name, country=code, place=place))
    return found


def _is_region(name: str) -> bool:
    return any(place.kind == "region" for place in places_named(name))


def _marks(name: Name) -> tuple[str, ...]:
    """Return what a name of the sentence says of where its places lie: a country, a region and its country."""
    if name.country is not None:
        return (name.country,)
    found = places_named(name.name) if name.type == "LOC" else ()
    if not found:
        return ()
    largest = max(found, key=lambda place: place.thousands)
    return (largest.country, largest.region) if largest.region else (largest.country,)


def _told_behind(text: str, end: int) -> frozenset[str]:
    """Return the country or region that stands behind a name and a comma: "Paris, Texas"."""
    comma = _CHAIN.match(text, end)
    behind = name_at(text, comma.end()) if comma else ""
    if not behind:
        return frozenset()
    known = known_names().get(behind)
    if known is not None and known.kind == "country":
        codes = {place.country for place in places_named(behind) if place.kind == "region"}
        regions = {behind} if codes else set()
        return frozenset({known.code} | regions)
    return frozenset(place.region for place in places_named(behind) if place.kind == "region")


def _with_pronouns(text: str, starts: list[int], names: list[Name]) -> list[Name]:
    """Add "He" and "She" at the head of a sentence where the sentence before it names one person and no other."""
    added: list[Name] = []
    for before, start in pairwise(starts):
        match = _PRONOUN.match(text, start)
        if match is None:
            continue
        told = {name.name for name in between(names, before, start) if name.type == "PER"}
        told |= {name.name for name in added[-1:] if name.start == before}
        if len(told) == 1:
            added.append(Name(match.start(), match.end(), told.pop(), "PER"))
    return sorted(names + added, key=lambda name: name.start) if added else names
