"""A whole Dateline, started as a user would: `dateline up` in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from dateline.broker import admin
from dateline.instance import Instance
from dateline.progress import wait_quiet
from schemas.event import Event

START_WITHIN = 120.0
STOP_WITHIN = 10.0


@dataclass
class Running:
    """A running instance and the commands against it."""

    data: Path
    process: subprocess.Popen[bytes]
    instance: Instance

    @property
    def url(self) -> str:
        return self.instance.url

    def dateline(self, *arguments: str, stdin: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:
        """Run a verb against the instance; its status must be 0 unless `check` is off."""
        done = subprocess.run(
            [sys.executable, "-m", "dateline", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            env={**os.environ, "DATELINE_DATA": str(self.data)},
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done

    def push(self, *rows: dict[str, Any]) -> None:
        self.dateline("push", "-", stdin="".join(json.dumps(row) + "\n" for row in rows).encode())

    def get(self, path: str, **params: Any) -> Any:
        answer = httpx.get(self.url + path, params=params, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def events(self, **params: Any) -> list[Event]:
        """All events that match, over as many pages as it takes."""
        found: list[Event] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.get("/v1/events", **params, **cursor)
            found += map(Event.model_validate, page["events"])
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}

    def wait_quiet(self, within: float = 120.0) -> None:
        """Wait until all that is on Kafka has been processed and stored."""
        with admin(self.instance.kafka) as client:
            assert wait_quiet(client, "dateline.", within, lambda: None) == 0

    def workers(self, *words: str) -> list[int]:
        """Process ids of the instance's children whose command line has all the words."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = []
        for pid in children:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if all(word in command for word in words):
                found.append(int(pid))
        return found

    def stop(self) -> float:
        """End the instance as Ctrl-C would; return the seconds it took."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)
        return time.monotonic() - started


@contextmanager
def run_up(data: Path, *arguments: str) -> Iterator[Running]:
    """Run `dateline up` until the block ends."""
    log = data.parent / f"{data.name}-up.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dateline", "up", "--data", str(data), "--port", "0", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "DATELINE_KAFKA_HEAP": "384m", "DATELINE_STALL_SECONDS": "20"},
        )
    try:
        deadline = time.monotonic() + START_WITHIN
        while (instance := Instance.running(data)) is None:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield Running(data, process, instance)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()  # the kernel ends its children with it
            process.wait()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One instance for all tests that leave it whole; they keep out of each other's way by their own article ids."""
    with run_up(tmp_path_factory.mktemp("dateline") / "data") as instance:
        yield instance


@pytest.fixture
def own_instance(tmp_path: Path) -> Iterator[Running]:
    """An instance for a test that breaks things."""
    with run_up(tmp_path / "data") as instance:
        yield instance
