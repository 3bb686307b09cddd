"""Which events a mention may belong to: an index by day, kind of occurrence and telling word, so that nobody scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemas.civil import SECONDS_A_DAY, format_day
from timeline.interval import Interval
from timeline.profile import Profile

MOST = 16
"""Events that are compared with a mention: those that share most."""

CROWD = 256
"""Events under one entry, past which it tells nothing."""

_LONGEST = 31  # days of an interval within which days are looked up one by one


class Candidates:
    """Events by what their mentions are found by. What is found does not depend on the order of what was added."""

    def __init__(self) -> None:
        # most entries hold one event: they hold its name alone, without a Counter around it
        self._events: dict[int, str | Counter[str]] = {}

    def add(self, profile: Profile, event_id: str) -> None:
        """Enter a mention of an event."""
        for key in _keys((_cell(profile.when),), profile):
            known = self._events.get(key)
            if known is None:
                self._events[key] = event_id
            elif isinstance(known, str):
                self._events[key] = Counter([known, event_id])
            else:
                known[event_id] += 1

    def remove(self, profile: Profile, event_id: str) -> None:
        """Take back what `add` entered."""
        for key in _keys((_cell(profile.when),), profile):
            known = self._events[key]
            if isinstance(known, str):
                del self._events[key]
                continue
            known[event_id] -= 1
            if not known[event_id]:
                del known[event_id]
            if known.total() == 1:
                self._events[key] = next(iter(known))

    def of(self, profile: Profile) -> list[str]:
        """Return the events that a mention may belong to, those that share most first, at most `MOST`."""
        shared: Counter[str] = Counter()
        for key in _keys(tuple(_cells(profile.when)), profile):
            known = self._events.get(key)
            if isinstance(known, str):
                shared[known] += 1
            elif known is not None and len(known) <= CROWD:
                shared.update(known.keys())
        return sorted(shared, key=lambda event_id: (-shared[event_id], event_id))[:MOST]


def _keys(cells: tuple[str, ...], profile: Profile) -> Iterator[int]:
    """Yield the entries of a mention; hashes, since they are many and a rare collision costs one comparison."""
    clues = profile.clues
    for cell in cells:
        for kind in profile.kinds:
            for word in clues:
                yield hash((cell, kind, word))


def _cell(when: Interval) -> str:
    """Return the cell of a When: its day, else where it meets others."""
    return when.bucket if when.fine else when.meeting


def _cells(when: Interval) -> Iterator[str]:
    """Yield the cells where compatible Whens stand: none beyond where they meet."""
    yield when.meeting
    if when.fine:
        first, last = int(when.start // SECONDS_A_DAY) - 1, int(when.start // SECONDS_A_DAY) + 1
    elif when.end - when.start <= _LONGEST * SECONDS_A_DAY:
        first, last = int(when.start // SECONDS_A_DAY), int(when.end // SECONDS_A_DAY)
    else:
        return
    days = (format_day(day) for day in range(first, last + 1))
    yield from (day for day in days if day.startswith(when.meeting))
