"""The builder for a year that stands alone, which must be told from counts, models and room numbers."""

from __future__ import annotations

import re

from extraction.temporal.build_calendar import modifier, year_in
from extraction.temporal.period import year_of
from extraction.temporal.reading import Match, Reading

_STREET_WORDS = 3
_MODEL = re.compile(r"[a-z]{1,3}\d{1,4}")


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
    if _is_address(match) or _begins_count(match):
        return None
    plural = after.endswith(tuple(match.language.settings.get("plural_suffixes", ()))) and len(after) > 3
    plural = plural and discourse.tokens[match.end][:1].islower()
    plural = plural and (not introduced or before in values["COUNT_PREPOSITION"])
    if plural and after not in values["VERB_S"] and before not in values["DETERMINER"]:
        return None
    if not introduced and before[-1:].isdigit():
        return None
    return Reading("DATE", period=year_of(year), mod=modifier(match))


def _begins_count(match: Match) -> bool:
    """Tell "between 1900 and 2000 dollars" from years: what the range's end counts."""
    discourse, values = match.discourse, match.language.values
    if discourse.after(match.end) not in values["JOINER"] or not discourse.after(match.end, 1).isdigit():
        return False
    return discourse.after(match.end, 2) in values["NUMBER_FOLLOWER"]


def _is_address(match: Match) -> bool:
    """Tell "1600 Pennsylvania Avenue" and "2004 MN4" from years: a street, or a code of letters and digits, follows."""
    discourse = match.discourse
    following = discourse.words[match.end : match.end + _STREET_WORDS]
    if following and _MODEL.fullmatch(following[0]):
        return True
    capitals = match.end < len(discourse.tokens) and discourse.tokens[match.end][:1].isupper()
    return capitals and any(word in match.language.values["STREET"] for word in following)


def introduced_year(match: Match) -> Reading | None:
    """Read a year before 1500 after a preposition of time: "in 1415"."""
    year = year_in(match)
    if year is None or match.discourse.after(match.end) in match.language.values["NUMBER_FOLLOWER"]:
        return None
    return Reading("DATE", period=year_of(year), mod=modifier(match))
