"""The state of corroboration: one small record per mention."""

from __future__ import annotations

from pydantic import Field

from schemas.mention import Mention
from schemas.record import Record, stable_id


class Filed(Record):
    """A mention's place in the state: its event, and the event's revision that filing it made."""

    event_id: str
    revision: int = Field(ge=1)
    bucket: str
    mention: Mention
    held: bool = Field(description="whether its article still says so")
    proves: dict[str, str] = Field(
        default_factory=dict, description="events that are older ones, as long as this mention is held"
    )
    touches: tuple[str, ...] = Field(default=(), description="further events that filing it gave a new revision")


def founded_by(mention_id: str) -> str:
    """Return the id of the event that a mention founds."""
    return stable_id("e", mention_id)
