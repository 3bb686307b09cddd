"""DuckDB and SQLite with the same events, each with the tables and indexes that suit it best."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from benchmarks.store_question import Question
from store.interval import BOUNDED_SPANS, LONGER, OPEN_END, OPEN_START
from store.timeline_store import TimelineStore

Row = tuple[Any, ...]
Measure = Callable[[Callable[["Question"], object], Iterable["Question"]], dict[str, float]]

_CHUNK = 100_000

COLUMNS = ["span_class", "start_day", "event_id", "end_day", "category", "actors", "places", "record"]
"""What the peers keep of an event, in the order of a `Row`."""

DUCKDB_TABLE = (
    "CREATE TABLE events (span_class UTINYINT, start_day INT, event_id VARCHAR, end_day INT, category VARCHAR,"
    " actors VARCHAR[], places VARCHAR[], record VARCHAR)"
)

SQLITE_TABLES = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
    "CREATE TABLE events (event_id TEXT PRIMARY KEY, span_class INT, start_day INT, end_day INT, category TEXT,"
    " record TEXT) WITHOUT ROWID;"
    "CREATE INDEX by_start ON events (span_class, start_day, event_id, end_day, category);"
    "CREATE INDEX by_day ON events (start_day, category);"
    "CREATE TABLE names (kind INT, name TEXT, span_class INT, start_day INT, event_id TEXT, end_day INT,"
    " PRIMARY KEY (kind, name, span_class, start_day, event_id)) WITHOUT ROWID;"
    "CREATE INDEX latest ON names (kind, name, start_day);"
)


def rows_of(store: TimelineStore) -> Iterator[Row]:
    """Yield (span_class, start_day, event_id, end_day, category, actors, places, record) of all events."""
    statement = (
        "SELECT span_class, start_day, event_id, end_day, category, arrayMap(trimBoth, actors),"
        " arrayMap(trimBoth, places), record FROM events FINAL WHERE NOT hidden"
    )
    with store._client().query_row_block_stream(statement) as blocks:
        for block in blocks:
            yield from block


def overlap(first_day: int, length: int = 30) -> list[str]:
    """Return a condition per class of spans for what touches a range: the peers get our trick, too."""
    last = first_day + length
    return [
        f"span_class = {span_class} AND start_day < {last} AND end_day > {first_day}"
        + (f" AND start_day > {first_day - BOUNDED_SPANS[span_class]}" if span_class < LONGER else "")
        for span_class in (*range(LONGER + 1), OPEN_END, OPEN_START)
    ]


def put_into_sqlite(db: sqlite3.Connection, rows: list[Row]) -> None:
    """Put rows into `SQLITE_TABLES`, one transaction."""
    with db:
        db.executemany(
            "INSERT INTO events (span_class, start_day, event_id, end_day, category, record) VALUES (?,?,?,?,?,?)",
            ((*row[:5], row[7]) for row in rows),
        )
        db.executemany(
            "INSERT OR IGNORE INTO names VALUES (?,?,?,?,?,?)",  # an event may have one name twice
            (
                (kind, name, row[0], row[1], row[2], row[3])
                for row in rows for kind in (0, 1) for name in row[5 + kind]
            ),
        )  # fmt: skip


def put_into_duckdb(db: duckdb.DuckDBPyConnection, rows: pyarrow.Table) -> None:
    """Put rows into `DUCKDB_TABLE`."""
    db.register("chunk", rows)
    db.execute("INSERT INTO events SELECT * FROM chunk")
    db.unregister("chunk")


class Peer:
    """Another store. Subclasses say how rows are put in and how each query is put."""

    def __init__(self, store: TimelineStore, folder: Path) -> None:
        self._path = folder / f"{type(self).__name__}.db"
        self._path.unlink(missing_ok=True)
        self._rows = rows_of(store)
        self._total = 0

    def measured(self, measure: Measure, questions: list[Question]) -> dict[str, dict[str, float]]:
        """Fill the store, ask it, and return the figures by query."""
        seconds = 0.0
        for _, chunk in groupby(enumerate(self._rows), lambda pair: pair[0] // _CHUNK):
            rows = [row for _, row in chunk]
            began = time.perf_counter()
            self.insert(rows)
            seconds += time.perf_counter() - began
            self._total += len(rows)
        began = time.perf_counter()
        self.finish()
        seconds += time.perf_counter() - began
        result = {name: measure(call, questions) for name, call in self.queries().items()}
        result["inserted"] = {"events a second": self._total / seconds}
        result["disk"] = {"bytes an event": self._path.stat().st_size / self._total}
        return result

    def insert(self, rows: list[Row]) -> None:
        """Put rows in."""
        raise NotImplementedError

    def finish(self) -> None:
        """Do what is best done when all rows are in."""
        raise NotImplementedError

    def queries(self) -> dict[str, Callable[[Question], object]]:
        """Return the queries by name."""
        raise NotImplementedError


class SQLite(Peer):
    """Indexes by class and start, names in a table of their own sorted by name, class and start."""

    def __init__(self, store: TimelineStore, folder: Path) -> None:
        super().__init__(store, folder)
        self._db = sqlite3.connect(self._path)
        self._db.executescript(f"{SQLITE_TABLES} PRAGMA cache_size = -500000;")

    def insert(self, rows: list[Row]) -> None:
        """Put rows in, one transaction."""
        put_into_sqlite(self._db, rows)

    def finish(self) -> None:
        """Collect statistics, write the log back."""
        self._db.executescript("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")

    def queries(self) -> dict[str, Callable[[Question], object]]:
        """Return the queries by name."""

        def run(statement: str, *values: object) -> list[dict[str, Any]]:
            return [json.loads(record) for (record,) in self._db.execute(statement, values)]

        def page(table: str, one: Question) -> object:
            parts = " UNION ALL ".join(
                f"SELECT * FROM (SELECT start_day, event_id FROM {table} {condition}"
                " ORDER BY start_day, event_id LIMIT 101)"
                for condition in overlap(one.first_day)
            )
            best = f"SELECT event_id FROM ({parts}) ORDER BY start_day, event_id LIMIT 101"
            return run(f"SELECT record FROM events WHERE event_id IN ({best})")

        def named(kind: int, name: str) -> str:
            return f"names WHERE kind = {kind} AND name = '{name}' AND"

        def facets(one: Question) -> object:
            where = " OR ".join(f"({condition})" for condition in overlap(one.first_day))
            category = f"SELECT category, count(*) FROM events WHERE {where} GROUP BY 1"
            names = f"SELECT kind, name, count(*) n FROM names WHERE {where} GROUP BY 1, 2 ORDER BY n DESC LIMIT 40"
            return self._db.execute(category).fetchall(), self._db.execute(names).fetchall()

        days = "SELECT start_day, category, count(*) FROM events WHERE start_day BETWEEN ? AND ? GROUP BY 1, 2"
        latest = (
            "SELECT record FROM events WHERE event_id IN (SELECT event_id FROM names WHERE kind = 0 AND name = ?"
            " ORDER BY start_day DESC LIMIT 101)"
        )
        return {
            "range": lambda one: page("events WHERE", one),
            "range, actor": lambda one: page(named(0, one.actor), one),
            "range, place": lambda one: page(named(1, one.place), one),
            "days of a year": lambda one: self._db.execute(days, (one.first_day, one.first_day + 364)).fetchall(),
            "actor, latest": lambda one: run(latest, one.actor),
            "facets": facets,
        }


class DuckDB(Peer):
    """One table, sorted by class and start as ours is, so that its zone maps can leave out what lies elsewhere."""

    def __init__(self, store: TimelineStore, folder: Path) -> None:
        super().__init__(store, folder)
        self._db = duckdb.connect(str(self._path))
        self._db.execute(DUCKDB_TABLE)

    def insert(self, rows: list[Row]) -> None:
        """Put rows in by way of Arrow."""
        columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        put_into_duckdb(self._db, pyarrow.table(columns))

    def finish(self) -> None:
        """Write the log back."""
        self._db.execute("CHECKPOINT")

    def queries(self) -> dict[str, Callable[[Question], object]]:
        """Return the queries by name."""

        def rows(statement: str) -> list[Row]:
            found: list[Row] = self._db.execute(statement).fetchall()
            return found

        def touching(one: Question) -> str:
            return " OR ".join(f"({condition})" for condition in overlap(one.first_day))

        def page(where: str, order: str = "start_day, event_id") -> object:
            return [
                json.loads(r) for (r,) in rows(f"SELECT record FROM events WHERE {where} ORDER BY {order} LIMIT 101")
            ]

        def facets(one: Question) -> object:
            name = "SELECT unnest({}) AS name, count(*) FROM events WHERE {} GROUP BY 1 ORDER BY 2 DESC LIMIT 20"
            category = f"SELECT category, count(*) FROM events WHERE {touching(one)} GROUP BY 1"
            return rows(category), *(rows(name.format(field, touching(one))) for field in ("actors", "places"))

        return {
            "range": lambda one: page(touching(one)),
            "range, actor": lambda one: page(f"({touching(one)}) AND list_contains(actors, '{one.actor}')"),
            "range, place": lambda one: page(f"({touching(one)}) AND list_contains(places, '{one.place}')"),
            "days of a year": lambda one: rows(
                f"SELECT start_day, category, count(*) FROM events WHERE start_day BETWEEN {one.first_day} AND"
                f" {one.first_day + 364} GROUP BY 1, 2"
            ),
            "actor, latest": lambda one: page(f"list_contains(actors, '{one.actor}')", "start_day DESC"),
            "facets": facets,
        }


PEERS: list[type[Peer]] = [DuckDB, SQLite]
