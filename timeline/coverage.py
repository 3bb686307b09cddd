"""How much is published about a subject in the week that follows a day: what mattered is written about."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum
from statistics import fmean

WEEK = 7
"""Days after a day in which what happened on it is reported."""


class Coverage:
    """What is published on each day, articles counting by how close they are to the subject.

    Args:
        published: (day number of publication, closeness) of each article; sums are exact, so that their order does not
            matter.
    """

    def __init__(self, published: Iterable[tuple[int, float]]) -> None:
        days: dict[int, list[float]] = {}
        for day, closeness in published:
            days.setdefault(day, []).append(closeness)
        self._days = {day: fsum(values) for day, values in days.items()}
        self._usual = fmean(self._days.values()) if days else 0.0

    def after(self, day: int) -> float:
        """Return what is published a day from a day to a week after it, of which a usual day of publication has 1.

        It is 0 where nothing is published then, or no article has a date.
        """
        if not self._usual:
            return 0.0
        found = (self._days.get(day + later, 0.0) for later in range(WEEK + 1))
        return fsum(found) / (WEEK + 1) / self._usual
