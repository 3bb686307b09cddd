"""A clock time without a date ("at about 10 a.m.") is of the day that the story has reached."""

from __future__ import annotations

import re

from schemas.civil import format_day, parse_moment
from schemas.when import Timex, When

_CLOCK = re.compile(
    r"(?:(?:at|about|around|by|shortly|just|before|after|local|time|[ap]\.?m\.?|hours|noon|GMT|o'clock)\b\.?|[\d:.,\s])+",
    re.I,
)


def is_clock_alone(timex: Timex) -> bool:
    """Tell whether an expression gives a time of day and no day: "3:33 a.m.", not "3:33 a.m. Tuesday"."""
    return timex.type == "TIME" and timex.when is not None and bool(_CLOCK.fullmatch(timex.text))


def on_day(when: When, day: int) -> When:
    """Return a time of day as that of another day."""
    first = when.start or when.end
    if first is None:
        return when
    moved = parse_moment(first).day
    changed: dict[str, object] = {"anchor": "earlier_date", "rule": f"{when.rule}.of_story", "alternatives": ()}
    for name in ("start", "end", "value", "edtf"):
        text = getattr(when, name)
        if text is not None and "T" in text:
            at = day + parse_moment(when.end).day - moved if name == "end" and when.end else day
            changed[name] = format_day(at) + text[text.index("T") :]
    return when.model_copy(update=changed)
