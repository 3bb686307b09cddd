"""Names in an article: capitalised spans, typed by their cues and merged to the fullest form."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from extraction.gazetteer.countries import Known, known_names
from extraction.lexicon import words

_PART = r"(?:[A-Z]\.(?:[A-Z]\.)+|[A-Z]\.(?= [A-Z])|[A-ZÀ-ÖØ-ÞĆČĐŁŃŚŠŞŽŹŻİĞŐŰ][^\W_]*(?:[-’'](?!s\b)[^\W_]+)*)"
_LINK = r"(?: (?:of|de|da|del|di|la|le|al|el|bin|ibn|van|von|der|den|the|and) (?:the )?| ?& ?| )"
_NAME = re.compile(rf"(?<![\w’'-]){_PART}(?:{_LINK}{_PART}){{0,7}}")
_LINKS = frozenset(
    {"of", "de", "da", "del", "di", "la", "le", "al", "el", "bin", "ibn", "van", "von", "der", "den", "the"}
)
_SPEECH = re.compile(r"['’]s\b|,? (?:said|says|told|added|noted|wrote|tweeted|argued|who|was born|is)\b")
_SPOKEN_BY = re.compile(r"(?:said|says|added|noted|told|according to|by) $")
_CUE_BEFORE = re.compile(r"([A-Za-z]+),? (?:the |[a-z]+ern |central |downtown )?$")
_CHAIN = re.compile(r", ?")

Kind = Literal["PER", "ORG", "LOC"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: code-point offsets, end exclusive.

    Attributes:
        name: its fullest form in the article.
        type: PER, ORG or LOC.
        country: ISO code of a known country or city.
        located: whether a cue such as "in" says that something is there.
        demonym: "Russian" in "Russian strikes"; `name` is then the country.
    """

    start: int
    end: int
    name: str
    type: Kind
    country: str | None = None
    located: bool = False
    demonym: bool = False


def find_names(text: str, sentence_starts: frozenset[int]) -> list[Name]:
    """Return the names of a text in order; a person's shorter name is given in its fullest form."""
    spans = [part for match in _NAME.finditer(text) for part in _trim(match.group(), match.start(), sentence_starts)]
    people = _people(text, spans)
    names = (_type(text, start, end, people) for start, end in spans)
    return [name for name in names if name is not None]


def between(names: list[Name], start: int, end: int) -> list[Name]:
    """Return the names within [start, end) of the text."""
    first = bisect_left(names, start, key=lambda name: name.start)
    last = bisect_left(names, end, key=lambda name: name.start)
    return names[first:last]


def _trim(span: str, start: int, sentence_starts: frozenset[int]) -> list[tuple[int, int]]:
    """Cut a capitalised span at words that are no names, at demonyms ("Russian Army" keeps), and at "and"."""
    parts: list[tuple[int, int]] = []
    tokens = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\s&]+|&", span)]
    begin: int | None = None
    last = 0
    for at, end, token in tokens:
        if token in words("names.not_names") or token == "and":
            keep = token in ("The", "New", "May") and (start + at not in sentence_starts or token == "New")
            if not keep:
                if begin is not None:
                    parts.append((start + begin, start + last))
                begin = None
                continue
        if begin is None:
            if token in _LINKS:
                continue
            begin = at
        if token not in _LINKS:
            last = end
    if begin is not None and last > begin:
        parts.append((start + begin, start + last))
    return parts


def _people(text: str, spans: list[tuple[int, int]]) -> dict[str, str]:
    """Return the fullest name of each person by the last word of the name."""
    fullest: dict[str, str] = {}
    titles, organisations, places = words("names.titles"), words("names.organisations"), words("names.places")
    for start, end in spans:
        tokens = text[start:end].replace(".", "").split()
        bare = _without_titles(tokens)
        titled = len(bare) < len(tokens) and bool(bare)
        name = " ".join(bare)
        if (
            not bare
            or name in known_names()
            or _begins_with_place(bare)
            or any(t in organisations or t in places for t in bare)
        ):
            continue
        if not titled and (len(bare) < 2 or len(bare) > 4 or (any(t in _LINKS for t in bare) and "of" in bare)):
            continue
        if not titled and (tokens[0] in titles or tokens[0] == "The" or not _spoken_of_as_person(text, start, end)):
            continue
        if not titled and any(t.isupper() and len(t) > 2 for t in bare):
            continue
        key = bare[-1]
        if len(name) > len(fullest.get(key, "")):
            fullest[key] = name
    return fullest


def _begins_with_place(tokens: list[str]) -> bool:
    """Tell "New York Yankees" from "Jordan Pickett": few places are given names."""
    if tokens[0] in words("names.given_places"):
        return False
    return tokens[0] in known_names() or " ".join(tokens[:2]) in known_names()


def _spoken_of_as_person(text: str, start: int, end: int) -> bool:
    """Tell whether a name of several words is a person's rather than a place's: no "in" or "from" before it."""
    before = _CUE_BEFORE.search(text[max(0, start - 24) : start])
    cue = before.group(1).lower() if before else ""
    return cue not in ("in", "at", "near", "across", "outside", "throughout", "inside") and not (
        cue == "from" and not _SPEECH.match(text, end)
    )


def _without_titles(tokens: list[str]) -> list[str]:
    """Drop what stands before a person's name: "Ukrainian President Volodymyr Zelenskyy", "U.S. Sen. Smith"."""
    titles = words("names.titles")
    last = max((i for i, token in enumerate(tokens[:-1]) if token in titles), default=-1)
    if last >= 0 and all(t in titles or t in _LINKS or _is_origin(t) for t in tokens[: last + 1]):
        return tokens[last + 1 :]
    return tokens


def _is_origin(token: str) -> bool:
    return token in known_names() or token in ("US", "UK", "EU", "UN", "Deputy", "Former")


def _type(text: str, start: int, end: int, people: dict[str, str]) -> Name | None:
    written = text[start:end]
    tokens = written.replace(".", "").split()
    located = _is_located(text, start)
    known = known_names().get(written) or known_names().get(written.replace(".", ""))
    if known is None and tokens[0] == "The":
        known = known_names().get(" ".join(tokens[1:]))
    if known is not None:
        return _known(known, start, end, located)
    bare = _without_titles(tokens)
    if not bare or (len(bare) == 1 and bare[0] in words("names.titles")):
        return None
    person = people.get(bare[-1])
    if person is not None and (len(bare) == 1 or person.endswith(" ".join(bare)) or set(bare) <= set(person.split())):
        return Name(start, end, person, "PER")
    name = " ".join(written.split())
    if located and any(t in words("names.places") for t in tokens):
        return Name(start, end, name, "LOC", _country_after(text, end), True)
    if any(t in words("names.organisations") for t in tokens) or (len(tokens) == 1 and _is_acronym(written)):
        return Name(start, end, name, "ORG")
    first = known_names().get(tokens[0])
    if first is not None and first.kind == "demonym":
        return Name(start, start + len(tokens[0]), first.name, "LOC", first.code, demonym=True)
    if any(t in words("names.places") for t in tokens):
        return Name(start, end, name, "LOC", None, located)
    if located and len(tokens) <= 3:
        return Name(start, end, name, "LOC", _country_after(text, end), True)
    if len(tokens) == 1 and not _is_person_alone(text, start, end):
        return None
    return Name(start, end, name, "ORG" if len(tokens) > 1 else "PER")


def _known(known: Known, start: int, end: int, located: bool) -> Name:
    if known.kind == "demonym":
        return Name(start, end, known.name, "LOC", known.code, demonym=True)
    return Name(start, end, known.name, "LOC", known.code, located)


def _is_located(text: str, start: int) -> bool:
    """Tell whether "in", "near" or the like stands before a name, or it follows a place and a comma."""
    before = text[max(0, start - 24) : start]
    match = _CUE_BEFORE.search(before)
    if match and match.group(1) in words("names.place_cues"):
        return True
    if before.endswith(" of ") and before[:-4].rpartition(" ")[2] in words("names.place_nouns"):
        return True
    return before.endswith(", ") and _follows_place(text, start)


def _follows_place(text: str, start: int) -> bool:
    """Tell "in Lyon, France": a name, itself behind a cue, and a comma stand before."""
    match = re.search(r"\b(?:in|at|near|from|outside) (?:[A-Z][\w’'-]+ ?){1,3}, $", text[max(0, start - 60) : start])
    return match is not None


def _country_after(text: str, end: int) -> str | None:
    comma = _CHAIN.match(text, end)
    if not comma:
        return None
    match = _NAME.match(text, comma.end())
    known = known_names().get(match.group()) if match else None
    return known.code if known else None


def _is_acronym(word: str) -> bool:
    return word.isupper() and 2 < len(word) < 7 and word not in words("names.not_acronyms")


def _is_person_alone(text: str, start: int, end: int) -> bool:
    return bool(_SPEECH.match(text, end)) or bool(_SPOKEN_BY.search(text[max(0, start - 16) : start]))
