"""`dateline events` and `dateline timeline` against a running service."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dateline.command import dateline
from tests.service import timeline_samples as samples
from tests.service.conftest import Api


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


def run(api: Api, *arguments: str) -> Result:
    return CliRunner().invoke(dateline, ["events", "--url", api.url, *arguments])


def test_formats_and_filters(api: Api) -> None:
    table = run(api, "--from", "-0043", "--to", "1067")
    assert (table.exit_code, "15 March 44 BCE" in table.stdout) == (0, True)
    lines = run(api, "--format", "ndjson", "--all", "--country", "FJ").stdout.splitlines()
    assert [json.loads(line)["event_id"] for line in lines] == ["e_cable"]
    assert run(api, "--format", "csv", "--fields", "event_id", "--sort=-time", "--limit", "1").stdout_bytes == (
        b"event_id\r\ne_clock\r\n"
    )
    parquet = pq.read_table(io.BytesIO(run(api, "--format", "parquet", "--all").stdout_bytes))
    assert parquet.num_rows == len(samples.EVENTS)


def test_what_a_format_leaves_out_is_said(api: Api) -> None:
    result = run(api, "--format", "ics")
    assert result.exit_code == 0
    assert "left out, since ics cannot say it: before-year-1=1" in result.stderr


def test_a_refusal_is_told(api: Api) -> None:
    result = run(api, "--near", "95,0")
    assert result.exit_code == 1
    assert "near: " in result.stderr


def test_the_dates_that_matter_are_ranked_over_what_is_stored(api: Api) -> None:
    result = CliRunner().invoke(dateline, ["timeline", "--url", api.url, "--to", "1913", "--json"])
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)["dates"]
    assert {one["date"] for one in found} == {"-0043-03-15", "1066-10-14", "1912-04-15"}
    assert found[0]["score"] == 1.0
    assert all(event["when"]["start"].startswith(one["date"]) for one in found for event in one["events"])
    table = CliRunner().invoke(dateline, ["timeline", "--url", api.url, "--to", "1913", "--dates", "1"])
    assert found[0]["date"] in table.stdout


def test_filters_do_not_go_with_a_file(api: Api) -> None:
    result = CliRunner().invoke(dateline, ["timeline", "articles.jsonl", "--from", "2025"])
    assert result.exit_code == 2
    assert "leave out the file" in result.stderr
