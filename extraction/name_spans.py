"""Capitalised spans of a text by rule, for names that the entity model leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.lexicon import words

_PART = r"(?:[A-Z]\.(?:[A-Z]\.)+|[A-Z]\.(?= [A-Z])|[A-ZÀ-ÖØ-ÞĆČĐŁŃŚŠŞŽŹŻİĞŐŰ][^\W_]*(?:[-’'](?!s\b)[^\W_]+)*)"
_LINK = r"(?: (?:of|de|da|del|di|la|le|al|el|bin|ibn|van|von|der|den|the|and) (?:the )?| ?& ?| )"
_NAME = re.compile(rf"(?<![\w’'-]){_PART}(?:{_LINK}{_PART}){{0,7}}")
_LINKS = frozenset(
    {"of", "de", "da", "del", "di", "la", "le", "al", "el", "bin", "ibn", "van", "von", "der", "den", "the"}
)
_TOKEN = re.compile(r"[^\s&]+|&")


def capitalised(text: str, sentence_starts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Give the spans [start, end) of capitalised words in order, cut at words that are no names and at "and"."""
    for match in _NAME.finditer(text):
        yield from _trim(match.group(), match.start(), sentence_starts)


def name_at(text: str, offset: int) -> str:
    """Return the capitalised words that begin at an offset, empty where none do."""
    match = _NAME.match(text, offset)
    return match.group() if match else ""


def without_titles(tokens: list[str]) -> list[str]:
    """Drop what stands before a person's name: "President", "Prime Minister", "U.S. Sen."."""
    titles = words("names.titles")
    last = max((i for i, token in enumerate(tokens[:-1]) if token.rstrip(".") in titles), default=-1)
    return tokens[last + 1 :]


def _trim(span: str, start: int, sentence_starts: frozenset[int]) -> Iterator[tuple[int, int]]:
    begin: int | None = None
    last = 0
    for match in _TOKEN.finditer(span):
        at, token = match.start(), match.group()
        if token in words("names.not_names") or token == "and":
            keep = token in ("The", "New", "May") and (start + at not in sentence_starts or token == "New")
            if not keep:
                if begin is not None:
                    yield start + begin, start + last
                begin = None
                continue
        if begin is None:
            if token in _LINKS:
                continue
            begin = at
        if token not in _LINKS:
            last = match.end()
    if begin is not None and last > begin:
        yield start + begin, start + last
