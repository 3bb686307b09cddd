"""Builders for durations and sets."""

from __future__ import annotations

from extraction.temporal.build_calendar import modifier
from extraction.temporal.numerals import number
from extraction.temporal.reading import Match, Reading


def amount(value: float) -> str:
    """Write a number of units without a needless fraction."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def duration_value(count: float | None, code: str) -> str:
    """Write a TIMEX3 duration: `P3M`, `PT2H`, `PXY`, `P2Y6M`, `PT1M30S`; None is an unknown number."""
    time, unit = ("T", code[1]) if code[0] == "T" else ("", code)
    if count is None:
        return f"P{time}X{unit}"
    finer = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "D": (24, "H")}.get(code)
    whole, rest = int(count), count - int(count)
    if rest and finer:
        part = round(rest * finer[0])
        head = f"{whole}{unit}" if whole else ""
        if code == "D":
            return f"P{head}T{part}H"
        return f"P{time}{head}{part}{finer[1]}"
    return f"P{time}{amount(count)}{unit}"


def duration(match: Match) -> Reading | None:
    """Read "three months", "nearly an hour", "a couple of years", "two-week", "several days"."""
    code = str(match.value("unit"))
    words = match.words("count")
    count = number(words, match.language.values["NUMBER_WORD"]) if words else None
    if words and count is None and set(words) <= set(match.language.values["ARTICLE"]):
        count = 1.0
    if "implied" in match.rule.options:
        count = float(match.rule.options["implied"])
    if "half" in match:
        count = (count or 0) + 0.5
    if "denominator" in match.rule.options:
        count = float(match.rule.options["denominator"])
    mod = modifier(match) or match.rule.options.get("mod")
    return Reading("DURATION", duration_value(count, code), mod=mod, focus=False)


def fixed(match: Match) -> Reading | None:
    """Read an expression whose type and value stand in the rule."""
    options = match.rule.options
    return Reading(
        options.get("type", "DATE"), options["means"], mod=modifier(match) or options.get("mod"), focus=False
    )


def recurring(match: Match) -> Reading | None:
    """Read "every month", "each Monday", "a year" in a rate, "daily"."""
    options = match.rule.options
    if "weekday" in match:
        part = match.value("part")
        return _set(f"XXXX-WXX-{match.value('weekday')}" + (f"T{part}" if part else ""))
    if "month" in match:
        return _set(f"XXXX-{int(match.value('month')):02d}")
    if "season" in match:
        return _set(f"XXXX-{match.value('season')}")
    if "part" in match:
        return _set(f"{options.get('prefix', 'XXXX-XX-XX')}T{match.value('part')}")
    code = str(match.value("unit"))
    if options.get("calendar"):
        return _set(
            {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE"}.get(code, "")
        )
    if code == "WE":
        return _set("XXXX-WXX-WE")
    count = number(match.words("count"), match.language.values["NUMBER_WORD"]) if "count" in match else 1.0
    return _set(duration_value(count, code))


def _set(value: str) -> Reading | None:
    return Reading("SET", value, focus=False) if value else None
