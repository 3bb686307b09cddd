"""The event-date bucket: which mentions can report the same event, and so must meet on one partition."""

from __future__ import annotations

from schemas.when import When

WITHIN_A_DAY = ("second", "minute", "hour", "part_of_day", "day")
UNDATED = "undated"


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


def mention_key(when: When, article_id: str) -> str:
    """Return the message key of a mention: its bucket, and for undated ones the article, so that they spread."""
    bucket = bucket_of(when)
    return f"{UNDATED}:{article_id}" if bucket == UNDATED else bucket
