"""Every request of docs/api.md works, and the page names every parameter."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from service.event_parameters import (
    ActivityParameters,
    EventsParameters,
    FacetsParameters,
    TimelineParameters,
    WindowsParameters,
)
from tests.service import timeline_samples as samples
from tests.service.conftest import Api

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
REQUESTS = [line.strip() for line in PAGE.read_text("utf-8").splitlines() if line.startswith("    /v1")]


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_request_works(api: Api, request_: str) -> None:
    answer = api.get(request_)
    assert answer.status_code == 200, answer.text
    assert answer.content


def test_every_parameter_has_an_example() -> None:
    shown = {name for request in REQUESTS for name, _ in parse_qsl(urlsplit(request).query)}
    known = {
        field.alias or name
        for parameters in (
            EventsParameters,
            TimelineParameters,
            FacetsParameters,
            ActivityParameters,
            WindowsParameters,
        )
        for name, field in parameters.model_fields.items()
    }
    assert known - {"cursor"} <= shown, "a cursor is made by the service"
