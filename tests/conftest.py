"""Real parts for tests: a Kafka broker for the session, and topic names of one's own for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.broker import wait_ready
from dateline.process import end, spawn
from dateline.settings import Settings
from deploy.kafka.broker import prepare


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bootstrap address of a real single-node broker that lives as long as the test session."""
    folder: Path = tmp_path_factory.mktemp("kafka")
    broker = prepare(folder, Settings().kafka_libs, heap="384m")
    process = spawn(broker.command, log=folder / "kafka.log")
    try:
        wait_ready(broker.bootstrap, timeout=60, alive=lambda: process.poll() is None)
        yield broker.bootstrap
    finally:
        end(process, patience=10)


@pytest.fixture
def prefix() -> str:
    """A topic prefix that no other test uses."""
    return f"test-{uuid.uuid4().hex[:8]}."
