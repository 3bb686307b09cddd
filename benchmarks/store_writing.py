"""How fast events are written, step by step, beside DuckDB and SQLite on the same events.

    python -m benchmarks.store_writing FOLDER [--events 100000] [--batch 10000] [--rounds 3] [--json]

Processor time of one process, whose engines may use one thread, so that other work on the machine disturbs little; each
step's best of some rounds. `json.loads` of the same messages stands beside it as a measure of the machine.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.store_peers import (
    COLUMNS,
    DUCKDB_TABLE,
    SQLITE_TABLES,
    Row,
    put_into_duckdb,
    put_into_sqlite,
)
from benchmarks.timeline_rows import generated_records
from schemas.event import Event
from store import event_writer
from store.event_table import event_table
from store.incoming import Incoming, read_event
from store.query import Origin
from store.rows import EVENT_KEYS
from store.timeline_store import TimelineStore

Batch = list[tuple[Incoming, Origin]]
Steps = dict[str, float]


def processor_time(call: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes, of all threads of the process."""
    began = time.process_time()
    call()
    return time.process_time() - began


def chunks(messages: list[bytes], size: int, first: int) -> Iterator[Batch]:
    """Read messages in batches; their offsets begin at `first`."""
    for start in range(0, len(messages), size):
        yield [
            (read_event(message), Origin("events", 0, first + start + n, 1_700_000_000_000 + first + start + n))
            for n, message in enumerate(messages[start : start + size])
        ]


class Ours:
    """The timeline store, on one thread."""

    def __init__(self, path: Path) -> None:
        self.store = TimelineStore(f"chdb://{path}/written")
        self.store.migrate()
        for setting in ("max_threads", "max_insert_threads"):
            self.store._client().set_client_setting(setting, 1)
        self._offset = 0

    def empty(self) -> None:
        """Forget all events."""
        for table in ("events", "event_keys", "event_history"):
            self.store._client().command(f"TRUNCATE TABLE {table}")

    def from_json(self, messages: list[bytes], size: int) -> float:
        """Write messages as the sink does."""
        self.empty()
        return self._sent(messages, size)

    def revised(self, messages: list[bytes], again: list[bytes], size: int) -> float:
        """Write messages that revise others, which stand in the store already."""
        self.empty()
        self._sent(messages, size)
        return self._sent(again, size)

    def _sent(self, messages: list[bytes], size: int) -> float:
        def write() -> None:
            for batch in chunks(messages, size, self._offset):
                self.store.write_events(batch)

        seconds = processor_time(write)
        self._offset += len(messages)
        return seconds

    def from_records(self, events: list[Event], size: int) -> float:
        """Write events that are records already."""

        def write() -> None:
            for first in range(0, len(events), size):
                self.store.write_events(
                    [
                        (event, Origin("events", 0, self._offset + first + n, 1_700_000_000_000 + self._offset))
                        for n, event in enumerate(events[first : first + size])
                    ]
                )

        self.empty()
        seconds = processor_time(write)
        self._offset += len(events)
        return seconds

    def from_columns(self, tables: list[pa.Table]) -> float:
        """Give the engine the columns of keys and events, and nothing else."""
        client = self.store._client()

        def write() -> None:
            for table in tables:
                for name, columns in (("event_keys", table.select(EVENT_KEYS.columns)), ("events", table)):
                    client.insert_arrow(name, columns, settings=event_writer.AS_IT_IS)

        self.empty()
        return processor_time(write)


def into_duckdb(path: Path, tables: list[pa.Table]) -> float:
    """Write the peers' columns from Arrow."""
    path.unlink(missing_ok=True)
    db = duckdb.connect(str(path), config={"threads": 1})
    db.execute(DUCKDB_TABLE)

    def write() -> None:
        for table in tables:
            put_into_duckdb(db, table)
        db.execute("CHECKPOINT")

    seconds = processor_time(write)
    db.close()
    return seconds


def into_sqlite(path: Path, tables: list[pa.Table]) -> float:
    """Write the peers' columns from rows, with the indexes that their questions need."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(SQLITE_TABLES)
    batches: list[list[Row]] = [list(zip(*table.to_pydict().values(), strict=True)) for table in tables]

    def write() -> None:
        for batch in batches:
            put_into_sqlite(db, batch)

    seconds = processor_time(write)
    db.close()
    return seconds


def measured(folder: Path, events: int, size: int, rounds: int) -> Steps:
    """Return microseconds of processor time an event, by step."""
    ours = Ours(folder)
    messages = [
        Event.from_json(record.encode()).to_json() for record in generated_records(ours.store._client(), events)
    ]
    again = [message.replace(b'"revision":1,', b'"revision":2,', 1) for message in messages]
    records = [Event.from_json(message) for message in messages]
    read = list(chunks(messages, size, 0))
    tables = [event_table(batch) for batch in read]
    peers = [table.select(COLUMNS) for table in tables]
    gc.freeze()  # or each collection would walk all of the above

    def each(call: Callable[[bytes], object]) -> Callable[[], float]:
        return lambda: processor_time(lambda: deque((call(message) for message in messages), maxlen=0))

    steps: dict[str, Callable[[], float]] = {
        "json.loads": each(json.loads),
        "read by pydantic": each(Event.from_json),
        "read and check the JSON": each(read_event),
        "make the columns": lambda: processor_time(lambda: deque(map(event_table, read), maxlen=0)),
        "engine: columns to events and keys": lambda: ours.from_columns(tables),
        "Dateline from JSON": lambda: ours.from_json(messages, size),
        "Dateline from records": lambda: ours.from_records(records, size),
        "Dateline, second revisions": lambda: ours.revised(messages, again, size),
        "DuckDB from 8 columns": lambda: into_duckdb(folder / "peer.duckdb", peers),
        "SQLite from 6 columns and names": lambda: into_sqlite(folder / "peer.sqlite", peers),
    }
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(rounds):
        for name, step in steps.items():
            best[name] = min(best[name], step() / events * 1e6)
    ours.store.close()
    return best


def main() -> None:
    """Measure, print a table or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--events", type=int, default=100_000)
    arguments.add_argument("--batch", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    folder = given.folder.resolve() / "writing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    best = measured(folder, given.events, given.batch, given.rounds)
    if given.json:
        print(json.dumps({"events": given.events, "batch": given.batch, "microseconds": best}, indent=1))
        return
    for name, spent in best.items():
        print(f"{name:36} {spent:6.2f} µs an event {1e6 / spent:10,.0f} a second  {spent / best['json.loads']:5.2f} x")


if __name__ == "__main__":
    main()
