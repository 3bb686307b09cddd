"""Numbers written in words, figures or both: "two hundred and ten", "2 1/2", "nineteen ninety-six"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_SKIPPED = {"and", "-", "a", "an", "of", "und", "ein", "eine", "einem", "einer", "eines", "einen"}


def number(words: Sequence[str], values: Mapping[str, Any], decimal: str = ".") -> float | None:
    """Return the number that the words denote, or None when they denote none.

    Args:
        words: lower-case tokens such as `["two", "hundred", "and", "ten"]` or `["2", "1/2"]`.
        values: what each number word means (`half` is 0.5, `hundred` 100).
        decimal: the mark before decimals, `.` or `,`.
    """
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in values:
            value = float(values[word])
        elif word[:1].isdigit():
            figure = _figure(word, decimal)
            if figure is None:
                return None
            value = figure
        elif word in _SKIPPED:
            continue
        else:
            return None
        seen = True
        if value >= 1000:
            total, current = (total + (current or 1) * value, 0.0) if word in values else (total, current + value)
        elif value == 100 and word in values:
            current = (current or 1) * 100
        else:
            current += value
    return total + current if seen else None


def _figure(word: str, decimal: str) -> float | None:
    numerator, slash, denominator = word.partition("/")
    try:
        if slash:
            return int(numerator) / int(denominator)
        group = "." if decimal == "," else ","
        return float(numerator.replace(group, "").replace(decimal, "."))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def spelled_year(words: Sequence[str], values: Mapping[str, Any]) -> int | None:
    """Return the year that the words spell in pairs ("nineteen ninety-six", "two thousand and nine"), or None."""
    numbers = [int(values[word]) for word in words if word in values]
    if not numbers:
        return None
    if 1000 in numbers:
        result = number(words, values)
        return int(result) if result else None
    if numbers[1:] == [100]:
        return numbers[0] * 100
    century, rest = numbers[0], sum(numbers[1:])
    return century * 100 + rest if 10 <= century <= 20 and 0 < rest < 100 else None
