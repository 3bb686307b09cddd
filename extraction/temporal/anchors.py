"""What a relative expression counts from, and how it is written when nothing tells."""

from __future__ import annotations

from extraction.temporal.period import Period
from extraction.temporal.reading import Match, Reading
from schemas.vocabulary import Anchor, Granularity

UNIT_OF_CODE: dict[str, Granularity] = {
    "D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "H": "half", "Y": "year", "DE": "decade",
    "CE": "century", "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip
UNDERSPECIFIED = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def unresolved(value: str, mod: str | None = None) -> Reading:
    """Return the reading of a date that nothing in reach resolves."""
    return Reading("DATE", value, mod=mod, anchor="none", suffix=".unresolved", focus=False)


def published(match: Match) -> tuple[Period | None, Anchor]:
    """Return the day of publication, and that it is the anchor."""
    today = match.discourse.today
    return (today, "publication_date") if today else (None, "none")


def base_of(match: Match) -> tuple[Period | None, Anchor]:
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
