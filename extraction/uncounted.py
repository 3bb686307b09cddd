"""Numbers that count nothing: years, times, ages, ranks, the numbers of names, and parts of a number told before."""

from __future__ import annotations

import re
from typing import Any

from extraction.lexicon import read, words
from extraction.numerals import Numeral, any_of

_TABLE: dict[str, Any] = read("en", "quantities")
_REACH = 40  # code points before a number that tell
_TIME = re.compile(
    rf"[\s-]?(?:{any_of(_TABLE['traps']['times'].split())})(?!\w)|-(?:year|month|week|day|hour|minute)", re.IGNORECASE
)
_PART_BEHIND = re.compile(rf"\s+(?:{any_of(_TABLE['traps']['parts_behind'].split())})(?!\w)", re.IGNORECASE)
_PART_BEFORE = re.compile(rf"(?<!\w)(?:{any_of(_TABLE['traps']['parts_before'].split())})\s+$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s$")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_YEAR_BEFORE = re.compile(rf"(?:^|\b(?:{any_of(_TABLE['traps']['years'].split())})\s|['’]s\s|\()$", re.IGNORECASE)
_AGE = re.compile(r"[A-Za-z.]\W?,\s$|\baged?\s$")
_NAMED = re.compile(
    r"(?<=[\w,;:—–-])\s+[A-Z][\w-]*\s$|\b(?:No|Nos|Article|Section|Page|Room|Highway|Route|Flight|Chapter)\.?\s$"
)
_ALONE = re.compile(r"[A-Z][\w-]+")


def is_no_count(text: str, start: int, end: int, numeral: Numeral, before: str) -> bool:
    """Tell a year, a time, an age, a day of a month from a count."""
    if _TIME.match(text, numeral.end, end) or (numeral.digits and _MONTH_BEFORE.search(before)):
        return True
    if not numeral.digits or numeral.scaled:
        return False
    written = text[numeral.start : numeral.end]
    if _YEAR.fullmatch(written) and _YEAR_BEFORE.search(before):
        return True
    return (
        len(written) <= 2 and text[numeral.end : numeral.end + 1] in (",", ".", ";", "") and bool(_AGE.search(before))
    )


def is_part(text: str, opening: str, last: int, end: int) -> bool:
    """Tell "12 of them" and "including 12": a part of a number told before. `opening` is what stands before."""
    return _PART_BEHIND.match(text, last, end) is not None or _PART_BEFORE.search(opening) is not None


def is_named(text: str, start: int, first: int) -> bool:
    """Tell "a Boeing 737" and "Article 5": a name stands right before a number."""
    before = text[max(start, first - _REACH) : first]
    if _NAMED.search(before):
        return True
    opening = before.strip()
    return first - start < _REACH and _ALONE.fullmatch(opening) is not None and opening not in words("names.not_names")


def is_race(text: str, start: int, first: int, unit: str) -> bool:
    """Tell "won the 800 metres" from "the walls are 800 metres long"."""
    return unit in _TABLE["traps"]["races"].split() and text[max(start, first - 4) : first].lower() == "the "
