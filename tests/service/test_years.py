"""44 BCE, 1066, 1912, 2250 and 9999 through every endpoint; `formats/test_formats.py` has them in every format."""

from __future__ import annotations

import json

import pytest

from schemas.event import Event
from tests.service import timeline_samples as samples
from tests.service.conftest import Api

YEARS = [samples.CAESAR, samples.HASTINGS, samples.TITANIC, samples.COLONY, samples.CLOCK]


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


def bounds(event: Event) -> dict[str, str]:
    """The civil days that the event's range begins and ends with, as a query has them."""
    assert event.when.start is not None
    assert event.when.end is not None
    last = {"e_titanic": "1912-04-16"}.get(event.event_id, event.when.end)
    return {"from": event.when.start.partition("T")[0], "to": last}


@pytest.mark.parametrize("event", YEARS, ids=lambda event: event.event_id)
def test_a_year_is_exact_wherever_it_is_asked_for(api: Api, event: Event) -> None:
    record = event.model_dump(mode="json")
    within = {**bounds(event), "match": "within"}
    assert api.get("/v1/events", params=within).json()["events"] == [record]
    alone = api.get(f"/v1/events/{event.event_id}").json()
    assert alone["event"] == record
    assert [one["event"] for one in alone["history"]] == [record]
    assert api.get("/v1/facets", params=within).json()["total"] == 1
    assert [json.loads(line) for line in api.get("/v1/events", params={**within, "format": "ndjson"}).iter_lines()] == [
        record
    ]


@pytest.mark.parametrize(
    ("event", "unit", "start", "end"),
    [
        (samples.CAESAR, "day", "-0043-03-15", "-0043-03-16"),
        (samples.CAESAR, "week", "-0043-03-11", "-0043-03-18"),
        (samples.CAESAR, "century", "-0100-01-01", "0000-01-01"),
        (samples.HASTINGS, "month", "1066-10-01", "1066-11-01"),
        (samples.TITANIC, "minute", "1912-04-15T02:20:00", "1912-04-15T02:21:00"),
        (samples.TITANIC, "decade", "1910-01-01", "1920-01-01"),
        (samples.COLONY, "year", "2250-01-01", "2251-01-01"),
        (samples.COLONY, "century", "2200-01-01", "2300-01-01"),
        (samples.CLOCK, "year", "9999-01-01", "+10000-01-01"),
        (samples.CLOCK, "century", "9900-01-01", "+10000-01-01"),
    ],
    ids=str,
)
def test_its_bucket_is_exact_too(api: Api, event: Event, unit: str, start: str, end: str) -> None:
    counted = api.get("/v1/timeline", params={**bounds(event), "match": "within", "unit": unit}).json()
    held = [(one["start"], one["end"], one["count"]) for one in counted["buckets"] if one["count"]]
    assert held == [(start, end, 1)]
    assert counted["coarser"] == 0
