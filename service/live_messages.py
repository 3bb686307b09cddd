"""What travels on the live feed: messages read from Kafka, filters over them, and the frames sent to readers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from fastapi.sse import format_sse_event

from schemas.event import Event
from schemas.vocabulary import Category
from schemas.window import Window
from service.position import Letter

FrameName = Literal["event", "window", "retraction", "redirect", "reset"]
Kind = Literal["event", "window"]


@dataclass(frozen=True, slots=True)
class Message:
    """One record of the feed, with what filters look at; names are case-folded.

    Attributes:
        name: what the reader is told it is.
        data: the record's JSON, as it stands on the topic.
        key: event id or window key.
    """

    name: FrameName
    data: str
    key: str
    categories: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def read_message(letter: Letter, value: bytes) -> Message:
    """Read a record of the events (`e`) or windows (`w`) topic.

    Raises:
        pydantic.ValidationError: when the bytes are no such record.
    """
    if letter == "w":
        window = Window.from_json(value)
        return Message("window", value.decode(), window.window, categories=frozenset(window.by_category))
    event = Event.from_json(value)
    return Message(
        "redirect" if event.redirect_to else "retraction" if event.retracted else "event",
        value.decode(),
        event.event_id,
        categories=frozenset([event.category] if event.category else []),
        types=frozenset([event.type.casefold()] if event.type else []),
        actors=frozenset(actor.name.casefold() for actor in event.actors),
        places=frozenset(place.name.casefold() for place in event.places),
    )


def lost_retraction(event_id: str) -> Message:
    """Retract an event of which compaction has left nothing but the tombstone."""
    return Message("retraction", json.dumps({"event_id": event_id, "retracted": True}), event_id)


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """Which messages a reader wants; empty sets do not restrict, names are compared case-folded.

    Retractions and redirects always pass a filter on events: the reader may hold an earlier revision that did match.
    A window has no type, actor or place, so that it passes only filters without them.
    """

    kind: Kind | None = None
    category: frozenset[Category] = frozenset()
    type: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()

    def takes(self, message: Message) -> bool:
        """Tell whether the reader wants the message."""
        if self.kind is not None and self.kind != ("window" if message.name == "window" else "event"):
            return False
        if message.name in ("retraction", "redirect"):
            return True
        return (
            (not self.category or not self.category.isdisjoint(message.categories))
            and (not self.type or not self.type.isdisjoint(message.types))
            and (not self.actor or not self.actor.isdisjoint(message.actors))
            and (not self.place or not self.place.isdisjoint(message.places))
        )


@dataclass(frozen=True)
class Frame:
    """What one reader is sent: a message, or without a name a sign of life that only moves its position.

    Attributes:
        id: position of the reader once it has this frame.
        comment: for people who look at the stream.
    """

    id: str
    name: FrameName | None = None
    data: str | None = None
    comment: str | None = None

    @cached_property
    def wire(self) -> bytes:
        """The frame in SSE format; made once, however many readers get it."""
        return format_sse_event(event=self.name, data_str=self.data, id=self.id, comment=self.comment)
