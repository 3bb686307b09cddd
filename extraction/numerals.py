"""Numbers in digits and English words: "5,000", "twenty-three", "two dozen", "dozens", "between 30 and 40"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from extraction.lexicon import read

_TABLE: dict[str, Any] = read("en", "quantities")
_SMALL: dict[str, int] = _TABLE["numbers"]
_SCALES: dict[str, int] = _TABLE["scales"]
_MONEY: dict[str, int] = _TABLE["scales_of_money"]
_VAGUE: dict[str, int] = _TABLE["vague"]


def any_of(entries: Iterable[str]) -> str:
    """Return a pattern for one of some words or phrases (an underscore is a space), the longest first."""
    phrases = sorted((entry.replace("_", " ") for entry in entries), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)


_WORD = any_of([*_SMALL, *_SCALES])
_NUMBERS, _MULTIPLES = any_of(_SMALL), any_of(_SCALES)
_SPELLED = (
    rf"(?:(?:half\s+a|an?)\s+(?:{_MULTIPLES})|(?:{_NUMBERS}))"
    rf"(?:[\s-](?:{_WORD})\b|(?<=nd|ed)\s+and\s+(?:{_NUMBERS})\b)*"
)
_DIGITS = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?"
_ONE = rf"(?:{_DIGITS}|(?:{_SPELLED})\b)"
_SCALE = rf"(?:[\s-]?(?:{any_of(_SCALES)})\b|\s?(?:{any_of(_MONEY)})\b)"
NUMBER = re.compile(
    rf"(?<![\w.,:/#-])(?<!\bno )(?:(?P<vague>{any_of(_VAGUE)})\b"
    rf"|(?P<between>between\s+)?(?P<low>{_ONE})(?P<low_scale>{_SCALE})?"
    rf"(?:(?P<to>(?(between)\s+and\s+|(?:\s?[-–]\s?|\s+to\s+)))(?P<high>{_ONE})(?P<high_scale>{_SCALE})?)?)(?![\w]|[-–:/]\d|[.,]\d)",
    re.IGNORECASE,
)
"""A number, or a range of two."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of the text.

    Attributes:
        start, end: code-point offsets.
        value: what it means.
        upto: the upper end of a range, None for one number.
        vague: "dozens", of which `value` is the least.
        digits: written in digits.
        scaled: has a scale such as "million".
        money_scale: has a scale that only money has, as "300m".
    """

    start: int
    end: int
    value: float
    upto: float | None = None
    vague: bool = False
    digits: bool = False
    scaled: bool = False
    money_scale: bool = False


def read_numeral(match: re.Match[str]) -> Numeral:
    """Return the number that a match of `NUMBER` means; "30 and 40" is a range behind "between" alone."""
    if match["vague"]:
        return Numeral(match.start(), match.end(), float(_VAGUE[" ".join(match["vague"].lower().split())]), vague=True)
    low, scale = match["low"], (match["low_scale"] or "").strip(" -").lower()
    digits = low[0].isdigit()
    value = _value(low) * _factor(scale)
    if match["high"] is None:
        end = match.end("low_scale") if match["low_scale"] else match.end("low")
        return Numeral(match.start("low"), end, value, None, False, digits, bool(scale), scale in _MONEY)
    upper = (match["high_scale"] or "").strip(" -").lower()
    if not scale:
        value *= _factor(upper)  # "two to three million"
    upto = _value(match["high"]) * _factor(upper or scale)
    return Numeral(match.start(), match.end(), value, upto, False, digits, bool(scale or upper), upper in _MONEY)


def _factor(scale: str) -> float:
    return float(_SCALES.get(scale) or _MONEY.get(scale) or 1)


def _value(written: str) -> float:
    """Return the number that digits or words mean: "5,000", "twenty-three", "two hundred and five"."""
    if written[0].isdigit():
        return float(written.replace(",", ""))
    total, part = 0.0, 0.0
    for word in re.split(r"[\s-]+", written.lower()):
        if word in _SMALL:
            part += _SMALL[word]
        elif word in ("a", "an"):
            part = part or 1.0
        elif word == "half":
            part = 0.5
        elif word in ("hundred", "dozen"):
            part = (part or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += (part or 1.0) * _SCALES[word]
            part = 0.0
    return total + part
