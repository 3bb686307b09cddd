"""Builders for dates that count from another: "last week", "two months ago", "the next day", "Friday"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from extraction.temporal.build_calendar import modifier
from extraction.temporal.choose import pick_weekday
from extraction.temporal.numerals import number
from extraction.temporal.period import (
    SEASONS,
    Period,
    bounds,
    day_of,
    enclosing,
    month_of,
    moved_year,
    shifted,
    year_at,
)
from extraction.temporal.reading import Match, Reading
from schemas.civil import DateError, add_months, weekday
from schemas.vocabulary import Anchor, Granularity

UNIT_OF_CODE: dict[str, Granularity] = {
    "D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "H": "half", "Y": "year", "DE": "decade",
    "CE": "century", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip
_UNDERSPECIFIED = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def unresolved(value: str, mod: str | None = None) -> Reading:
    """Return the reading of a date that nothing in reach resolves."""
    return Reading("DATE", value, mod=mod, anchor="none", suffix=".unresolved", focus=False)


def _base(match: Match) -> tuple[Period | None, Anchor]:
    """Return what the rule counts from: the option `from` is published, mentioned or now (domain decides)."""
    discourse = match.discourse
    origin = match.rule.options.get("from", "now")
    if origin == "mentioned":
        return discourse.mentioned
    if origin == "published" and discourse.published:
        return discourse.today, "publication_date"
    return discourse.now


def whole_clause(match: Match) -> bool:
    """Tell "the day before" from "the day before the vote": whether nothing that it could count from follows."""
    following = match.discourse.after(match.end)
    return not following[:1].isalnum() or following in match.language.values["CLAUSE_WORD"]


def day_offset(match: Match) -> Reading | None:
    """Read today, yesterday, tomorrow, with or without a part of the day."""
    offset = int(match.value("day"))
    base, anchor = match.discourse.now if match.discourse.domain == "narrative" else _published(match)
    if base is None:
        return unresolved("XXXX-XX-XX", modifier(match))
    day = Period("day", bounds(base)[0] + offset)
    if "part" in match:
        part = str(match.value("part"))
        return Reading("TIME", period=replace(day, unit="part_of_day", part=part), mod=modifier(match), anchor=anchor)
    return Reading("DATE", period=day, mod=modifier(match), anchor=anchor)


def _published(match: Match) -> tuple[Period | None, Anchor]:
    today = match.discourse.today
    return (today, "publication_date") if today else (None, "none")


def part_of_day(match: Match) -> Reading | None:
    """Read "this morning", "last night", "the evening": a part of the day of publication, or of the one mentioned."""
    part = str(match.value("part"))
    offset = int(match.value("relative", match.value("offset", 0)))
    base, anchor = match.discourse.now if match.discourse.domain == "narrative" else _published(match)
    if base is None or base.unit not in ("day", "part_of_day", "hour", "minute", "second"):
        value = "XXXX-XX-XX" if base is None or base.unit != "month" else _value(base) + "-XX"
        return Reading("TIME", f"{value}T{part}", anchor="none", suffix=".unresolved", focus=False, mod=modifier(match))
    period = Period("part_of_day", bounds(base)[0] + offset, part=part)
    return Reading("TIME", period=period, mod=modifier(match), anchor=anchor)


def _value(period: Period) -> str:
    from extraction.temporal.period import timex_value

    return timex_value(period)


def week_day(match: Match) -> Reading | None:
    """Read a weekday, alone or with last, this, next, and with a part of the day."""
    day_number = int(match.value("weekday"))
    relative = match.value("relative")
    part = match.value("part")
    if relative is None and not _is_weekday(match):
        return None
    if relative is None and _in_set(match):
        return Reading("SET", f"XXXX-WXX-{day_number}", focus=False)
    picked = pick_weekday(match, day_number)
    if picked is None:
        value = f"XXXX-WXX-{day_number}" + (f"T{part}" if part else "")
        kind = "TIME" if part else "DATE"
        return replace(unresolved(value, modifier(match)), type=cast(Any, kind))
    period, others = picked
    anchor: Anchor = "publication_date" if match.discourse.domain != "narrative" else match.discourse.now[1]
    if relative is not None:
        period, others = _relative_weekday(match, day_number, int(relative)), ()
    if part:
        period = replace(period, unit="part_of_day", part=str(part))
        others = tuple(replace(other, unit="part_of_day", part=str(part)) for other in others)
    kind = "TIME" if part else "DATE"
    return Reading(cast(Any, kind), period=period, alternatives=others, mod=modifier(match), anchor=anchor)


def _is_weekday(match: Match) -> bool:
    """Tell the day from Sun Microsystems and Sat Nam: a bare Sun or Sat needs a preposition or a comma beside it."""
    discourse, values = match.discourse, match.language.values
    titled = discourse.after(match.end) in values["TITLED_DAY"] and discourse.tokens[match.end][:1].isupper()
    if titled or discourse.before(match.start) in values["NAMED_DAY"]:
        return False
    if (
        match.discourse.domain == "colloquial"
        or match.word("weekday") not in match.language.values["AMBIGUOUS_WEEKDAY"]
    ):
        return True
    if match.discourse.before(match.start) not in match.language.values["WEEKDAY_INTRODUCER"]:
        return False
    return not match.discourse.after(match.end)[:1].isalpha() and match.discourse.after(match.end) != "'s"


def _in_set(match: Match) -> bool:
    """Tell whether a weekday goes on a list of them: "every Monday, Wednesday and Friday"."""
    spoken = match.discourse.spoken
    if not spoken or spoken[-1].reading.type != "SET" or not spoken[-1].reading.value.startswith("XXXX-WXX-"):
        return False
    if not 0 < match.start - spoken[-1].end <= 2:
        return False
    between = match.discourse.words[spoken[-1].end : match.start]
    return all(word in match.language.values["JOINER"] for word in between)


def _relative_weekday(match: Match, number_: int, relative: int) -> Period:
    discourse = match.discourse
    base = discourse.today
    told = match.word("relative") in match.language.values["RELATIVE_TEXT"] or discourse.domain == "narrative"
    if discourse.reference and discourse.reference.unit == "day" and (told or base is None):
        base = discourse.reference
    if base is None:
        raise DateError(f"nothing in reach tells which {match.word('weekday')} it is")
    ahead = (number_ - weekday(base.index)) % 7
    if relative < 0:
        return Period("day", base.index + (ahead - 7 if ahead else -7))
    if relative > 0:
        return Period("day", base.index + (ahead or 7))
    return Period("day", base.index + ahead)


def relative_unit(match: Match) -> Reading | None:
    """Read last, this or next week, month, quarter, year; "that day", "the same year", "the following month"."""
    unit = UNIT_OF_CODE[str(match.value("unit"))]
    offset = int(match.value("relative", match.value("offset", 0)))
    base, anchor = _base(match)
    if base is None:
        return unresolved(_UNDERSPECIFIED[unit], modifier(match))
    if unit in ("day", "week", "weekend") and base.unit in ("month", "quarter", "season", "half", "year", "decade"):
        return replace(unresolved(_within(base, unit), modifier(match)), anchor=anchor)
    period = shifted(enclosing(base, unit), offset)
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor)


def _within(base: Period, unit: Granularity) -> str:
    value = _value(base)
    if base.unit == "month":
        return f"{value}-XX"
    return (
        f"{value[:-3] if base.unit in ('quarter', 'season', 'half') else value}-{'XX-XX' if unit == 'day' else 'WXX'}"
    )


def relative_month(match: Match) -> Reading | None:
    """Read "last February", "this September", "next May", "May last year"."""
    base, anchor = _base(match)
    month = int(match.value("month"))
    if base is None:
        return unresolved(f"XXXX-{month:02d}", modifier(match))
    relative = int(match.value("relative", match.value("offset", 0)))
    if "unit" in match:
        return Reading("DATE", period=month_of(year_at(base) + relative, month), mod=modifier(match), anchor=anchor)
    current = enclosing(base, "month").index
    index = current - current % 12 + month - 1
    if relative < 0 and index >= current - 1:
        index -= 12
    if relative > 0 and index <= current:
        index += 12
    return Reading("DATE", period=Period("month", index), mod=modifier(match), anchor=anchor)


def relative_season(match: Match) -> Reading | None:
    """Read "last summer", "this spring", "next winter"."""
    base, anchor = _base(match)
    code = str(match.value("season"))
    if base is None:
        return unresolved(f"XXXX-{code}", modifier(match))
    relative = int(match.value("relative", match.value("offset", 0)))
    index = year_at(base) * 4 + SEASONS.index(code)
    if "unit" in match:
        index += 4 * relative
    elif relative:
        period = Period("season", index)
        if relative < 0 and bounds(period)[1] > bounds(base)[0]:
            index -= 4
        if relative > 0 and bounds(period)[0] <= bounds(base)[0]:
            index += 4
    return Reading("DATE", period=Period("season", index), mod=modifier(match), anchor=anchor)


def ago(match: Match) -> Reading | None:
    """Read "two weeks ago", "three days later", "a year earlier", at the granularity people mean."""
    if match.word("side") in match.language.values["SIDE_PREPOSITION"] and not whole_clause(match):
        return None
    sign = int(match.value("side", -1))
    code = str(match.value("unit"))
    count = _count(match)
    if code == "FN" and count:
        code, count = "W", 2 * count
    origin = match.rule.options.get("from", "published")
    base, anchor = _published(match) if origin == "published" else match.discourse.mentioned
    if base is None and origin == "published":
        base, anchor = match.discourse.now
    if count is None:
        if origin == "published":
            return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", focus=False, mod=modifier(match))
        return None
    unit = UNIT_OF_CODE[code]
    if base is None:
        return unresolved(_UNDERSPECIFIED.get(unit, "XXXX-XX-XX"), modifier(match))
    period = displaced(base, unit, sign * count, match.discourse.domain)
    if period and modifier(match) and unit == "week":
        period = enclosing(period, "week")
    if period is None:
        return None
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor, focus=sign > 0)


def _count(match: Match) -> float | None:
    if "count" not in match:
        return 1.0
    return number(match.words("count"), match.language.values["NUMBER_WORD"]) or (
        1.0 if set(match.words("count")) <= set(match.language.values["ARTICLE"]) else None
    )


def displaced(base: Period, unit: Granularity, count: float, domain: str) -> Period | None:
    """Move a period by a number of units; the result is as fine as people mean it.

    "Five months ago" is a month and "two years ago" a year; short posts count to the day.
    """
    if unit in ("hour", "minute", "second"):
        return None
    if unit == "day":
        return Period("day", bounds(base)[0] + round(count))
    if unit == "week":
        moved = Period("day", bounds(base)[0] + round(count * 7))
        return moved if abs(count) <= 2 and base.unit == "day" else enclosing(moved, "week")
    if unit in ("month", "quarter"):
        months = round(count * (3 if unit == "quarter" else 1))
        if domain == "colloquial" and base.unit == "day":
            return Period("day", add_months(base.index, months))
        if unit == "quarter":
            return shifted(enclosing(base, "quarter"), round(count))
        return shifted(enclosing(base, "month"), months)
    if count != int(count):
        return shifted(enclosing(base, "month"), round(count * 12))
    years = round(count * {"year": 1, "decade": 10, "century": 100}.get(unit, 1))
    if domain == "colloquial" and base.unit == "day":
        return moved_year(base, years)
    return shifted(enclosing(base, "year"), years)


def fixed_part(match: Match) -> Reading | None:
    """Read "tonight" and "overnight": the part of the day that the rule names, on the day of publication."""
    part = str(match.rule.options["part"])
    base, anchor = _published(match)
    if base is None or match.discourse.domain == "narrative":
        return Reading("TIME", f"XXXX-XX-XXT{part}", anchor="none", suffix=".unresolved", focus=False)
    return Reading("TIME", period=Period("part_of_day", base.index, part=part), anchor=anchor)


def month_of_text(match: Match) -> Reading | None:
    """Read "October of that year", "January 24 of the same year"."""
    base, anchor = match.discourse.mentioned
    month, day = int(match.value("month")), match.value("day")
    if base is None:
        return unresolved(f"XXXX-{month:02d}")
    year = year_at(base)
    if day is None:
        return Reading("DATE", period=month_of(year, month), anchor=anchor)
    return Reading("DATE", period=day_of(year, month, int(day)), anchor=anchor)


def day_beside(match: Match) -> Reading | None:
    """Read "the day before", "the day after", when no event follows that it counts from."""
    base, anchor = match.discourse.mentioned
    if not whole_clause(match) or base is None or base.unit not in ("day", "part_of_day", "minute", "second"):
        return None
    return Reading("DATE", period=Period("day", base.index + int(match.value("side"))), anchor=anchor)


def day_after(match: Match) -> Reading | None:
    """Read "the next day", "the following night": the one after the day mentioned last, else after publication."""
    base, anchor = match.discourse.mentioned
    if base is None or base.unit not in ("day", "part_of_day", "hour", "minute", "second"):
        return relative_unit(match) if "unit" in match else part_of_day(match)
    day = Period("day", bounds(base)[0] + 1)
    if "part" not in match:
        return Reading("DATE", period=day, anchor=anchor)
    return Reading("TIME", period=replace(day, unit="part_of_day", part=str(match.value("part"))), anchor=anchor)


def season_after(match: Match) -> Reading | None:
    """Read "that winter": the season that holds the last mention, or else the next one of that name."""
    base, anchor = match.discourse.mentioned
    code = str(match.value("season"))
    if base is None:
        return unresolved(f"XXXX-{code}")
    season = Period("season", year_at(base) * 4 + SEASONS.index(code))
    if bounds(shifted(season, -4))[1] > bounds(base)[0]:
        season = shifted(season, -4)
    elif base.unit != "year" and bounds(season)[1] <= bounds(base)[0]:
        season = shifted(season, 4)
    return Reading("DATE", period=season, anchor=anchor)


def weekend(match: Match) -> Reading | None:
    """Read "the weekend": the last one, or the next when the sentence looks ahead."""
    base, anchor = _base(match)
    if base is None or base.unit not in ("day", "week", "part_of_day", "minute", "second"):
        return unresolved("XXXX-WXX-WE")
    saturday = enclosing(Period("day", bounds(base)[0]), "weekend")
    ahead = match.discourse.direction(match.start, match.end)
    if saturday.index > bounds(base)[0] and ahead <= 0:
        return Reading("DATE", period=shifted(saturday, -1), anchor=anchor, alternatives=(saturday,))
    return Reading("DATE", period=saturday, anchor=anchor)
