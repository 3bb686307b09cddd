"""The builder for a year that stands alone, which must be told from counts, models and room numbers."""

from __future__ import annotations

from extraction.temporal.build_calendar import modifier, year_in
from extraction.temporal.period import year_of
from extraction.temporal.reading import Match, Reading


def bare_year(match: Match) -> Reading | None:
    """Read a four-digit number as a year unless its neighbours make it a count or a name's part."""
    discourse, values = match.discourse, match.language.values
    year = year_in(match)
    if year is None:
        return None
    before, after = discourse.before(match.groups["year"][0]), discourse.after(match.end)
    introduced = before in values["YEAR_INTRODUCER"]
    if before in values["NUMBER_INTRODUCER"] or after in values["NUMBER_FOLLOWER"]:
        return None
    plural = after.endswith(tuple(match.language.settings.get("plural_suffixes", ()))) and len(after) > 3
    plural = plural and discourse.tokens[match.end][:1].islower()
    plural = plural and (not introduced or before in values["COUNT_PREPOSITION"])
    if plural and after not in values["VERB_S"] and before not in values["DETERMINER"]:
        return None
    if not introduced and before[-1:].isdigit():
        return None
    return Reading("DATE", period=year_of(year), mod=modifier(match))


def introduced_year(match: Match) -> Reading | None:
    """Read a year before 1500 after a preposition of time: "in 1415"."""
    year = year_in(match)
    if year is None or match.discourse.after(match.end) in match.language.values["NUMBER_FOLLOWER"]:
        return None
    return Reading("DATE", period=year_of(year), mod=modifier(match))
