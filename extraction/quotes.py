"""Quotations of a text: where they begin and end, and whose words they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from schemas.mention import Quote

LONGEST = 4_000
"""Code points of a quotation at most; an opening mark without a partner within them is a stray."""

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"', "‘": "’", "'": "'"}
_SINGLE = frozenset("‘'")
_STRAIGHT = frozenset("\"‘'")
# A single mark opens only before a letter and closes only behind a stop, for it is an apostrophe elsewhere.
_MARKS = re.compile(
    r"[“”„\"«»「」『』]|(?<![^\s(\[—–])[‘'](?!(?:s|re|ve|ll|m|d|t|em|til)\b)(?=[^\W\d])|(?<=[.,!?…])['’](?!\w)|\n\s*"
)


@dataclass(slots=True)
class Quoted:
    """A quotation: code-point offsets with its marks and, as `inner`, without them.

    Attributes:
        title: whether it seems to be the name of a film or book rather than somebody's words.
        carries_on: whether it lacks its closing mark because the next paragraph opens with the same mark again.
        speaker: whose words they are, in the fullest form the article has.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    carries_on: bool = False
    title: bool = False
    speaker: str | None = None


class Quotes:
    """The quotations of a text in order, asked by offset."""

    def __init__(self, found: list[Quoted]) -> None:
        """Keep quotations that are in order and do not overlap."""
        self.found = found
        self.spans = [(quoted.start, quoted.end) for quoted in found]

    def at(self, offset: int) -> Quoted | None:
        """Return the quotation that an offset lies in."""
        at = bisect_right(self.spans, (offset, 1 << 60)) - 1
        return self.found[at] if at >= 0 and offset < self.spans[at][1] else None

    def speaker_at(self, offset: int) -> str | None:
        """Return whose words stand at an offset; None outside quotations and where nobody is named."""
        quoted = self.at(offset)
        return quoted.speaker if quoted is not None else None

    def between(self, start: int, end: int) -> tuple[Quote, ...]:
        """Return the quotations within [start, end), a longer one cut to it; titles are none."""
        first = max(0, bisect_left(self.spans, (start, 0)) - 1)
        kept = []
        for quoted in self.found[first : bisect_left(self.spans, (end, 0))]:
            low, high = max(quoted.inner_start, start), min(quoted.inner_end, end)
            if low < high and not quoted.title:
                kept.append(Quote(start=low, end=high, speaker=quoted.speaker))
        return tuple(kept)


def find_quotations(text: str) -> list[Quoted]:
    """Return what stands between quotation marks, in order, without speakers.

    Known pairs are “…”, "…", „…“, «…», »…«, 「…」, and ‘…’ or '…' where no apostrophe is meant. A mark without a
    partner is ignored, except where the next paragraph opens with it again: then the quotation carries on there.
    """
    found: list[Quoted] = []
    opening, start = "", 0
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if opening and at - start > LONGEST:
            opening = ""
        if mark[0] == "\n":
            following = text[match.end() : match.end() + 1]
            if opening and following == opening:
                end = at - len(text[start:at]) + len(text[start:at].rstrip())
                found.append(Quoted(start, end, start + 1, end, carries_on=True))
                opening = ""
            elif opening in _STRAIGHT and not following.islower():
                opening = ""  # a straight mark may be an inch: it reaches no further than its paragraph
        elif opening and mark in _CLOSING[opening] and not _reopens(text, mark, at):
            found.append(Quoted(start, at + 1, start + 1, at))
            opening = ""
        elif mark in _CLOSING and not (opening and mark in _SINGLE) and _opens(text, mark, at):
            opening, start = mark, at
    return [quoted for quoted in found if text[quoted.inner_start : quoted.inner_end].strip()]


def _opens(text: str, mark: str, at: int) -> bool:
    """Tell whether a mark that may open a quotation does: no inch (6") and no closing mark behind a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in '"»':
        return not before.isdigit() and (bool(after.strip()) or not before.strip()) and not before.isalnum()
    return True


def _reopens(text: str, mark: str, at: int) -> bool:
    """Tell a straight mark that looks like an opening one, so that the one before it had no partner."""
    after = text[at + 1 : at + 2]
    return mark == '"' and text[at - 1 : at].isspace() and after.isalnum()
