"""Builders for times of day: clock times, zones, parts of the day beside a date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from extraction.temporal.build_calendar import calendar, modifier
from extraction.temporal.build_days import day_offset, week_day
from extraction.temporal.period import Period
from extraction.temporal.reading import Match, Reading
from schemas.civil import civil
from schemas.vocabulary import Granularity

_BESIDE_TOKENS = 3


def seconds_of(match: Match) -> tuple[int, Granularity] | None:
    """Return the second of the day that the clock groups name, and the unit it is told in; None when it is no time."""
    word = match.word("clock")
    minutes = int(match.value("minutes", 0)) * int(match.value("side", 1))
    if "named" in match:
        return (int(match.value("named")) * 3600 + minutes * 60) % 86_400, "minute"
    digits = [int(part) for part in re.findall(r"\d+", word)]
    if not digits and "hour" in match:
        digits = [int(match.value("hour"))]
    if len(digits) == 1 and digits[0] > 99:
        digits = [digits[0] // 100, digits[0] % 100]
    if not digits:
        return None
    hour, minute, second = (*digits, 0, 0)[:3]
    half = str(match.value("half", ""))
    if half and hour > 12 and half == "am":
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    part = str(match.value("part", ""))
    if match.word("day") in match.language.values["NIGHT_WORD"] and hour < 12:
        part = "EV"
    if not half and part in ("AF", "EV", "NI") and 1 <= hour < 12 and not (part == "NI" and hour < 5):
        hour += 12
    if hour > 24 or minute > 59 or second > 59:
        return None
    return (hour * 3600 + (minute + minutes) * 60 + second) % 86_400, "second" if len(digits) > 2 else "minute"


def offset_of(match: Match, day: int, second: int) -> int | None:
    """Return the zone's seconds east of UTC at a time of a day, or None when no zone is told or known for the year."""
    if "zone" not in match:
        return None
    zone = match.value("zone")
    if not isinstance(zone, str):
        return int(float(zone) * 3600)
    year, month, date = civil(day)
    if not 1 <= year <= 9999:
        return None
    local = datetime(year, month, date, second // 3600, second // 60 % 60, tzinfo=ZoneInfo(zone))
    offset = local.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def clock(match: Match) -> Reading | None:
    """Read a time of day, on the day that the match names, or that of publication or the last mention."""
    time = seconds_of(match)
    if time is None or _is_verse(match) or _is_name(match):
        return None
    second, unit = time
    on = _day(match)
    if on is None or on.period is None:
        text = f"{second // 3600:02d}:{second // 60 % 60:02d}" + (f":{second % 60:02d}" if unit == "second" else "")
        date = on.value.partition("T")[0] if on else "XXXX-XX-XX"
        value = f"{date}T{text}"
        return Reading("TIME", value, mod=modifier(match), anchor="none", suffix=".unresolved", focus=False)
    period = Period(unit, on.period.index, second=second, offset=offset_of(match, on.period.index, second))
    others = tuple(replace(period, index=other.index) for other in on.alternatives)
    return Reading("TIME", period=period, mod=modifier(match), anchor=on.anchor, alternatives=others)


def _is_name(match: Match) -> bool:
    """Tell the band Midnight Oil from midnight: a capital inside a sentence."""
    discourse = match.discourse
    if match.end - match.start > 1 or "named" not in match or not discourse.capitals_name:
        return False
    return discourse.tokens[match.start][:1].isupper() and discourse.sentence_start(match.start) < match.start


def _is_verse(match: Match) -> bool:
    """Tell "John 3:16" and "chapter 5:16" from times: a bare 3:16 right behind a name or a word such as "chapter"."""
    discourse = match.discourse
    if match.end - match.start > 1 or match.discourse.domain == "colloquial" or match.start == 0:
        return False
    before = discourse.before(match.start)
    if before in match.language.values["NUMBERED"]:
        return True
    named = discourse.tokens[match.start - 1][:1].isupper() and before.isalpha() and len(before) > 2
    return named and discourse.sentence_start(match.start) < match.start - 1 and ":" in match.word("clock")


def _day(match: Match) -> Reading | None:
    """Return the day of a clock time: the one it stands with, else that of publication or the last mention."""
    if "month" in match:
        return calendar(match)
    if "weekday" in match:
        return week_day(_without(match, "part"))
    if "day" in match:
        return day_offset(_without(match, "part"))
    discourse = match.discourse
    period, anchor = discourse.now
    if discourse.spoken:
        last = discourse.spoken[-1]
        if match.start - last.end <= _BESIDE_TOKENS and last.reading.period:
            period, anchor = last.reading.period, last.reading.anchor
    if period is None or period.unit not in ("day", "part_of_day", "hour", "minute", "second"):
        return None
    return Reading("DATE", period=Period("day", period.index), anchor=anchor)


def _without(match: Match, name: str) -> Match:
    return replace(match, groups={key: group for key, group in match.groups.items() if key != name})


def dated_part(match: Match) -> Reading | None:
    """Read "March 5 evening", "the night of 5 March", "Christmas night"."""
    reading = calendar(match)
    if reading is None or reading.period is None or reading.period.unit != "day":
        return None
    period = replace(reading.period, unit="part_of_day", part=str(match.value("part")))
    return replace(reading, type="TIME", period=period)
