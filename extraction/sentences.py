"""Sentences of a text, with exact code-point offsets, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from extraction.lexicon import read, words

LONGEST = 1_500
"""Code points after which a run without a stop is cut, so that a text without punctuation stays linear to process."""

_STOP = re.compile(
    r"(?P<stop>(?:(?:\. ){2,}\.|[.!?…]+)[\"'”’»)\]]*(?:\[\d{1,3}\])*)(?=\s)"
    r"|(?P<tight>(?<=[a-z\d)%])[.!?][\"”’»)]*(?=[\"“]?[A-Z][a-z’']*[ ,]))"  # "It ended.The next day"
    r"|(?P<wide>[。！？．｡]+[”」』）]*)|(?P<script>[؟۔।]+)(?=\s)"
    r"|(?P<bullet>(?<=\s)(?=[•▪●‣]\s))"
    r"|(?P<break>[\n\r\x0b\x0c\x85\u2028\u2029]\s*)"
)
_LAST_WORD = re.compile(r"[^\s\"'“‘(\[]*$")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*(\w*)")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
# `“We won!” Anna Lee said.` goes on behind the quotation.
_SPEAKS = re.compile(r"\s+(?:[A-Z][\w.'’-]*\s+){1,4}(\w+)")
_WORD_BEFORE = re.compile(r"[^\W\d_]{2,}$|\d$|[)%]$")
_WRAPPED = 50  # shorter lines are headings or list items, not the lines of a hard-wrapped paragraph


class Span(NamedTuple):
    """A stretch of the text: code-point offsets, end exclusive."""

    start: int
    end: int


def split(text: str) -> list[Span]:
    """Return the sentences of a text in order, without the white space around them.

    Every character that is not white space lies in exactly one sentence. A line break ends a sentence, except inside
    a paragraph that was wrapped by hand. A run of `LONGEST` characters is cut at a space.
    """
    found: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        kind = match.lastgroup
        if kind == "stop" and not _ends(text, match.start(), match.end()):
            continue
        if kind == "tight" and not _WORD_BEFORE.search(text, max(start, match.start() - 24), match.start()):
            continue
        if kind == "break":
            if _continues(text, start, match.start(), match.end(), match.group()):
                continue
            _append(found, text, start, match.start())
        else:
            _append(found, text, start, match.end())
        start = match.end()
    _append(found, text, start, len(text))
    return found


def joined(sentences: list[Span], held: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the sentences with those made one that a stretch of the text runs through.

    Args:
        sentences: as `split` returns them.
        held: stretches (start, end) that no sentence may cut, by start: German "3. Mai" has a stop inside.
    """
    found: list[Span] = []
    stretches = iter(held)
    start, end = next(stretches, (0, 0))
    for sentence in sentences:
        while end <= sentence.start and end:
            start, end = next(stretches, (0, 0))
        if found and start < found[-1].end < end:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        _append(found, text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append(Span(start, end))


def _ends(text: str, stop: int, after: int) -> bool:
    """Tell whether the stop at `stop` (closing quotes up to `after`) ends a sentence."""
    following = _NEXT.match(text, after)
    next_word = following.group(1) if following else ""
    if next_word[:1].islower():
        return False
    if text[stop] != "." or after - stop > 1:
        speaks = _SPEAKS.match(text, after) if text[stop] in "!?" and after - stop > 1 else None
        return speaks is None or speaks.group(1) not in _speaking()
    window = text[max(0, stop - 24) : stop]
    match = _LAST_WORD.search(window)
    word = match.group() if match else ""
    if not word or not next_word:
        return True
    if word.lower() in words("abbreviations.before_name"):
        return False
    if word.lower() in words("abbreviations.before_number") and next_word[0].isdigit():
        return False
    if word.isdigit() and len(word) < 3 and next_word in words("abbreviations.after_ordinal"):
        return False
    if _INITIALS.fullmatch(word) or word.lower() in words("abbreviations.may_end"):
        # "the U.S. He said" ends, "the U.S. Treasury" and "J. Smith" do not.
        return next_word in words("abbreviations.sentence_starts")
    return True


@cache
def _speaking() -> frozenset[str]:
    return frozenset(read("en", "quotes")["attribution"]["verbs"].split())


def _continues(text: str, start: int, end: int, after: int, gap: str) -> bool:
    """Tell whether a line break lies within a paragraph that was wrapped by hand."""
    if gap.count("\n") != 1 or after >= len(text) or end <= start:
        return False
    line = text.rfind("\n", start, end)
    if end - max(start, line + 1) < _WRAPPED:
        return False
    return text[after].islower() and text[end - 1] not in ".!?…:"
