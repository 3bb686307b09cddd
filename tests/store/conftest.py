"""The store over each engine: chDB in process, a server's HTTP interface, and a real server when one is given."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.client import connect, disconnect
from store.timeline_store import TimelineStore

FRONT = Path(__file__).parents[1] / "clickhouse_front.py"
SERVER = os.environ.get("DATELINE_TEST_CLICKHOUSE")


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """DSN, without database, of an HTTP front over chDB in a process of its own: chDB has one path per process."""
    folder = tmp_path_factory.mktemp("front")
    command = [sys.executable, str(FRONT), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"clickhouse://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


@pytest.fixture(scope="session")
def chdb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chdb")


@pytest.fixture(scope="module")
def chdb_engine(chdb_folder: Path) -> Iterator[str]:
    """DSN, without database, of a chDB path that stays open for a module: opening it anew costs a second a test."""
    with TimelineStore(f"chdb://{chdb_folder}") as store:
        store.ping()
        yield f"chdb://{chdb_folder}"


@pytest.fixture(params=["chdb", "http", "server"] if SERVER else ["chdb", "http"])
def dsn(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database on one of the engines."""
    database = f"test_{uuid.uuid4().hex[:12]}"
    if request.param == "chdb":
        dsn = f"{request.getfixturevalue('chdb_engine')}?database={database}"
    else:
        base = request.getfixturevalue("front") if request.param == "http" else str(SERVER).rpartition("/")[0]
        dsn = f"{base}/{database}"
    yield dsn
    client = connect(dsn)
    client.command("DROP DATABASE {name:Identifier} SYNC", parameters={"name": database})
    disconnect(client, dsn)


@pytest.fixture
def store(dsn: str) -> Iterator[TimelineStore]:
    """An empty, migrated store."""
    with TimelineStore(dsn) as store:
        store.migrate()
        yield store
