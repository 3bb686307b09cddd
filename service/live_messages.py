"""What travels on the live feed: messages read from Kafka, and the frames sent to readers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from fastapi.sse import format_sse_event

from schemas.event import Event
from schemas.when import When
from schemas.window import Window, window_from_json
from service.position import Letter
from store.interval import Interval, interval_of
from store.rows import position_of
from store.words import phrase

FrameName = Literal["event", "window", "retraction", "redirect", "reset"]
Kind = Literal["event", "window"]


@dataclass(frozen=True, slots=True)
class Message:
    """One record of the feed, with what filters look at; the values are those that the store keeps for its queries.

    Attributes:
        name: what the reader is told it is.
        data: the record's JSON, as it stands on the topic.
        key: event id or window key.
        revision: of the record; 0 where nothing tells it.
        interval: its place on the timeline; None without one.
        categories: of an event at most one; of a window those that it counts.
        actors: names as phrases (`store.words.phrase`), as are the places; of a window those that it names.
        positions: latitudes and longitudes of places that are no countries.
        sources: in small letters, as are the languages.
        search: title and evidence as one phrase.
    """

    name: FrameName
    data: str
    key: str
    revision: int = 0
    interval: Interval | None = None
    granularity: str = ""
    categories: tuple[str, ...] = ()
    type: str = ""
    modality: str = ""
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    positions: tuple[tuple[float, float], ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source_count: int = 0
    search: str = ""

    @property
    def is_news(self) -> bool:
        """Whether filters on what an event is apply: a retraction or redirect concerns all that may have had it."""
        return self.name not in ("retraction", "redirect")


def read_message(letter: Letter, value: bytes) -> Message:
    """Read a record of the events (`e`) or windows (`w`) topic.

    Raises:
        pydantic.ValidationError: when the bytes are no such record.
    """
    if letter == "w":
        window = window_from_json(value)
        granularity = window.granularity if isinstance(window, Window) else "minute"
        bounds = When(
            start=window.start, end=window.end, granularity=granularity, value=window.window, edtf=None,
            anchor="none", rule="window",
        )  # fmt: skip
        return Message(
            "window", value.decode(), window.window, window.revision, _interval(bounds), granularity,
            tuple(window.categories), actors=tuple(map(phrase, window.actors)),
            places=tuple(map(phrase, window.places)),
        )  # fmt: skip
    return event_message(Event.from_json(value), value.decode())


def event_message(event: Event, data: str) -> Message:
    """Return the message of an event whose JSON is given."""
    return Message(
        name="redirect" if event.redirect_to else "retraction" if event.retracted else "event",
        data=data,
        key=event.event_id,
        revision=event.revision,
        interval=_interval(event.when),
        granularity=event.when.granularity,
        categories=(event.category,) if event.category else (),
        type=event.type or "",
        modality=event.modality,
        actors=tuple(phrase(actor.name) for actor in event.actors),
        places=tuple(phrase(place.name) for place in event.places),
        countries=tuple(place.country for place in event.places if place.country),
        positions=tuple(at for place in event.places if (at := position_of(place)) is not None),
        sources=tuple(source.lower() for source in event.sources),
        languages=tuple(tag.lower() for tag in event.languages),
        source_count=event.source_count,
        search=phrase(" ".join((event.title, *event.evidence))),
    )


def _interval(when: When) -> Interval | None:
    try:
        return interval_of(when)
    except ValueError:
        return None


def lost_retraction(event_id: str) -> Message:
    """Retract an event of which compaction has left nothing but the tombstone."""
    return Message("retraction", json.dumps({"event_id": event_id, "retracted": True}), event_id)


@dataclass(frozen=True)
class Frame:
    """What one reader is sent: a message, or without a name a sign of life that only moves its position.

    Attributes:
        id: position of the reader once it has this frame; empty where nobody could go on from there.
        comment: for people who look at the stream.
    """

    id: str
    name: FrameName | None = None
    data: str | None = None
    comment: str | None = None

    @cached_property
    def wire(self) -> bytes:
        """The frame in SSE format; made once, however many readers get it."""
        return format_sse_event(event=self.name, data_str=self.data, id=self.id or None, comment=self.comment)

    @cached_property
    def text(self) -> str:
        """The frame as the JSON of a WebSocket message; made once, however many readers get it."""
        head = {"event": self.name or "comment", "id": self.id or None}
        data = self.data if self.name else json.dumps(self.comment)
        return f'{json.dumps(head)[:-1]}, "data": {data}}}'
