"""The formats of `/v1/events`, over HTTP, each read by a reader of that format; years from 44 BCE to 9999 exact."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import icalendar
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.civil import day_number
from service.formats.negotiation import FORMATS, NotAcceptable, choose
from tests.service import timeline_samples as samples
from tests.service.conftest import Api

ATOM = "{http://www.w3.org/2005/Atom}"
ALL = [event.event_id for event in samples.EVENTS]
BOUNDS = {event.event_id: (event.when.start, event.when.end) for event in samples.EVENTS}


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


def get(api: Api, format_: str, **parameters: Any) -> Any:
    answer = api.get("/v1/events", params={"format": format_, **parameters})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == FORMATS[format_].media_type
    return answer


def test_json_and_ndjson_give_the_records_as_they_are(api: Api) -> None:
    records = [event.model_dump(mode="json") for event in samples.EVENTS]
    assert get(api, "json").json()["events"] == records
    assert [json.loads(line) for line in get(api, "ndjson").text.splitlines()] == records
    assert len(get(api, "ndjson", limit=2).text.splitlines()) == 2


def test_csv_gives_dates_as_text_and_no_formulas(api: Api) -> None:
    rows = list(csv.DictReader(io.StringIO(get(api, "csv").text)))
    assert {row["event_id"]: (row["start"], row["end"] or None) for row in rows} == BOUNDS
    by_id = {row["event_id"]: row for row in rows}
    assert by_id["e_cable"]["title"] == "'=A cable was laid to Suva"
    assert by_id["e_cable"]["places"] == "Suva; Geneva"
    assert by_id["e_caesar"]["start_day"] == str(day_number(-43, 3, 15))


@pytest.mark.parametrize("format_", ["parquet", "arrow"])
def test_parquet_and_arrow_give_dates_as_text_and_day_numbers(api: Api, format_: str) -> None:
    content = get(api, format_).content
    table = pq.read_table(io.BytesIO(content)) if format_ == "parquet" else pa.ipc.open_stream(content).read_all()
    rows = table.to_pylist()
    assert {row["event_id"]: (row["start"], row["end"]) for row in rows} == BOUNDS
    clock = next(row for row in rows if row["event_id"] == "e_clock")
    assert (clock["start_day"], clock["end_day"]) == (day_number(9999), day_number(10_000))
    assert next(row for row in rows if row["event_id"] == "e_cable")["places"] == ["Suva", "Geneva"]


def test_tables_have_the_columns_of_the_fields_that_are_chosen(api: Api) -> None:
    assert (
        get(api, "csv", fields="event_id,title", limit=1).text
        == "event_id,title\r\ne_oldplan,A road was to be built\r\n"
    )
    parquet = pq.read_table(io.BytesIO(get(api, "parquet", fields="event_id,title").content))
    assert parquet.column_names == ["event_id", "title"]


def test_the_calendar_holds_what_is_planned_and_says_what_it_leaves_out(api: Api) -> None:
    answer = get(api, "ics")
    assert answer.headers["dateline-left-out"] == "before-year-1=1"
    entries = {str(entry["uid"]): entry for entry in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(entries) == {"e_colony@dateline", "e_clock@dateline"}
    colony, clock = entries["e_colony@dateline"], entries["e_clock@dateline"]
    assert (colony["dtstart"].dt, colony["dtend"].dt) == (date(2250, 1, 1), date(2251, 1, 1))
    assert (clock["dtstart"].dt, clock["duration"].dt) == (date(9999, 1, 1), timedelta(days=365))
    assert str(colony["summary"]) == samples.COLONY.title


def test_the_calendar_takes_other_modalities_when_told_and_keeps_instants(api: Api) -> None:
    answer = get(api, "ics", modality=["asserted", "reported"])
    assert answer.headers["dateline-left-out"] == "before-year-1=1, no-end=1"
    entries = {str(entry["uid"]): entry for entry in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
    assert entries["e_hastings@dateline"]["dtstart"].dt == date(1066, 10, 14)
    assert entries["e_titanic@dateline"]["dtstart"].dt == datetime(1912, 4, 15, 5, 20, tzinfo=UTC)
    assert entries["e_cable@dateline"]["dtend"].dt == date(2025, 4, 1)
    assert entries["e_summit@dateline"]["geo"].latitude == 46.2


def test_atom_is_a_feed_whose_entries_carry_exact_dates(api: Api) -> None:
    feed = ElementTree.fromstring(get(api, "atom", limit=1000).content)
    entries = feed.findall(f"{ATOM}entry")
    whens = {
        (entry.findtext(f"{ATOM}id") or "").rpartition(":")[2]: entry.find("{urn:x-dateline:when}when")
        for entry in entries
    }
    assert {key: (when.get("start"), when.get("end")) for key, when in whens.items() if when is not None} == BOUNDS
    assert [entry.findtext(f"{ATOM}id") for entry in entries[:1]] == ["urn:x-dateline:event:e_clock"], "last changed"
    caesar = next(entry for entry in entries if "caesar" in (entry.findtext(f"{ATOM}id") or ""))
    assert (caesar.findtext(f"{ATOM}summary") or "").startswith("15 March 44 BCE\n")
    assert feed.findtext(f"{ATOM}updated") == "2025-06-15T08:00:00Z"
    page = get(api, "atom", limit=1)
    assert page.links["self"]["url"] == str(page.url)
    assert "next" in page.links
    first = ElementTree.fromstring(page.content)
    assert {link.get("rel") for link in first.findall(f"{ATOM}link")} == {"self", "next"}


def test_geojson_puts_events_on_the_map(api: Api) -> None:
    features = {one["id"]: one for one in get(api, "geojson").json()["features"]}
    assert list(features) == ALL
    assert features["e_summit"]["geometry"] == {"type": "Point", "coordinates": [6.15, 46.2]}
    assert features["e_cable"]["geometry"]["type"] == "MultiPoint"
    assert features["e_caesar"]["geometry"] is None
    assert {key: (f["properties"]["when"]["start"], f["properties"]["when"]["end"]) for key, f in features.items()} == (
        BOUNDS
    )


def test_timelinejs_gives_years_as_it_counts_them_and_words_as_people_do(api: Api) -> None:
    slides = {one["unique_id"]: one for one in get(api, "timelinejs").json()["events"]}
    assert list(slides) == ALL
    assert slides["e_caesar"]["start_date"] == {"year": -43, "month": 3, "day": 15}
    assert slides["e_caesar"]["display_date"] == "15 March 44 BCE"
    assert slides["e_clock"]["start_date"] == {"year": 9999}
    assert slides["e_clock"]["end_date"] == {"year": 9999, "month": 12, "day": 31}
    assert slides["e_cable"]["end_date"] == {"year": 2025, "month": 3, "day": 31}
    assert slides["e_summit"]["text"]["headline"] == "A summit opened &lt;in&gt; Geneva"
    assert "end_date" not in slides["e_dispute"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "json"),
        ("application/json;q=0.5, application/geo+json", "geojson"),
        ("text/*", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
        ("text/calendar;q=1, text/csv;q=0", "ics"),
    ],
)
def test_accept_chooses_the_format(accept: str | None, name: str) -> None:
    assert choose(None, accept).name == name
    assert choose("atom", accept).name == "atom"


@given(st.text(max_size=40))
def test_any_accept_chooses_a_format_or_is_refused(accept: str) -> None:
    with contextlib.suppress(NotAcceptable):
        assert choose(None, accept).name in FORMATS


def test_accept_over_http(api: Api) -> None:
    answer = api.get("/v1/events", headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    assert "accept" in answer.headers["vary"].lower()
    refused = api.get("/v1/events", headers={"Accept": "image/png"})
    assert (refused.status_code, refused.json()["error"]["parameter"]) == (406, "accept")
