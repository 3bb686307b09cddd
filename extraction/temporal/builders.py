"""The builders that rule tables name in their `build` column."""

from __future__ import annotations

from collections.abc import Callable

from extraction.temporal import build_bare as bare
from extraction.temporal import build_calendar as dates
from extraction.temporal import build_clock as clock
from extraction.temporal import build_duration as duration
from extraction.temporal import build_fiscal as fiscal
from extraction.temporal import build_relative as relative
from extraction.temporal.named_days import named_day
from extraction.temporal.reading import Match, Reading

Builder = Callable[[Match], Reading | None]

BUILDERS: dict[str, Builder] = {
    "ago": relative.ago,
    "bare_year": bare.bare_year,
    "calendar": dates.calendar,
    "century": dates.century,
    "clock": clock.clock,
    "continuation": dates.continuation,
    "current_quarter": fiscal.current_quarter,
    "dated_part": clock.dated_part,
    "day_month": dates.day_month,
    "day_after": relative.day_after,
    "day_beside": relative.day_beside,
    "day_of_month": dates.day_of_month,
    "day_offset": relative.day_offset,
    "decade": dates.decade,
    "decline": duration.decline,
    "duration": duration.duration,
    "ended_quarter": fiscal.ended_quarter,
    "every_clock": duration.every_clock,
    "fixed": duration.fixed,
    "fixed_part": relative.fixed_part,
    "half_year": fiscal.half_year,
    "introduced_year": bare.introduced_year,
    "iso": dates.iso,
    "month_of_text": relative.month_of_text,
    "named_day": named_day,
    "nth_weekday": dates.nth_weekday,
    "numeric": dates.numeric,
    "over": duration.preposition_over,
    "part_of_day": relative.part_of_day,
    "quarter": fiscal.quarter,
    "quarter_code": fiscal.quarter_code,
    "rate": duration.rate,
    "recurring": duration.recurring,
    "relative_month": relative.relative_month,
    "relative_season": relative.relative_season,
    "relative_unit": relative.relative_unit,
    "season": dates.season,
    "season_after": relative.season_after,
    "week_day": relative.week_day,
    "weekend": relative.weekend,
    "year_earlier": fiscal.year_earlier,
    "year_edge": dates.year_edge,
    "year_period": fiscal.year_period,
}
