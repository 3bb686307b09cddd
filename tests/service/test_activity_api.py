"""`/v1/activity` over a real store and real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.civil import parse_moment
from schemas.report import Report
from store.query import Origin
from tests.service.conftest import Api
from timeline.activity import Activity

MINUTES = (0, 15, 15, 240, 240, 240, 240)


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    activity = Activity((), datetime(2025, 6, 28, tzinfo=UTC))
    starts = set()
    for number, minute in enumerate(MINUTES):
        published_at = f"2025-06-26T{8 + minute // 60:02d}:{minute % 60:02d}:00Z"
        report = Report(article_id=f"a{number}", published_at=published_at, mention_count=1, topics=("place:Arden",))
        starts |= {one.start for one in activity.report(report.article_id, report)}
    api.store.write_windows(
        [(activity.window(start), Origin("dateline.windows", 0, offset)) for offset, start in enumerate(sorted(starts))]
    )


def test_windows_come_latest_first_with_what_rises(api: Api) -> None:
    answer = api.get("/v1/activity").json()
    assert [(window["start"], window["article_count"]) for window in answer["windows"]] == [
        ("2025-06-26T12:00:00Z", 4),
        ("2025-06-26T08:15:00Z", 2),
        ("2025-06-26T08:00:00Z", 1),
    ]
    (risen,) = answer["rising"]
    assert (risen["topic"], risen["articles"], risen["usual"]) == ("place:Arden", 4, 3 / 96)


def test_a_range_is_one_of_publication_with_an_exclusive_end(api: Api) -> None:
    ranges = {"from": "2025-06-26T08:15:00Z", "to": "2025-06-26T12:00:00Z"}
    answer = api.get("/v1/activity", params=ranges).json()
    assert [window["start"] for window in answer["windows"]] == ["2025-06-26T08:15:00Z"]
    assert answer["rising"] == []
    assert api.get("/v1/activity?to=2025-06-26").json() == {"windows": [], "rising": []}


def test_a_bad_bound_is_named_with_one_that_works(api: Api) -> None:
    answer = api.get("/v1/activity?from=yesterday")
    assert answer.status_code == 422
    assert answer.json()["error"]["parameter"] == "from"


def test_timeline_windows_are_told_apart(api: Api) -> None:
    assert api.get("/v1/windows?from=2025-06-26&to=2025-06-27").json() == {"windows": []}
    assert parse_moment(api.get("/v1/activity?limit=1").json()["windows"][0]["end"]).utc_second % 900 == 0
