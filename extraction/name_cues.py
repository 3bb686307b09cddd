"""What the words around a name say of it: that something is there, that somebody speaks, that a state is meant."""

from __future__ import annotations

import re

from extraction.lexicon import words

_SPEECH = re.compile(r"['’]s\b|,? (?:said|says|told|added|noted|wrote|tweeted|argued|who|was born|is)\b")
_SPOKEN_BY = re.compile(r"(?:said|says|added|noted|told|according to|by) $")
_CUE_BEFORE = re.compile(r"([A-Za-z]+),? (?:the |[a-z]+ern |central |downtown )?$")
_CHAIN_BEFORE = re.compile(r"\b(?:in|at|near|from|outside) (?:[A-Z][\w’'-]+ ?){1,3}, $")
_IN_BEFORE = re.compile(r"\b(?:in|near|outside|across) (?:the |[a-z]+ern |central |downtown )?$")
_NOUN_BEHIND = re.compile(r" (?:region|oblast|province|state|county|governorate|district)\b", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"\b(?:region|oblast|province|state|governorate) of $", re.IGNORECASE)
_WINDOW = 24


def is_located(text: str, start: int) -> bool:
    """Tell whether "in", "near" or the like stands before a name, or it follows a place and a comma."""
    before = text[max(0, start - _WINDOW) : start]
    match = _CUE_BEFORE.search(before)
    if match and match.group(1) in words("names.place_cues"):
        return True
    if is_place_named(text, start):
        return True
    return before.endswith(", ") and _CHAIN_BEFORE.search(text[max(0, start - 60) : start]) is not None


def is_place_named(text: str, start: int) -> bool:
    """Tell whether a noun says that a place is named: "the town of", "control of"."""
    before = text[max(0, start - _WINDOW) : start]
    return before.endswith(" of ") and before[:-4].rpartition(" ")[2] in words("names.place_nouns")


def is_inside(text: str, start: int) -> bool:
    """Tell whether a word that stands before no person does: "in", "near"; a person may stand behind "from"."""
    return _IN_BEFORE.search(text[max(0, start - _WINDOW) : start]) is not None


def is_area(text: str, start: int, end: int) -> bool:
    """Tell whether a word beside a name says that it is no city: "Donetsk region", "the state of Georgia"."""
    return bool(_NOUN_BEHIND.match(text, end)) or bool(_NOUN_BEFORE.search(text[max(0, start - _WINDOW) : start]))


def is_speaker(text: str, start: int, end: int) -> bool:
    """Tell whether a lone name is spoken of as a person: "Ostrow said", "according to Ostrow"."""
    return bool(_SPEECH.match(text, end)) or bool(_SPOKEN_BY.search(text[max(0, start - 16) : start]))
