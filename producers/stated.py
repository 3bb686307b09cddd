"""A date that a page states: as written, what it tells, and where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.civil import Moment

Kind = Literal["published", "modified"]
KINDS: tuple[Kind, Kind] = ("published", "modified")


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that a page states.

    Attributes:
        kind: whether of the publication or of the last change.
        text: as written.
        moment: what it tells, None where it tells no day.
        place: where it stood, for people: `JSON-LD datePublished`.
        metadata: whether it is data for programs, rather than what readers see.
        padded: whether a year alone is often completed to its first of January at such a place.
    """

    kind: Kind
    text: str
    moment: Moment | None
    place: str
    metadata: bool = True
    padded: bool = False
