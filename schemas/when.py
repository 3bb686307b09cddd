"""Timex and When: a temporal expression in a text, and the interval it means."""

from __future__ import annotations

from pydantic import Field

from schemas.record import IsoMoment, Record
from schemas.vocabulary import Anchor, Granularity, TimexType


class When(Record):
    """An interval [start, end) at its true granularity; never flattened to a finer one.

    Days and coarser are civil dates (`2025-06-25`); times of day are instants with their zone where it is known
    (`2025-06-25T20:00:00+02:00`). `start` is null when the interval is open to the past, `end` when it is open to the
    future; both are null when the expression could not be resolved (`granularity` is then `unknown`).
    """

    start: IsoMoment | None = Field(description="first day or instant, inclusive; null when open or unresolved")
    end: IsoMoment | None = Field(description="first day or instant after it, exclusive; null when open or unresolved")
    granularity: Granularity
    value: str = Field(description="TIMEX3 value, underspecified (XXXX-WXX-3) when unresolved")
    edtf: str | None = Field(description="EDTF (ISO 8601-2) notation of the interval; null when unresolved")
    anchor: Anchor = Field(description="what the resolution rests on")
    rule: str = Field(description="identifier of the rule that resolved it")
    alternatives: tuple[str, ...] = Field(default=(), description="other TIMEX3 values that the text allows")

    @property
    def resolved(self) -> bool:
        """Whether the interval has at least one known bound, so that it can stand on a timeline."""
        return self.start is not None or self.end is not None


class Timex(Record):
    """A temporal expression (TIMEX3) with its place in the text.

    Offsets are code points into the text as given, `end` exclusive. `when` is null for DURATION and SET, which denote
    no interval by themselves, and for references such as PRESENT_REF.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    when: When | None = None
