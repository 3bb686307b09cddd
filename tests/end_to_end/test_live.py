"""The live feed over the real service: what is pushed arrives, and a reader resumes where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from httpx_sse import ServerSentEvent, connect_sse

from schemas.event import Event
from tests.end_to_end.conftest import Running


def report(town: str) -> dict[str, str]:
    text = f"An explosion in {town} killed three people on 7 July 2012."
    return {"id": f"live-{town}", "text": text, "published_at": "2012-07-08", "language": "en"}


@contextmanager
def feed(running: Running, **headers: str) -> Iterator[Iterator[ServerSentEvent]]:
    with (
        httpx.Client(timeout=60) as client,
        connect_sse(client, "GET", f"{running.url}/v1/live", params={"kind": "event"}, headers=headers) as source,
    ):
        source.response.raise_for_status()
        yield (message for message in source.iter_sse() if message.data)


def until(messages: Iterator[ServerSentEvent], town: str) -> list[ServerSentEvent]:
    """Read up to the first message about a town, with it."""
    seen = [next(messages)]
    while town not in seen[-1].data:
        seen.append(next(messages))
    return seen


def revisions(seen: list[ServerSentEvent]) -> list[tuple[str, int]]:
    events = [Event.model_validate_json(message.data) for message in seen]
    return [(event.event_id, event.revision) for event in events]


def test_an_event_arrives_and_a_reader_that_was_away_misses_none(running: Running) -> None:
    with feed(running) as messages:
        running.push(report("Ostrava"))
        before = until(messages, "Ostrava")
        assert before[-1].event == "event"
        assert Event.model_validate_json(before[-1].data).when.value == "2012-07-07"
    running.push(report("Lublin"))
    running.wait_quiet()
    running.push(report("Graz"))
    with feed(running, **{"Last-Event-ID": before[-1].id}) as messages:
        after = until(messages, "Graz")
    assert any("Lublin" in message.data for message in after)
    both = revisions(before + after)
    assert len(set(both)) == len(both)


def test_tail_prints_a_line_of_json_for_each_event(running: Running) -> None:
    command = [sys.executable, "-m", "dateline", "tail", "--since", "earliest", "--url", running.url]
    running.push(report("Perugia"))
    with subprocess.Popen(command, stdout=subprocess.PIPE) as tail:
        assert tail.stdout is not None
        stop = threading.Timer(60, tail.kill)
        stop.start()
        try:
            line = next(line for line in tail.stdout if b"Perugia" in line)
        finally:
            stop.cancel()
            tail.kill()
    message = json.loads(line)
    assert message["event"] == "event"
    assert message["data"]["when"]["value"] == "2012-07-07"


def told(running: Running, until: str) -> dict[str, list[int]]:
    """Per event its revisions in the order in which somebody gets them who reads all of the feed now."""
    revisions: dict[str, list[int]] = defaultdict(list)
    with httpx.Client(timeout=60) as client:
        params = {"kind": "event", "since": "earliest"}
        with connect_sse(client, "GET", f"{running.url}/v1/live", params=params) as source:
            for message in source.iter_sse():
                if message.data:
                    event = Event.model_validate_json(message.data)
                    revisions[event.event_id].append(event.revision)
                    if until in event.title:
                        return revisions
    raise AssertionError("the feed has ended")


def killed(running: Running, *words: str) -> None:
    """Kill a worker and wait until another has taken its place."""
    (pid, *_) = running.workers(*words)
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not [other for other in running.workers(*words) if other != pid]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.timeout(500)
def test_tail_misses_and_repeats_no_revision_whoever_is_killed(own_instance: Running) -> None:
    running = own_instance
    command = [sys.executable, "-m", "dateline", "tail", "--since", "earliest", "--url", running.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as tail:
        assert tail.stdout is not None
        stop = threading.Timer(400, tail.kill)
        stop.start()
        towns = ["Adelmark", "Brevik", "Corvale", "Dunmore", "Estrada", "Fenwick"]
        for turn, who in enumerate(("--role timeline", "dateline serve", "--role timeline", "--role extract")):
            rows = [{**report(town), "id": f"{town}-{turn}-{n}"} for town in towns for n in range(25)]
            for row in rows:
                row["text"] = row["text"].replace("three", f"at least {3 + turn}")
            running.push(*rows)
            killed(running, who)
        running.wait_quiet(within=300)
        running.push(report("Zlatibor"))
        got: dict[str, list[int]] = defaultdict(list)
        for line in tail.stdout:
            event = Event.model_validate(json.loads(line)["data"])
            got[event.event_id].append(event.revision)
            if "Zlatibor" in event.title:
                break
        stop.cancel()
        tail.kill()
    assert all(revisions == sorted(set(revisions)) for revisions in got.values())
    assert sum(map(len, got.values())) > 20
    assert got == told(running, until="Zlatibor")
