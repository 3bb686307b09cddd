"""A chDB path has one process, and a process one chDB path: each refusal says who is in the way and what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import clickhouse_connect
import pytest

from store.client import StoreError, connect, disconnect
from store.date_probe import refuse_wrong_dates
from store.timeline_store import TimelineStore

HOLDER = """
import sys
from store.timeline_store import TimelineStore
with TimelineStore(sys.argv[1]) as store:
    store.ping()
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A store that another process has open, and that process."""
    dsn = f"chdb://{tmp_path / 'store'}"
    command = [sys.executable, "-c", HOLDER, dsn]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield dsn, process
        process.kill()


def test_a_second_process_is_told_who_has_the_path(holder: tuple[str, subprocess.Popen[str]]) -> None:
    dsn, process = holder
    path = dsn.removeprefix("chdb://")
    with pytest.raises(StoreError) as refused:
        connect(dsn)
    assert str(refused.value) == (
        f"the timeline store at {path} is in use by process {process.pid}; "
        "stop that process, or set DATELINE_STORE to another path"
    )
    process.send_signal(signal.SIGKILL)  # a lock does not outlive its process
    process.wait()
    disconnect(connect(dsn), dsn)


def test_a_closed_store_lets_another_process_have_its_path(tmp_path: Path) -> None:
    dsn = f"chdb://{tmp_path / 'store'}"
    with TimelineStore(dsn) as store:
        store.ping()
    done = subprocess.run([sys.executable, "-c", HOLDER, dsn], input="", capture_output=True, text=True, check=False)
    assert done.stdout == "ready\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="make the folder writable, or set DATELINE_STORE"):
        connect(f"chdb://{tmp_path / 'file' / 'store'}")


def test_one_process_has_one_chdb_path(tmp_path: Path) -> None:
    with TimelineStore(f"chdb://{tmp_path / 'one'}") as one:
        one.ping()
        two = TimelineStore(f"chdb://{tmp_path / 'two'}")
        with pytest.raises(StoreError, match="cannot connect with different path"):
            two.ping()
    two.ping()
    two.close()


def test_an_engine_at_default_settings_is_refused(tmp_path: Path) -> None:
    client = clickhouse_connect.get_client(interface="chdb", path=str(tmp_path))
    with pytest.raises(StoreError, match="it makes 1970-01-01 of 1912-04-01"):
        refuse_wrong_dates(client, "here")
    client.close()


def test_the_lock_names_its_owner(tmp_path: Path) -> None:
    dsn = f"chdb://{tmp_path / 'store'}"
    with TimelineStore(dsn) as store:
        store.ping()
        assert (tmp_path / "store" / "dateline.lock").read_text() == f"{os.getpid()}\n"
