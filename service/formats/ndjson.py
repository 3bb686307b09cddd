"""NDJSON: a record a line, any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from service.formats.columns import BATCH
from service.formats.document import About, Stored
from service.formats.json_page import chosen


class Ndjson:
    """Newline-delimited JSON, https://github.com/ndjson/ndjson-spec."""

    name = "ndjson"
    media_type = "application/x-ndjson"
    extension = "ndjson"
    streamed = True
    with_fields = True

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write a line an event, a batch of lines at a time."""
        lines = (f"{chosen(event, about.fields)}\n" for event in events)
        while batch := "".join(islice(lines, BATCH)):
            yield batch.encode()
