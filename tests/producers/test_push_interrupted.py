"""`dateline push` as people run it, against a broker of its own: outages, and Ctrl-C with and without a broker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dateline.broker import create_topics
from tests.producers.conftest import on_topic

pytestmark = pytest.mark.long


class Pushing:
    """A running `dateline push -`: what it is given, and what it says."""

    def __init__(self, bootstrap: str, prefix: str, folder: Path) -> None:
        self._said = folder / f"{prefix}said"
        self._bootstrap, self._topic = bootstrap, f"{prefix}articles"
        create_topics(bootstrap, prefix, partitions=2, replication=1)
        environment = os.environ | {
            "DATELINE_KAFKA": bootstrap, "DATELINE_TOPIC_PREFIX": prefix, "DATELINE_DATA": str(folder / "data"),
        }  # fmt: skip
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dateline", "push", "-"], stdin=subprocess.PIPE, stderr=said, env=environment
            )

    def give(self, numbers: range) -> None:
        assert self.process.stdin is not None
        for number in numbers:  # longer than what is looked at to tell the kind of the source
            row = {"id": str(number), "text": f"Report {number}. " + "The mill stood still. " * 50}
            self.process.stdin.write(json.dumps(row).encode() + b"\n")
        self.process.stdin.flush()

    def said(self) -> str:
        return self._said.read_text()

    def until_said(self, words: str) -> None:
        self._until(lambda: words in self.said())

    def until_on_kafka(self, count: int) -> None:
        self._until(lambda: len(self.on_kafka()) >= count)

    def on_kafka(self) -> list[tuple[str, str]]:
        return on_topic(self._bootstrap, self._topic)

    def _until(self, holds: object) -> None:
        deadline = time.monotonic() + 60
        while not holds():  # type: ignore[operator]
            assert time.monotonic() < deadline, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let Ctrl-C reach the command where the tests ignore it, as a shell has what it starts in the background do."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def pushing(bootstrap: str, prefix: str, folder: Path) -> Iterator[Pushing]:
    """Run a push of which some is on Kafka, and whose input stays open."""
    running = Pushing(bootstrap, prefix, folder)
    try:
        running.give(range(200))
        running.until_on_kafka(100)
        yield running
    finally:
        running.process.kill()
        with suppress(BrokenPipeError):
            running.process.communicate()


def test_an_outage_in_the_middle_is_waited_for_and_said(broker: tuple[str, int], prefix: str, tmp_path: Path) -> None:
    bootstrap, pid = broker
    with pushing(bootstrap, prefix, tmp_path) as push:
        os.kill(pid, signal.SIGSTOP)
        push.give(range(200, 400))
        push.process.stdin.close()  # type: ignore[union-attr]
        push.until_said("Kafka has not answered for")
        os.kill(pid, signal.SIGCONT)
        assert push.process.wait(60) == 0
        assert "Kafka answers again" in push.said()
        assert "400 sent, 0 skipped, 0 rejected, 0 failed" in push.said()
        assert sorted(int(key) for key, _ in push.on_kafka()) == list(range(400))


def test_ctrl_c_finishes_what_is_on_its_way(kafka: str, prefix: str, tmp_path: Path) -> None:
    with pushing(kafka, prefix, tmp_path) as push:
        push.process.send_signal(signal.SIGINT)
        assert push.process.wait(60) != 0
        assert "interrupted: finishing what is on its way" in push.said()
        assert f"{len(push.on_kafka())} sent, 0 skipped, 0 rejected, 0 failed" in push.said()


def test_ctrl_c_while_kafka_is_away_says_what_was_not_sent(
    broker: tuple[str, int], prefix: str, tmp_path: Path
) -> None:
    bootstrap, pid = broker
    with pushing(bootstrap, prefix, tmp_path) as push:
        os.kill(pid, signal.SIGSTOP)
        push.give(range(200, 400))
        time.sleep(0.5)
        push.process.send_signal(signal.SIGINT)
        assert push.process.wait(60) != 0
        os.kill(pid, signal.SIGCONT)
        assert "articles are unconfirmed" in push.said()
        sent, failed = (int(push.said().split(f" {word}")[0].split()[-1]) for word in ("sent", "failed"))
        assert sent >= 100
        assert failed >= 100
        assert sent + failed <= 400
