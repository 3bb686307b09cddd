"""Builders for dates that the text names: days, months, years, seasons, decades, centuries."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.temporal.choose import month_near, pick_season
from extraction.temporal.numerals import spelled_year
from extraction.temporal.period import Period, bounds, day_of, month_of, shifted, year_at, year_of
from extraction.temporal.reading import Match, Reading
from schemas.civil import civil, weekday
from schemas.vocabulary import Granularity

_SEASON_INDEX = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}


def modifier(match: Match) -> str | None:
    """Return the TIMEX3 mod of the match's `mod` group."""
    mod = match.value("mod")
    return str(mod) if mod else None


def two_digit_year(match: Match, digits: int) -> int:
    """Expand a two-digit year to the century that lies nearest to the publication date or the last mention."""
    discourse = match.discourse
    near = 1985
    if discourse.domain == "narrative" and discourse.reference:
        near = year_at(discourse.reference)
    elif discourse.published and discourse.today:
        near = year_at(discourse.today) - 20
    return near - 50 + (digits - (near - 50)) % 100


def year_in(match: Match) -> int | None:
    """Return the astronomical year of the match's year groups, or None when it has none."""
    word = match.word("year")
    if "spelled" in match:
        return spelled_year(match.words("spelled"), match.language.values["NUMBER_WORD"])
    if not word:
        return None
    digits = re.sub(r"\D", "", word)
    year = int(digits)
    if match.value("era") == "BC":
        return 1 - year
    if len(digits) == 2 and "era" not in match:
        return two_digit_year(match, year)
    return year


def day_in(match: Match) -> int | None:
    """Return the day of the month in figures or words ("21", "21st", "twenty-first"), or None when it has none."""
    words = match.words("day")
    if not words:
        return None
    if words[0][0].isdigit():
        return int(re.sub(r"\D", "", words[0]))
    values = match.language.values
    return sum(int(values["ORDINAL"].get(word, values["NUMBER_WORD"].get(word, 0))) for word in words)


def calendar(match: Match) -> Reading | None:
    """Read any of weekday, day, month and year, in whatever order the pattern has them."""
    year = year_in(match)
    if match.end - match.start == 2 and match.words("spelled") == ["two", "thousand"] and _counts(match):
        return None
    month = int(match.value("month", 0))
    day = day_in(match)
    if match.rule.options.get("bare") and not _stands_alone(match):
        return None
    if year is not None:
        period = month_of(year, month) if month else year_of(year)
        if month and day:
            period = day_of(year, month, day)
        return Reading("DATE", period=period, mod=modifier(match))
    return month_near(match, month, day, modifier(match))


def _stands_alone(match: Match) -> bool:
    """Tell a month's name from a person's and from the verb: "in May", not "May Smith" or "they may"."""
    if "mod" in match:
        return True
    discourse, values = match.discourse, match.language.values
    before = discourse.before(match.start)
    if before in values["KIN"]:
        return False
    if before in values["INTRODUCER"] and (before not in values["WEAK_INTRODUCER"] or not _named(match)):
        return True
    if match.word("month") in values["AMBIGUOUS_MONTH"]:
        return False
    if discourse.domain == "colloquial":
        return True
    if _named(match):
        return False
    named = before[:1].isalpha() and discourse.tokens[match.start - 1][:1].isupper()
    return not named or before in values["SENTENCE_OPENER"]


def _counts(match: Match) -> bool:
    """Tell "two thousand sheep" from the year 2000: a noun follows."""
    following = match.discourse.after(match.end)
    values = match.language.values
    return following.isalpha() and following not in values["CLAUSE_WORD"] and following not in values["VERB_S"]


def _named(match: Match) -> bool:
    """Tell whether a surname follows: a capital that begins neither a sentence nor a date."""
    discourse = match.discourse
    capital = match.end < len(discourse.tokens) and discourse.tokens[match.end][:1].isupper()
    return capital and discourse.after(match.end) not in match.language.values["INTRODUCER"]


def nth_weekday(match: Match) -> Reading | None:
    """Read "the second Tuesday of November", "the last Friday in May 2012", "the first week of May".

    A week belongs to the month that has its Thursday (ISO 8601).
    """
    within = calendar(match)
    if within is None or within.period is None:
        return within
    first, end = bounds(within.period)
    unit = match.value("unit")
    number = int(match.value("weekday", {"W": 4, "WE": 6}.get(str(unit), 0)))
    nth = int(match.value("nth", -1))
    first += (number - weekday(first)) % 7
    day = first + 7 * (nth - 1) if nth > 0 else first + (end - 1 - first) // 7 * 7
    if not first <= day < end:
        return None
    period = {"W": Period("week", day - 3), "WE": Period("weekend", day)}.get(str(unit), Period("day", day))
    return replace(within, period=period, alternatives=())


def decade(match: Match) -> Reading | None:
    """Read the 1990s, the '90s, the nineties, the 470s BC."""
    if match.discourse.before(match.start) in match.language.values["POSSESSIVE"]:
        return None  # "a man in his 30s"
    word = match.word("decade")
    value = match.value("decade")
    if isinstance(value, int):
        tens = value
    else:
        digits = re.sub(r"\D", "", word)
        if len(digits) > 2:
            number = int(digits) // 10
            before = match.value("era") == "BC"
            return Reading("DATE", period=Period("decade", -number - 1 if before else number), mod=modifier(match))
        tens = int(digits) // 10
    if "century" in match:
        return Reading("DATE", period=Period("decade", int(match.value("century")) * 10 + tens), mod=modifier(match))
    year, today = two_digit_year(match, tens * 10), match.discourse.today
    if today and year > year_at(today):
        year -= 100  # a decade that has a name has begun
    return Reading("DATE", period=Period("decade", year // 10), mod=modifier(match))


def century(match: Match) -> Reading | None:
    """Read the 20th century, the fourth century BC, the second millennium."""
    if match.discourse.before(match.start) in match.language.values["POSSESSIVE"]:
        return None  # "his third century" is a hundred runs
    unit: Granularity = "millennium" if match.value("unit") == "millennium" else "century"
    number = int(re.sub(r"\D", "", str(match.value("ordinal"))) or 0)
    if not 1 <= number <= (100 if unit == "century" else 10):
        return None
    index = -number if match.value("era") == "BC" else number - 1
    return Reading("DATE", period=Period(unit, index), mod=modifier(match))


def season(match: Match) -> Reading | None:
    """Read a season, with or without its year."""
    code = str(match.value("season"))
    year = year_in(match)
    if year is not None:
        return Reading("DATE", period=Period("season", year * 4 + _SEASON_INDEX[code]), mod=modifier(match))
    return pick_season(match, code, modifier(match))


def day_of_month(match: Match) -> Reading | None:
    """Read a bare "the 20th", in the month last mentioned or else of publication."""
    period, anchor = match.discourse.mentioned
    if period is None or period.unit not in ("day", "month", "part_of_day", "minute", "hour"):
        return None
    following = match.discourse.tokens[match.end][:1] if match.end < len(match.discourse.tokens) else ""
    values = match.language.values
    dated = match.discourse.before(match.start) in values["DAY_PREPOSITION"]
    if (
        following.isupper()
        or match.discourse.after(match.end) in values["ORDINAL_NOUN"]
        or (not dated and _counts(match))
    ):
        return None
    day = int(re.sub(r"\D", "", match.word("day")))
    year, month, _ = civil(bounds(period)[0])
    return Reading("DATE", period=day_of(year, month, day), anchor=anchor)


def continuation(match: Match) -> Reading | None:
    """Read the second half of a range or list: 15 in "April 13-15", 17 in "1915-17", 10 in "May 2, 9 and 10"."""
    discourse = match.discourse
    if not discourse.spoken:
        return None
    spoken = discourse.spoken[-1]
    if not 0 < match.start - spoken.end <= 2:
        return None
    between = discourse.words[spoken.end : match.start]
    if any(word not in match.language.values["JOINER"] for word in between):
        return None
    before, digits = spoken.reading.period, match.word("day")
    if before is None:
        return None
    number = int(re.sub(r"\D", "", digits))
    if before.unit == "day" and spoken.end - spoken.start >= 1 and match.rule.options.get("unit") == "day":
        year, month, day = civil(before.index)
        if number <= day or discourse.after(match.end) in match.language.values["UNIT"]:
            return None
        return Reading("DATE", period=day_of(year, month, number), anchor=spoken.reading.anchor)
    if before.unit == "year" and match.rule.options.get("unit") == "year" and between[0] in ("-", "–", "/", "—"):
        base = before.index - before.index % 100 if len(digits) == 2 else before.index - before.index % 10
        if base + number > before.index:
            return Reading("DATE", period=year_of(base + number))
    return None


def decade_listed(match: Match) -> Reading | None:
    """Read "seventies" in "the sixties and seventies", in the century of the decade before it."""
    discourse = match.discourse
    if not discourse.spoken or match.start - discourse.spoken[-1].end != 1:
        return None
    before = discourse.spoken[-1].reading.period
    if (
        before is None
        or before.unit != "decade"
        or discourse.before(match.start) not in match.language.values["JOINER"]
    ):
        return None
    return Reading("DATE", period=Period("decade", before.index - before.index % 10 + int(match.value("decade"))))


def edge_day(match: Match) -> Reading | None:
    """Read "the last day of May", "the first day of March 2012"."""
    within = calendar(match)
    if within is None or within.period is None:
        return within
    first, end = bounds(within.period)
    return replace(within, period=Period("day", first if match.word("edge") == "first" else end - 1), alternatives=())


def year_edge(match: Match) -> Reading | None:
    """Read "year-end" and "the year's end"."""
    today = match.discourse.today
    if today is None:
        return Reading("DATE", "XXXX", mod="END", anchor="none", suffix=".unresolved")
    offset = int(match.value("relative", 0)) if "relative" in match else 0
    return Reading("DATE", period=shifted(year_of(year_at(today)), offset), mod="END", anchor="publication_date")
