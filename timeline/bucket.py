"""Event-date buckets: where an event is counted, and where mentions meet that can report the same event."""

from __future__ import annotations

from schemas.when import When

WITHIN_A_DAY = ("second", "minute", "hour", "part_of_day", "day")
UNDATED = "undated"
_COARSER_THAN_A_YEAR = ("decade", "century")


def bucket_of(when: When) -> str:
    """Return the bucket of a When.

    A day and all that is finer share the day (`2025-06-25`); coarser and open intervals keep their own EDTF notation
    (`2015-03`, `201X`, `2014/..`). What could not be resolved is `undated`.
    """
    if not when.resolved:
        return UNDATED
    if when.granularity in WITHIN_A_DAY and when.start is not None:
        return when.start.partition("T")[0]
    return when.edtf or f"{when.start or ''}/{when.end or ''}"


def meeting_of(when: When) -> str:
    """Return where mentions of one occurrence meet: the year in which a When begins, or its bucket when it is coarser.

    So a day meets its neighbours, also those of the next month, and the week, month, season or year that contains it,
    but neither its decade nor the next year.
    """
    bound = when.start or when.end
    if bound is None:
        return UNDATED
    if when.granularity in _COARSER_THAN_A_YEAR:
        return bucket_of(when)
    return bound.partition("T")[0].rsplit("-", 2)[0]


def mention_key(when: When, article_id: str) -> str:
    """Return the message key of a mention: where it meets others, and for undated ones the article, so they spread."""
    meeting = meeting_of(when)
    return f"{UNDATED}:{article_id}" if meeting == UNDATED else meeting
