"""Which events a mention may belong to: an index by day, kind of occurrence and telling word, so that nobody scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from schemas.civil import SECONDS_A_DAY
from timeline.interval import Interval
from timeline.profile import Profile

MOST = 16
"""Events that are compared with a mention: those that share most."""

CROWD = 256
"""Events under one entry, past which it tells nothing."""

_LONGEST = 31  # days of an interval within which days are looked up one by one

_Cell = str | int


class Candidates:
    """Events by what their mentions are found by. What is found does not depend on the order of what was added."""

    def __init__(self) -> None:
        # most entries hold one event: they hold its name alone, without a set around it
        self._events: dict[int, str | set[str]] = {}

    def add(self, profile: Profile, event_id: str) -> None:
        """Enter a mention of an event."""
        events = self._events
        for key in _keys((_cell(profile.when),), profile):
            known = events.setdefault(key, event_id)
            if isinstance(known, set):
                known.add(event_id)
            elif known != event_id:
                events[key] = {known, event_id}

    def remove(self, profile: Profile, event_id: str, others: Iterable[Profile]) -> None:
        """Take back what `add` entered, except what the other mentions of the event have entered, too."""
        gone = set(_keys((_cell(profile.when),), profile))
        for other in others:
            gone.difference_update(_keys((_cell(other.when),), other))
        for key in gone:
            known = self._events[key]
            if isinstance(known, str):
                del self._events[key]
                continue
            known.remove(event_id)
            if len(known) == 1:
                self._events[key] = known.pop()

    def of(self, profile: Profile) -> list[str]:
        """Return the events that a mention may belong to, those that share most first, at most `MOST`."""
        shared: Counter[str] = Counter()
        entered = self._events.get
        for key in _keys(tuple(_cells(profile.when)), profile):
            known = entered(key)
            if known is None:
                continue
            if isinstance(known, str):
                shared[known] += 1
            elif len(known) <= CROWD:
                shared.update(known)
        return sorted(shared, key=lambda event_id: (-shared[event_id], event_id))[:MOST]


def _keys(cells: tuple[_Cell, ...], profile: Profile) -> list[int]:
    """Return the entries of a mention; hashes, since they are many and a rare collision costs one comparison."""
    clues, kinds = profile.clues, profile.kinds
    return [hash((cell, kind, word)) for cell in cells for kind in kinds for word in clues]


def _cell(when: Interval) -> _Cell:
    """Return the cell of a When: its day, else where it meets others."""
    return int(when.start // SECONDS_A_DAY) if when.fine else when.meeting


def _cells(when: Interval) -> Iterator[_Cell]:
    """Yield the cells where compatible Whens stand."""
    yield when.meeting
    first = when.start // SECONDS_A_DAY
    if when.fine:
        yield from range(int(first) - 1, int(first) + 2)
    elif when.end - when.start <= _LONGEST * SECONDS_A_DAY:
        yield from range(int(first), int(when.end // SECONDS_A_DAY) + 1)
