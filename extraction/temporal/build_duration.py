"""Builders for durations and sets."""

from __future__ import annotations

from extraction.temporal.build_calendar import modifier
from extraction.temporal.build_clock import seconds_of
from extraction.temporal.reading import Match, Reading

_COMPOSED = ("Y", "M", "W", "D", "TH", "TM", "TS")  # from the coarsest to the finest


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
    count = match.number("count")
    if words and count is None and set(words) <= set(match.language.values["ARTICLE"]):
        count = 1.0
    count = match.value("implied", count)
    if code == "FN":
        code, count = "W", 2 * (count or 1)
    if "half" in match:
        count = (count or 0) + 0.5
    if match.value("more") and match.discourse.domain == "colloquial" and count and count > 1:
        count = None
    kind = match.value("type", "DURATION")
    if match.discourse.domain != "narrative":
        code = {"DE": "E", "CE": "C"}.get(code, code)
    return Reading(kind, duration_value(count, code), mod=modifier(match), focus=False)


def composite(match: Match) -> Reading | None:
    """Read "two years and six months", "1 hour 30 minutes": an amount with a finer rest."""
    codes = [str(match.value("unit")), str(match.value("finer"))]
    counts = [match.number("count"), match.number("rest")]
    if any(code not in _COMPOSED for code in codes) or None in counts:
        return None
    if _COMPOSED.index(codes[0]) >= _COMPOSED.index(codes[1]) or any(c != int(c) for c in counts if c is not None):
        return None
    parts = [(code, int(count)) for code, count in zip(codes, counts, strict=True) if count is not None]
    date = "".join(f"{count}{code}" for code, count in parts if code[0] != "T")
    time = "".join(f"{count}{code[1]}" for code, count in parts if code[0] == "T")
    return Reading("DURATION", f"P{date}" + (f"T{time}" if time else ""), mod=modifier(match), focus=False)


def quarter_hour(match: Match) -> Reading | None:
    """Read "a quarter of an hour" and "three quarters of an hour"."""
    return Reading("DURATION", "PT45M" if "part" in match else "PT15M", focus=False)


def preposition_over(match: Match) -> Reading | None:
    """Decline "over three years" as more than three when "over" is the preposition: "spread over three years"."""
    before = match.discourse.before(match.start)
    if match.discourse.domain == "news" and before not in match.language.values["OVER_INTRODUCER"]:
        return None
    return duration(match)


def fixed(match: Match) -> Reading | None:
    """Read an expression whose type and value stand in the rule, unless its last word is written as a title."""
    options = match.rule.options
    if options.get("title") and _is_title(match):
        return None
    return Reading(options.get("type", "DATE"), options["means"], mod=modifier(match), focus=False)


def _is_title(match: Match) -> bool:
    """Tell "Back to the Future" from "the future": a capital that begins no sentence."""
    discourse = match.discourse
    if not discourse.capitals_name:
        return False
    return discourse.tokens[match.end - 1][:1].isupper() and match.start > discourse.sentence_start(match.start)


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
        prefix = "" if match.discourse.domain == "colloquial" else "XXXX-XX-XX"
        return _set(f"{prefix}T{match.value('part')}")
    code = str(match.value("unit"))
    if options.get("calendar"):
        return _set(
            {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE"}.get(code, "")
        )
    if code == "WE":
        return _set("XXXX-WXX-WE")
    count = match.number("count") if "count" in match else 1.0
    count = match.value("multiple") or match.value("nth") or count
    return _set(duration_value(count, code))


def _set(value: str) -> Reading | None:
    return Reading("SET", value, focus=False) if value else None


def rate(match: Match) -> Reading | None:
    """Read "$5 a month" and "960 a week" as sets; elsewhere "a month" is a duration."""
    before = match.discourse.before(match.start)
    counted = before.endswith("s") and match.discourse.before(match.start, 2)[:1].isdigit()
    if before in match.language.values["RATED"] or before[:1].isdigit() or before[:1] in ("$", "£", "€") or counted:
        return recurring(match)
    return None


def decline(match: Match) -> Reading | None:
    """Read words that are no temporal expression, such as ages: an empty reading that takes them out."""
    return Reading("DURATION")


def every_clock(match: Match) -> Reading | None:
    """Read "every night 10pm"."""
    time = seconds_of(match)
    return _set(f"XXXX-XX-XXT{time[0] // 3600:02d}:{time[0] // 60 % 60:02d}") if time else None
