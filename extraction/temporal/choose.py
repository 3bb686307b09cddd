"""Choosing the year, month or day that an incomplete date leaves open.

News and short posts count from the publication date: the tense says which side, else the nearer or the past one.
Narrative counts from the last date mentioned and moves forward.
"""

from __future__ import annotations

from extraction.temporal.period import (
    SEASONS,
    Period,
    bounds,
    day_of,
    enclosing,
    month_of,
    year_at,
)
from extraction.temporal.reading import Match, Reading
from schemas.civil import DateError, weekday

_TRAIL = 4  # periods that a story may go on from
_ASIDE = 1.0  # months that going on from an earlier one costs
_WITHIN = 3.0  # months that a step into a year costs that was named alone
_BACKWARD = 1.5  # times as dear as moving forward
_MONTHS_BACK = 6
_SAME_BREATH = 12  # tokens behind a full date in which its year still holds
# How much heavier a day ahead weighs than a day back, when the sentence looks back (-1), ahead (1) or neither (0),
# or names an end reached (-2).
_FUTURE_WEIGHT = {-2: 99.0, -1: 9.0, 0: 2.5, 1: 0.15}
_FUTURE_WEIGHT_DAY = {-2: 99.0, -1: 4.0, 0: 1.0, 1: 0.35}


def month_near(match: Match, month: int, day: int | None, mod: str | None) -> Reading | None:
    """Resolve a month (and day) to the year that fits its surroundings; keep it underspecified when nothing does."""
    discourse = match.discourse
    today = discourse.today
    now, anchor = discourse.now
    if now and anchor == "earlier_date":
        trail = discourse.trail[-_TRAIL:] or [now]
        period = _narrative(trail, month, day, discourse.next_year(match.end))
        return Reading("DATE", period=period, mod=mod, anchor=anchor)
    if today is None:
        value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
        return Reading("DATE", value, mod=mod, anchor="none", suffix=".unresolved")
    options = _existing(year_at(today), month, day)
    ahead = match.discourse.direction(match.start, match.end)
    introducer = discourse.before(match.start)
    if introducer in match.language.values["AHEAD_PREPOSITION"] and ahead <= 0:
        ahead += 1
    if introducer in match.language.values["ENDED"]:
        ahead = -2
    if day is not None and discourse.after(match.end) == ":":
        ahead = 0  # the label of a line in a list, whose present tense is that of chronicles: "8 May: the mine closes"
    chosen = (
        _as_told(match, month, day)
        or _as_before(match, options)
        or _by_tense(options, today, ahead, fine=day is not None)
    )
    others = tuple(option for option in options if abs(option.index - chosen.index) and _gap(option, today) < 366)
    return Reading("DATE", period=chosen, mod=mod, anchor="publication_date", alternatives=others[:1])


def _as_told(match: Match, month: int, day: int | None) -> Period | None:
    """Return the month or day in the year of a full date that the sentence names before: "June 24, 2005 … June 20"."""
    discourse = match.discourse
    if not discourse.spoken:
        return None
    spoken = discourse.spoken[-1]
    period = spoken.reading.period
    if period is None or spoken.reading.anchor != "explicit" or period.unit not in ("day", "month"):
        return None
    if match.start - spoken.end > _SAME_BREATH or spoken.start < discourse.sentence_start(match.start):
        return None
    return day_of(year_at(period), month, day) if day else month_of(year_at(period), month)


def _as_before(match: Match, options: list[Period]) -> Period | None:
    """Return the option that an earlier mention of the month chose, or that follows the month it is listed with."""
    for spoken in reversed(match.discourse.spoken[-8:]):
        period = spoken.reading.period
        if period is None or spoken.reading.anchor != "publication_date" or period.unit not in ("month", "day"):
            continue
        month = enclosing(period, "month").index
        listed = (
            match.start - spoken.end <= 2 and match.discourse.before(match.start) in match.language.values["JOINER"]
        )
        for option in options:
            index = enclosing(option, "month").index
            if index == month or (listed and 0 <= index - month < 6):
                return option
    return None


def _existing(year: int, month: int, day: int | None) -> list[Period]:
    options = []
    for candidate in (year - 1, year, year + 1):
        try:
            options.append(day_of(candidate, month, day) if day else month_of(candidate, month))
        except DateError:
            continue
    if not options and day == 29:
        options = [day_of(candidate, month, day) for candidate in range(year - 7, year + 5) if _leap(candidate)][-2:]
    if not options:
        raise DateError(f"day {day} does not exist in month {month}")
    return options


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _gap(period: Period, today: Period) -> int:
    start, end = bounds(period)
    return start - today.index if start > today.index else max(0, today.index - end + 1)


def _by_tense(options: list[Period], today: Period, ahead: int, *, fine: bool) -> Period:
    """Return the option nearest to publication, where days ahead weigh more unless the sentence looks ahead."""
    weight = _FUTURE_WEIGHT[ahead] if not fine else _FUTURE_WEIGHT_DAY[ahead]

    def cost(option: Period) -> float:
        gap = _gap(option, today)
        return gap * weight if bounds(option)[0] > today.index else float(gap)

    return min(options, key=cost)


def _narrative(trail: list[Period], month: int, day: int | None, next_year: int | None) -> Period:
    """Return the month or day that carries on the story best.

    A story moves forward by small steps; now and then it names a date aside and goes on from the one before: of the
    periods last mentioned, the one that the new date lies nearest to is carried on.

    Args:
        trail: the periods last mentioned, at least one, the last of them at the end.
        month: 1 to 12.
        day: of the month, where it is told.
        next_year: the year that the text names next, which bounds how far the story can have moved on.
    """
    chosen: Period | None = None
    least = 0.0
    for back, period in enumerate(reversed(trail)):
        year = _carried_on(period, month, next_year)
        try:
            option = day_of(year, month, day) if day else month_of(year, month)
        except DateError:
            continue
        cost = _step(period, option) + _ASIDE * back
        if chosen is None or cost < least:
            chosen, least = option, cost
    if chosen is None:
        raise DateError(f"day {day} does not exist in month {month} of {trail[-1]}")
    return chosen


def _carried_on(reference: Period, month: int, next_year: int | None) -> int:
    """Return the year of a month in a story that has reached a period: the same, or the next when months come round."""
    year = year_at(reference)
    if reference.unit not in ("year", "decade", "century", "millennium"):
        back = enclosing(reference, "month").index - (year * 12 + month - 1)
        if back > _MONTHS_BACK and not (next_year is not None and next_year <= year):
            return year + 1
        if back < -_MONTHS_BACK - 3:
            return year - 1
    return year


def _step(before: Period, option: Period) -> float:
    """Return how many months lie between a period and an option; a step into a year that was named costs `_WITHIN`."""
    start, end = bounds(before)
    first = bounds(option)[0]
    if before.unit in ("year", "decade", "century", "millennium"):
        return _WITHIN if start <= first < end else 99.0
    return max(first - start, (start - first) * _BACKWARD) / 30.4


def pick_season(match: Match, code: str, mod: str | None) -> Reading | None:
    """Resolve a season whose year is not told."""
    discourse = match.discourse
    now, anchor = discourse.now
    if now is None:
        return Reading("DATE", f"XXXX-{code}", mod=mod, anchor="none", suffix=".unresolved")
    season = SEASONS.index(code)
    year = year_at(now)
    if anchor == "earlier_date" and code == "WI" and now.unit in ("day", "month", "season"):
        month = enclosing(now, "month").index % 12 + 1
        year += month >= 6
    focus = anchor != "earlier_date"
    return Reading("DATE", period=Period("season", year * 4 + season), mod=mod, anchor=anchor, focus=focus)


def _range_start(match: Match) -> int | None:
    """Return the day number of "Tuesday" in "from Tuesday through Thursday", for its end lies after it."""
    discourse = match.discourse
    if not discourse.spoken or match.start - discourse.spoken[-1].end != 1:
        return None
    spoken = discourse.spoken[-1].reading.period
    today = discourse.today
    if spoken is None or spoken.unit not in ("day", "part_of_day") or not today or abs(spoken.index - today.index) > 7:
        return None
    return spoken.index if discourse.before(match.start) in match.language.values["RANGE"] else None


def pick_weekday(match: Match, number: int) -> tuple[Period, tuple[Period, ...]] | None:
    """Return the day that a bare weekday (1 is Monday) means, and the other day that it might mean."""
    discourse = match.discourse
    today = discourse.today
    if discourse.domain == "narrative":
        today = discourse.reference if discourse.reference and discourse.reference.unit == "day" else None
    if today is None:
        return None
    start = _range_start(match)
    if start is not None:
        return Period("day", start + (number - weekday(start)) % 7), ()
    back = (weekday(today.index) - number) % 7
    past, future = Period("day", today.index - back), Period("day", today.index - back + 7)
    if back == 0:
        return today, (future,)
    if discourse.domain == "narrative":
        return future, (past,)
    ahead = discourse.direction(match.start, match.end)
    if ahead == 0 and discourse.before(match.start) in match.language.values["AHEAD_PREPOSITION"]:
        ahead = 1
    return (future, (past,)) if ahead > 0 else (past, (future,))
