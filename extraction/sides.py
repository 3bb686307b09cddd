"""The side of the publication day that the tense points to: "will stay closed until Wednesday" is the next one."""

from __future__ import annotations

from schemas.civil import DateError, format_day, parse_moment, parse_period
from schemas.vocabulary import Modality
from schemas.when import When


def side_of_publication(when: When, tense: str, modality: Modality, published: int | None) -> When:
    """Return the reading of an ambiguous expression that agrees with the tense, else the When as it is.

    The tagger names the other readings of "Wednesday" or "March" in `alternatives`.
    """
    if published is None or not when.alternatives or when.anchor != "publication_date":
        return when
    ahead = modality == "planned" or tense == "future"
    behind = modality in ("asserted", "reported", "denied") and tense not in (
        "future",
        "modal",
        "infinitive",
        "present",
        "progressive",
    )
    bound = when.end or when.start
    if bound is None:
        return when
    lies_behind = when.end is not None and parse_moment(when.end).day <= published
    lies_ahead = when.start is not None and parse_moment(when.start).day > published
    if not ((ahead and lies_behind) or (behind and lies_ahead)):
        return when
    for value in when.alternatives:
        try:
            start, end = parse_period(value)
        except DateError:
            continue
        if (start >= published) if ahead else (start <= published):
            return _moved(when, value, start, end)
    return when


def _moved(when: When, value: str, start: int, end: int) -> When:
    changed: dict[str, object] = {"value": value, "alternatives": (), "rule": f"{when.rule}.by_tense"}
    changed["start"] = format_day(start) if when.start is not None else None
    changed["end"] = format_day(end) if when.end is not None else None
    changed["edtf"] = f"../{value}" if when.start is None else f"{value}/.." if when.end is None else value
    return when.model_copy(update=changed)
