"""What a format is given and what it gives: stored events in, bytes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

from pydantic_core import from_json

from schemas.event import Event


@dataclass(frozen=True)
class Stored:
    """An event as the store keeps it; read only as far as a format needs.

    Attributes:
        text: its JSON record.
    """

    text: str

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record as plain values, unchecked: the store wrote it."""
        value = from_json(self.text)
        assert isinstance(value, dict)
        return value

    @cached_property
    def event(self) -> Event:
        """The event."""
        return Event.model_validate_json(self.text)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself and of what lies around it.

    Attributes:
        title: the query in words.
        url: where the document was asked for.
        base: address of the service, without a slash at its end.
        next: cursor of the next page; None on the last.
        next_url: where the next page is; None on the last.
        live: position from which the live feed goes on; None when it is not known.
        fields: top-level fields of an event that are wanted; None for all.
    """

    title: str
    url: str
    base: str
    next: str | None = None
    next_url: str | None = None
    live: str | None = None
    fields: tuple[str, ...] | None = None

    def event_url(self, event_id: str) -> str:
        """Return the address of an event."""
        return f"{self.base}/v1/events/{quote(event_id, safe='')}"


class Format(Protocol):
    """A way to write events down.

    Attributes:
        name: as given by `format=`.
        media_type: as given by `Accept`.
        extension: of files in this format.
        streamed: whether any number of events is written in constant memory. Otherwise an answer is one page, and
            its headers can say what was left out.
        with_fields: whether `fields` can choose what is written of an event.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see the class
    @property
    def media_type(self) -> str: ...  # noqa: D102
    @property
    def extension(self) -> str: ...  # noqa: D102
    @property
    def streamed(self) -> bool: ...  # noqa: D102
    @property
    def with_fields(self) -> bool: ...  # noqa: D102

    def cannot_say(self, event: Stored) -> str | None:
        """Return why an event cannot be said exactly, as a word for a header; None when it can."""

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write events that can be said, in their order."""
