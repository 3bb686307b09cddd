"""What each round of the store's benchmark asks with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What a query is asked with: the first day of its range, and names as they are written."""

    first_day: int
    actor: str
    place: str
