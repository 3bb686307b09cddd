"""`/v1/windows` over a real store and real HTTP."""

from __future__ import annotations

import pytest

from schemas.event import Event
from schemas.mention import Actor, Place
from schemas.when import When
from store.query import Origin
from tests.service.conftest import Api
from timeline.windows import Windows, window_key

DATES = (
    ("2025-06-25", "2025-06-26", "day"),
    ("2025-06-25", "2025-06-26", "day"),
    ("2025-07-01", "2025-07-02", "day"),
    ("2025-06", "2025-07", "month"),
    ("-0043", "-0042", "year"),
)


def event(number: int, start: str, end: str, granularity: str) -> Event:
    when = When(
        start=start + {"day": "", "month": "-01", "year": "-01-01"}[granularity],
        end=end + {"day": "", "month": "-01", "year": "-01-01"}[granularity],
        granularity=granularity, value=start, edtf=start, anchor="explicit", rule="test",
    )  # fmt: skip
    return Event(
        event_id=f"e{number}", revision=1, bucket=start, title="A ferry sank", when=when, category="disaster",
        places=(Place(name="Arden"),), actors=(Actor(name="Mira Holt"),), modality="asserted", confidence=0.5,
        mention_count=2, article_count=1, source_count=1,
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    windows = Windows()
    events = [event(number, *dated) for number, dated in enumerate(DATES)]
    for one in events:
        windows.add(one)
    buckets = dict.fromkeys(one.bucket for one in events)
    api.store.write_windows(
        [(windows.window(bucket), Origin("dateline.windows", 0, n)) for n, bucket in enumerate(buckets)]
    )


def keys(api: Api, query: str) -> list[str]:
    answer = api.get(f"/v1/windows?{query}")
    assert answer.status_code == 200, answer.text
    return [window["window"] for window in answer.json()["windows"]]


def test_days_come_in_the_order_of_time_with_an_exclusive_end(api: Api) -> None:
    assert keys(api, "from=2025-06&to=2025-07-02") == [window_key("2025-06-25"), window_key("2025-07-01")]
    assert keys(api, "from=2025-06-25&to=2025-07-01") == [window_key("2025-06-25")]
    assert keys(api, "from=2025-06-25T00:00:01&to=2025-07-01T12:00:00") == [window_key("2025-07-01")]


def test_a_window_counts_categories_places_and_actors(api: Api) -> None:
    (window,) = api.get("/v1/windows?from=2025-06-25&to=2025-06-26").json()["windows"]
    assert (window["event_count"], window["mention_count"]) == (2, 4)
    assert (window["by_category"], window["by_place"], window["by_actor"]) == (
        {"disaster": 2},
        {"Arden": 2},
        {"Mira Holt": 2},
    )


def test_months_and_years_have_windows_of_their_own(api: Api) -> None:
    assert keys(api, "from=2025&to=2026&granularity=month") == [window_key("2025-06")]
    assert keys(api, "from=-0050&to=0001&granularity=year") == [window_key("-0043")]
    assert keys(api, "from=2025-06-02&to=2025-07&granularity=month") == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=2025", "to"),
        ("to=2025", "from"),
        ("from=2020&to=2025", "to"),
        ("from=2025&to=2026&granularity=week", "granularity"),
        ("from=2025&to=2026&place=Arden", "place"),
    ],
)
def test_what_is_asked_wrongly_is_named(api: Api, query: str, parameter: str) -> None:
    answer = api.get(f"/v1/windows?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"]["parameter"] == parameter
