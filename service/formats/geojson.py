"""GeoJSON: events on a map (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from schemas.event import Event
from service.dates_in_words import in_words
from service.formats.document import About, Stored

_PROPERTIES = (
    "event_id", "title", "when", "category", "type", "modality", "confidence", "source_count", "places", "actors",
    "evidence", "first_seen", "last_seen", "revision",
)  # fmt: skip


class GeoJson:
    """A collection of features; one whose places have no position has the geometry null, as the standard provides."""

    name = "geojson"
    media_type = "application/geo+json"
    extension = "geojson"
    streamed = False
    with_fields = False

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the collection, with `next` beside its features."""
        features = [_feature(event) for event in events]
        collection = {"type": "FeatureCollection", "features": features, "next": about.next}
        yield json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(event: Stored) -> dict[str, Any]:
    record = event.record
    properties = {name: record.get(name) for name in _PROPERTIES}
    properties["date"] = in_words(event.event.when)
    return {
        "type": "Feature",
        "id": record["event_id"],
        "geometry": _geometry(event.event),
        "properties": properties,
    }


def _geometry(event: Event) -> dict[str, Any] | None:
    points = [
        [place.longitude, place.latitude]  # in this order: RFC 7946, 3.1.1
        for place in event.places
        if place.longitude is not None and place.latitude is not None
    ]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
