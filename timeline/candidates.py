"""Which events a mention may belong to: an index by day, kind of occurrence and telling word, so that nobody scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.civil import SECONDS_A_DAY
from timeline.interval import Interval, told
from timeline.profile import CLUES, Profile

MOST = 16
"""Events that are compared with a mention: those that share most."""

CROWD = 256
"""Events under one entry, past which it tells nothing."""

_FEW = 3  # words by which days are looked up in what is longer than a month

_MONTH_DAYS, _YEAR_DAYS = 31, 366

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
        days = _days(profile.when)
        most = CLUES if len(days) <= _MONTH_DAYS else _FEW
        for key in (*_keys((profile.when.meeting,), profile), *_keys(days, profile, most)):
            known = entered(key)
            if known is None:
                continue
            if isinstance(known, str):
                shared[known] += 1
            elif len(known) <= CROWD:
                shared.update(known)
        return sorted(shared, key=lambda event_id: (-shared[event_id], event_id))[:MOST]


def _keys(cells: Iterable[_Cell], profile: Profile, most: int = CLUES) -> list[int]:
    """Return the entries of a mention; hashes, since they are many and a rare collision costs one comparison."""
    clues, kinds = profile.clues[:most], profile.kinds
    return [hash((cell, kind, word)) for cell in cells for kind in kinds for word in clues]


def _cell(when: Interval) -> _Cell:
    """Return the cell of a When: its day, else where it meets others."""
    return int(when.start // SECONDS_A_DAY) if when.fine else when.meeting


def _days(when: Interval) -> range:
    """Return the days on which compatible Whens of a day or less may lie; none for what is longer than a year."""
    if when.fine:
        day = int(when.start // SECONDS_A_DAY)
        return range(day - 1, day + 2)
    start, end = told(when)
    if end - start > _YEAR_DAYS * SECONDS_A_DAY:
        return range(0)
    return range(int(start // SECONDS_A_DAY), int(end // SECONDS_A_DAY))
