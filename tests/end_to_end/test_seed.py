"""The seed: one real article in, its timeline out, over the command line and HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from schemas.event import Event
from tests.end_to_end.conftest import Running

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeded(running: Running) -> Running:
    running.dateline("push", str(SEEDS))
    running.wait_quiet()
    return running


def find(events: list[Event], words: str) -> Event:
    found = [event for event in events if words in event.evidence[0]]
    assert found, words
    return found[0]


def test_wednesday_is_the_day_before_the_article(seeded: Running) -> None:
    meeting = find(seeded.events(**{"from": "2025-06-25", "to": "2025-06-26"}), "NATO Summit")
    assert (meeting.when.start, meeting.when.end) == ("2025-06-25", "2025-06-26")
    assert (meeting.when.granularity, meeting.when.value) == ("day", "2025-06-25")
    assert meeting.when.anchor == "publication_date"


def test_since_2014_has_a_start_and_no_end(seeded: Running) -> None:
    events = [event for event in seeded.events() if event.when.start == "2014-01-01"]
    assert [(event.when.end, event.when.granularity, event.when.edtf) for event in events] == [
        (None, "open", "2014/..")
    ]


def test_by_2035_is_planned_and_has_an_end(seeded: Running) -> None:
    plan = find(seeded.events(modality="planned", **{"from": "2035"}), "By 2035")
    assert plan.when.end == "2036-01-01"


def test_the_junk_line_makes_no_event(seeded: Running) -> None:
    assert not [event for event in seeded.events() if "FACEBOOK" in " ".join((event.title, *event.evidence))]


def test_an_event_is_shown_with_its_mentions_and_their_sentences(seeded: Running) -> None:
    meeting = find(seeded.events(), "NATO Summit")
    answer = seeded.get(f"/v1/events/{meeting.event_id}")
    assert answer["event"]["event_id"] == meeting.event_id
    assert [mention["mention_id"] for mention in answer["mentions"]] == list(meeting.mention_ids)
    text = (SEEDS / "000_16dccf7838e19d1b.txt").read_text()
    for mention in answer["mentions"]:
        assert text[mention["sentence_start"] : mention["sentence_end"]] == mention["sentence"]


def test_the_timeline_counts_what_the_range_query_lists(seeded: Running) -> None:
    answer = seeded.get("/v1/timeline", unit="day", **{"from": "2025-06-25", "to": "2025-06-27"})
    events = [e for e in seeded.events(**{"from": "2025-06-25", "to": "2025-06-27"}) if e.when.start in DAYS]
    assert sum(bucket["count"] for bucket in answer["buckets"]) + answer["coarser"] == len(events)


DAYS = ("2025-06-25", "2025-06-26")


@pytest.mark.parametrize("format_", ["table", "json", "ndjson", "csv"])
def test_the_command_line_prints_it_in_every_format(seeded: Running, format_: str) -> None:
    arguments = ["events", "--from", "2025-06", "--to", "2025-07", "--format", format_]
    printed = seeded.dateline(*arguments).stdout.decode()
    expected = {event.event_id for event in seeded.events(**{"from": "2025-06", "to": "2025-07"})}
    if format_ == "table":
        assert "25 June 2025" in printed
    elif format_ == "json":
        assert {event["event_id"] for event in json.loads(printed)["events"]} == expected
    elif format_ == "ndjson":
        assert {json.loads(line)["event_id"] for line in printed.splitlines()} == expected
    else:
        header, *lines = printed.splitlines()
        assert header.startswith("event_id,start,end,granularity,value,title")
        assert {line.partition(",")[0] for line in lines} == expected


def test_the_first_page_lists_the_events(seeded: Running) -> None:
    page = httpx.get(seeded.url).text
    assert "25 June 2025" in page
    assert find(seeded.events(), "NATO Summit").event_id in page


def test_without_a_publication_date_the_weekday_stays_open(seeded: Running) -> None:
    done = seeded.dateline("extract", str(SEEDS / "000_16dccf7838e19d1b.txt"))
    mentions = [json.loads(line) for line in done.stdout.splitlines()]
    meeting = next(mention for mention in mentions if "NATO Summit" in mention["sentence"])
    assert meeting["when"]["value"] == "XXXX-WXX-3"
    assert (meeting["when"]["start"], meeting["when"]["end"], meeting["when"]["anchor"]) == (None, None, "none")
    assert b"could not be dated" in done.stderr


def test_the_same_article_five_times_is_the_same_timeline(seeded: Running) -> None:
    before = [event.model_dump() for event in seeded.events()]
    windows = seeded.get("/v1/timeline", unit="day")
    for _ in range(5):
        seeded.dateline("push", str(SEEDS))
    seeded.wait_quiet()
    assert [event.model_dump() for event in seeded.events()] == before
    assert seeded.get("/v1/timeline", unit="day") == windows
