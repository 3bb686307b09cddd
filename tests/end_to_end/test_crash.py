"""Workers killed in the middle of their work: nothing is lost, nothing doubles, windows equal a recount."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from kafka import KafkaConsumer, TopicPartition

from dateline.broker import admin, wait_ready
from extraction.mentions import extract
from producers.rows import article_from_row
from schemas.event import Event
from schemas.window import ActivityWindow, Window, window_from_json
from tests.end_to_end.conftest import STOP_WITHIN, Running, run_up
from timeline.activity import Activity, report_of
from timeline.windows import Windows, window_key

ARTICLES = 1200

TOWNS = ("Adelmark", "Brevik", "Corvale", "Dunmore", "Estrada", "Fenwick", "Galway", "Hartsdale", "Ilford", "Jarrow")
HAPPENED = ("earthquake shook", "flood destroyed", "fire burned", "storm damaged", "explosion tore through")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


def article(number: int) -> dict[str, Any]:
    town, what = TOWNS[number % 10], HAPPENED[number // 10 % 5]
    text = (
        f"An {what} the harbour of {town} on {number % 28 + 1} {MONTHS[number // 28 % 10]} 2013, "
        f"killing {number} people. "
        f"Mayor number {number} resigned on {number % 27 + 2} November 2013. "
        f"Survivor group {number} met in {town} on Tuesday."
    )
    published_at = f"2013-12-20T{number % 24:02d}:{number % 60:02d}:00Z"
    return {"id": f"crash-{number}", "text": text, "published_at": published_at, "language": "en"}


def expected_mentions() -> set[str]:
    articles = (article_from_row(article(number)) for number in range(ARTICLES))
    return {mention.mention_id for one in articles for mention in extract(one) if mention.when.resolved}


def expected_activity() -> dict[str, tuple[int, int, dict[str, int]]]:
    articles = (article_from_row(article(number)) for number in range(ARTICLES))
    activity = Activity((), datetime.now(UTC))
    starts = set()
    for one in articles:
        starts |= {entry.start for entry in activity.report(one.article_id, report_of(one, extract(one)))}
    windows = map(activity.window, starts)
    return {window.window: (window.article_count, window.mention_count, window.by_topic) for window in windows}


def published_windows(bootstrap: str) -> dict[str, Window | ActivityWindow]:
    """The last message of each window on its topic; a replay may repeat lower revisions, but ends with the highest."""
    topic = "dateline.windows"
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, consumer_timeout_ms=5000)
    consumer.assign([TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)])
    consumer.seek_to_beginning()
    latest: dict[str, Window | ActivityWindow] = {}
    highest: Counter[str] = Counter()
    for message in consumer:
        window = window_from_json(message.value)
        latest[window.window] = window
        highest[window.window] = max(highest[window.window], window.revision)
    consumer.close()
    assert {key: window.revision for key, window in latest.items()} == dict(highest)
    return latest


def counts(window: Window) -> tuple[int, int, dict[str, int], dict[str, int], dict[str, int]]:
    return window.event_count, window.mention_count, window.by_category, window.by_place, window.by_actor


def recount(events: list[Event]) -> dict[str, tuple[int, int, dict[str, int], dict[str, int], dict[str, int]]]:
    windows = Windows()
    for event in events:
        windows.add(event)
    return {window_key(bucket): counts(windows.window(bucket)) for bucket in {event.bucket for event in events}}


def wait_for(condition: Callable[[], Any], within: float = 60.0) -> Any:
    deadline = time.monotonic() + within
    while not (result := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return result


def members(running: Running, group: str) -> int:
    """How many workers share the partitions of a consumer group."""
    with admin(running.instance.kafka) as client:
        described = client.describe_groups([group])[group]
    return sum(bool(member["member_assignment"]) for member in described["members"])


def kill_and_see_it_come_back(running: Running, *words: str) -> None:
    pid = wait_for(lambda: running.workers(*words))[0]
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: [other for other in running.workers(*words) if other != pid])


def stored(running: Running) -> int:
    try:
        return len(running.get("/v1/events", limit=1000)["events"])
    except httpx.HTTPError:
        return 0


def assert_all_is_there_once(running: Running) -> None:
    """Every mention is in one event, and the windows of both kinds equal a recount."""
    events = running.events(limit=1000)
    told = Counter(mention_id for event in events for mention_id in event.mention_ids)
    assert set(told) == expected_mentions()
    assert max(told.values()) == 1
    assert len({event.event_id for event in events}) == len(events)

    windows = published_windows(running.instance.kafka)
    of_windows = {key: counts(w) for key, w in windows.items() if isinstance(w, Window)}
    assert {key: counted for key, counted in of_windows.items() if counted[0]} == recount(events)
    of_activity = {
        key: (w.article_count, w.mention_count, w.by_topic)
        for key, w in windows.items()
        if isinstance(w, ActivityWindow)
    }
    assert of_activity == expected_activity()


@pytest.mark.long
@pytest.mark.timeout(500)
def test_every_event_is_there_once_whoever_is_killed(own_instance: Running) -> None:
    running = own_instance
    running.push(*(article(number) for number in range(ARTICLES)))
    wait_for(lambda: stored(running) > 0)
    kill_and_see_it_come_back(running, "agents", "--role extract")
    kill_and_see_it_come_back(running, "agents", "--role timeline")
    assert stored(running) >= 0
    kill_and_see_it_come_back(running, "dateline serve")
    wait_for(lambda: stored(running) > 0)
    kill_and_see_it_come_back(running, "agents", "--role extract")
    kill_and_see_it_come_back(running, "kafka.Kafka")
    wait_ready(running.instance.kafka, timeout=60, alive=lambda: True)
    running.wait_quiet(within=300)

    assert_all_is_there_once(running)


@pytest.mark.long
@pytest.mark.timeout(500)
def test_a_second_timeline_worker_comes_and_goes(own_instance: Running) -> None:
    running = own_instance
    first = ARTICLES // 10
    running.push(*(article(number) for number in range(first)))
    wait_for(lambda: stored(running) > 0)
    second = subprocess.Popen(
        [sys.executable, "-m", "dateline", "agents", "--role", "timeline"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DATELINE_DATA": str(running.data)},
    )
    try:
        wait_for(lambda: members(running, "dateline.timeline") == 2)
        before = stored(running)
        running.push(*(article(number) for number in range(first, ARTICLES)))
        wait_for(lambda: stored(running) > before)
        assert members(running, "dateline.timeline") == 2
    finally:
        second.kill()  # as a machine that is lost: its partitions go back to the first worker
        second.wait()
    running.wait_quiet(within=300)
    assert members(running, "dateline.timeline") == 1
    assert_all_is_there_once(running)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_stop_is_clean_and_a_second_start_finds_what_was_there(own_instance: Running) -> None:
    running = own_instance
    running.push(*(article(number) for number in range(20)))
    running.wait_quiet()
    before = running.events()
    children = running.workers()
    assert running.stop() < STOP_WITHIN
    assert running.process.returncode == 0
    assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]  # noqa: PTH110 - a process, not a file
    with run_up(running.data) as again:
        assert again.events() == before
        again.push(*(article(number) for number in range(20)))
        again.wait_quiet()
        assert again.events() == before


@pytest.mark.long
@pytest.mark.timeout(300)
def test_the_service_answers_while_both_cores_extract(own_instance: Running) -> None:
    running = own_instance
    running.push(*(article(number) for number in range(ARTICLES)))
    answers = [httpx.get(f"{running.url}{path}", timeout=10) for path in ("/healthz", "/v1/events?limit=1") * 20]
    assert {answer.status_code for answer in answers} == {200}
