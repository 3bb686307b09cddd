"""Exports of any length: memory does not grow with them, and an early end is seen."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from service.formats.document import About, Stored
from service.formats.negotiation import FORMATS
from tests.service import timeline_samples as samples
from tests.service.conftest import Api

ABOUT = About(title="Dateline", url="http://127.0.0.1/v1/events", base="http://127.0.0.1")


@pytest.mark.parametrize("name", ["ndjson", "csv", "parquet", "arrow"])
def test_what_is_streamed_is_never_held_whole(name: str) -> None:
    text = samples.SUMMIT.model_dump_json()

    def peak(count: int) -> int:
        def events() -> Iterator[Stored]:
            return (Stored(text) for _ in range(count))

        tracemalloc.start()
        try:
            for _ in FORMATS[name].write(events(), ABOUT):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(12_000) < 1.3 * peak(4_000)


def test_an_export_gives_all_events_of_the_store_in_order(api: Api) -> None:
    day = samples.a_when("2025-06-25", "2025-06-26", "day", "2025-06-25")
    made = [samples.an_event(f"e_{number:05d}", day, f"Event {number}") for number in range(5_500)]
    samples.write(api.store, *made)
    lines = api.get("/v1/events", params={"format": "csv", "fields": "event_id"}).text.split()
    assert lines == ["event_id", *(event.event_id for event in made)]
    with api.client.stream("GET", "/v1/events", params={"format": "ndjson"}) as answer:
        next(answer.iter_bytes())  # then the client leaves
    assert api.get("/healthz").status_code == 200
