"""What a question may cost, and what a parameter may hold: each refusal says what would be right."""

from __future__ import annotations

import re
from typing import Any

import pytest

from store import asking
from tests.service import timeline_samples as samples
from tests.service.conftest import Api


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


QUESTIONS = [
    "/v1/events",
    "/v1/events?format=ndjson",
    "/v1/events?format=parquet",
    "/v1/events?q=summit&sort=-importance",
    "/v1/events?as_of=2025-07",
    "/v1/timeline",
    "/v1/facets",
    "/v1/events/e_summit",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_would_cost_too_much_is_cut_and_says_so(
    api: Api, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setattr(asking, "BYTES_A_QUERY", 1_000)
    answer = api.get(question)
    assert answer.status_code == 422, answer.text
    error = answer.json()["error"]
    assert error["code"] == "too_costly"
    assert re.search(r"more than 1,000 bytes of memory; ask for a shorter range .* from=2025-06&to=", error["message"])
    monkeypatch.undo()
    assert api.get(question).status_code in (200, 404), "the next question is answered"


BAD: dict[str, Any] = {
    "from": "yesterday", "to": "2025-13", "match": "near", "granularity": "fortnight", "category": "weather",
    "type": "", "actor": "", "place": " ", "modality": "certain", "min_sources": "0", "country": "Fiji",
    "bbox": "1,2,3",
    "near": "95,0", "radius": "-5", "source": "", "language": "english!", "q": "x" * 300, "as_of": "now",
    "changed_since": "2025-02-30", "sort": "size", "limit": "none", "fields": "colour", "format": "pdf",
    "unit": "aeon", "group_by": "colour", "facet": "colour", "values": "0", "kind": "rumour"
}  # fmt: skip
"""A value of each parameter that it may not have."""

ELSEWHERE = ("cursor", "since")
"""Tested with the pages, and the feed, that they belong to."""

PATHS = ["/v1/events", "/v1/events/{event_id}", "/v1/timeline", "/v1/facets", "/v1/activity", "/v1/live"]


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_is_named_when_it_is_bad_with_one_that_works(api: Api, path: str) -> None:
    parameters = api.get("/openapi.json").json()["paths"][path]["get"]["parameters"]
    names = [one["name"] for one in parameters if one["in"] == "query" and one["name"] not in ELSEWHERE]
    assert names
    for name in names:
        near = {"near": "46.2,6.15"} if name == "radius" else {}
        answer = api.get(path.format(event_id="e_summit"), params={name: BAD[name], **near})
        assert answer.status_code == 422, (name, answer.text)
        error = answer.json()["error"]
        assert error["parameter"] == name
        example = re.search(rf"for example {name}=(\S+)$", error["message"])
        assert example is not None, error["message"]
        if path != "/v1/live":  # which would go on for ever
            works = api.get(f"{path.format(event_id='e_summit')}?{name}={example[1]}", params=near or None)
            assert works.status_code in (200, 404), works.text


def test_a_parameter_that_does_not_exist_is_refused_everywhere(api: Api) -> None:
    for path in PATHS:
        error = api.get(path.format(event_id="e_summit"), params={"colour": "red"}).json()["error"]
        assert (error["code"], error["parameter"]) == ("unknown_parameter", "colour")
