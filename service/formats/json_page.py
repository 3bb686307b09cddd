"""JSON: a page of records as they are, with what comes after it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from service.formats.document import About, Stored


class JsonPage:
    """`{"events": [...], "next": cursor or null, "live": position or null}`."""

    name = "json"
    media_type = "application/json"
    extension = "json"
    streamed = False
    with_fields = True

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the page; records are copied, not read and written anew."""
        records = ",".join(chosen(event, about.fields) for event in events)
        yield f'{{"events":[{records}],"next":{json.dumps(about.next)},"live":{json.dumps(about.live)}}}'.encode()


def chosen(event: Stored, fields: tuple[str, ...] | None) -> str:
    """Return a record's JSON, with the fields that are wanted in the order of the record."""
    if fields is None:
        return event.text
    record = event.record
    return json.dumps(
        {name: record[name] for name in record if name in fields}, ensure_ascii=False, separators=(",", ":")
    )
