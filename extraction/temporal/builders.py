"""The builders that rule tables name in their `build` column."""

from __future__ import annotations

from collections.abc import Callable

from extraction.temporal import build_bare as bare
from extraction.temporal import build_calendar as dates
from extraction.temporal import build_clock as clock
from extraction.temporal import build_counted as counted
from extraction.temporal import build_days as days
from extraction.temporal import build_duration as duration
from extraction.temporal import build_fiscal as fiscal
from extraction.temporal import build_numeric as numeric
from extraction.temporal import build_relative as relative
from extraction.temporal import build_week as week
from extraction.temporal.named_days import named_day
from extraction.temporal.reading import Match, Reading

Builder = Callable[[Match], Reading | None]

BUILDERS: dict[str, Builder] = {
    "ago": counted.ago,
    "ago_weekday": counted.ago_weekday,
    "bare_year": bare.bare_year,
    "calendar": dates.calendar,
    "century": dates.century,
    "clock": clock.clock,
    "composite": duration.composite,
    "continuation": dates.continuation,
    "counted_from_day": counted.counted_from_day,
    "current_quarter": fiscal.current_quarter,
    "dated_part": clock.dated_part,
    "day_beside": days.day_beside,
    "day_beside_text": days.day_beside_text,
    "day_month": numeric.day_month,
    "day_of_month": dates.day_of_month,
    "day_offset": days.day_offset,
    "decade": dates.decade,
    "decade_listed": dates.decade_listed,
    "decline": duration.decline,
    "duration": duration.duration,
    "edge_day": dates.edge_day,
    "ended_quarter": fiscal.ended_quarter,
    "every_clock": duration.every_clock,
    "fixed": duration.fixed,
    "fixed_part": days.fixed_part,
    "introduced_year": bare.introduced_year,
    "iso": numeric.iso,
    "month_of_text": relative.month_of_text,
    "named_day": named_day,
    "night_before": week.night_before,
    "nth_weekday": dates.nth_weekday,
    "numbered_week": week.numbered_week,
    "numeric": numeric.numeric,
    "over": duration.preposition_over,
    "part_of_day": days.part_of_day,
    "quarter": fiscal.quarter,
    "quarter_code": fiscal.quarter_code,
    "quarter_hour": duration.quarter_hour,
    "rate": duration.rate,
    "recurring": duration.recurring,
    "relative_month": relative.relative_month,
    "relative_month_day": relative.relative_month_day,
    "relative_season": relative.relative_season,
    "relative_unit": relative.relative_unit,
    "season": dates.season,
    "season_after": relative.season_after,
    "season_part": fiscal.season_part,
    "week_day": days.week_day,
    "week_of_date": week.week_of_date,
    "weekday_of_week": week.weekday_of_week,
    "weekdays_away": counted.weekdays_away,
    "weekend": relative.weekend,
    "year_earlier": fiscal.year_earlier,
    "year_edge": dates.year_edge,
    "year_month": numeric.year_month,
    "year_period": fiscal.year_period,
}
