"""The timeline store under load: queries, inserts and disk, beside DuckDB and SQLite on the same rows.

    python -m benchmarks.store FOLDER [--events 1000000] [--revised 1] [--peers] [--json]

Fills a store under FOLDER with generated events (`timeline_rows.py`) and asks it what people ask, again and again with
other dates and names. Beside each time stands its ratio to a bare SELECT of as many records by their keys, because
absolute times vary with the machine; for the same reason the processor time is given, which is of all threads together.
What is left in FOLDER is reused by the next run with the same number of events. With --revised, so many of a hundred
events are then written a second time, and all is asked again while the rows that were replaced still lie there.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.store_question import Question
from benchmarks.timeline_rows import LAST_DAY, insert_generated, revise_generated
from schemas.civil import Moment
from schemas.event import Event
from store.query import EventQuery, Origin
from store.timeline_store import TimelineStore

ROUNDS = 25
CHUNK = 250_000
WRITTEN = 20_000
BATCH = 2_000

Times = dict[str, float]


def questions() -> list[Question]:
    """Return the dates and names that each query is asked with, one a round."""
    return [
        Question(
            first_day=LAST_DAY - 400 - 37 * n,
            actor=f"given{who % 1000} family{who}",
            place=f"town{1 + 3**n % 2000}",
        )
        for n in range(ROUNDS)
        for who in [1 + 7**n % 20_000]
    ]


def asked(store: TimelineStore) -> dict[str, Callable[[Question], object]]:
    """Return the queries by name."""

    def days(one: Question, length: int) -> EventQuery:
        return EventQuery(start=Moment(one.first_day), end=Moment(one.first_day + length))

    return {
        "range": lambda one: store.events(days(one, 30)),
        "range, actor": lambda one: store.events(replace(days(one, 30), actor=(one.actor,))),
        "range, place": lambda one: store.events(replace(days(one, 30), place=(one.place,))),
        "days of a year": lambda one: store.buckets(days(one, 365), "day"),
        "actor, latest": lambda one: store.events(EventQuery(actor=(one.actor,), sort="-time")),
        "facets": lambda one: store.facets(days(one, 30), ["category", "actor", "place"]),
    }


def measure(call: Callable[[Question], object], rounds: Iterable[Question]) -> Times:
    """Return p50 and p99 of the wall clock and p50 of processor time, in milliseconds, the first call left out."""
    taken, spent = list[float](), list[float]()
    for one in rounds:
        began, busy = time.perf_counter(), time.process_time()
        call(one)
        taken.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - busy) * 1000)
    del taken[0], spent[0]
    return {
        "p50": statistics.median(taken),
        "p99": statistics.quantiles(taken, n=100, method="inclusive")[98],
        "processor": statistics.median(spent),
    }


def bare(store: TimelineStore, rows: int = 100) -> Times:
    """Measure a SELECT of records by their keys, without anything around it."""
    client = store._client()
    key = "span_class, start_day, start_second, event_id"
    among = "span_class = 0 AND start_day >= {day:Int32}"
    statement = f"SELECT record FROM events WHERE {among} ORDER BY {key} LIMIT {rows}"
    return measure(lambda one: client.query(statement, parameters={"day": one.first_day}).result_rows, questions())


def written(store: TimelineStore) -> float:
    """Return the events a second that the writer takes, as records, in batches; they are taken from the store."""
    records = itertools.chain.from_iterable(store.records(EventQuery(sort="-time"), BATCH))
    events = [Event.model_validate_json(record) for record in itertools.islice(records, WRITTEN)]
    fresh = [event.model_copy(update={"event_id": f"w_{n}"}) for n, event in enumerate(events)]
    with TimelineStore(f"{store._dsn}_written") as other:
        other.migrate()
        began = time.perf_counter()
        for first in range(0, len(fresh), BATCH):
            other.write_events([(event, Origin("events", 0, first, 1)) for event in fresh[first : first + BATCH]])
        taken = time.perf_counter() - began
        other._client().command("DROP DATABASE {name:Identifier}", parameters={"name": "dateline_written"})
    return len(fresh) / taken


def all_asked(store: TimelineStore) -> dict[str, Times]:
    """Return the times of each query."""
    return {name: measure(call, questions()) for name, call in asked(store).items()}


def bytes_on_disk(store: TimelineStore) -> int:
    """Return the bytes of the tables that hold events."""
    statement = "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'dateline'"
    return int(store._client().query(statement).result_rows[0][0])


def main() -> None:
    """Measure, print a table or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--revised", type=int, default=0, metavar="PERCENT", help="of the events, at the end")
    arguments.add_argument("--peers", action="store_true", help="measure DuckDB and SQLite too; needs duckdb")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    path = given.folder.resolve() / f"events-{given.events}"
    with TimelineStore(f"chdb://{path}?database=dateline") as store:
        store.migrate()
        for first in range(store.counts()["events"], given.events, CHUNK):
            insert_generated(store._client(), first, min(CHUNK, given.events - first))
        result: dict[str, dict[str, Times]] = {"Dateline": {"bare SELECT": bare(store)}}
        result["Dateline"] |= all_asked(store)
        result["Dateline"]["written"] = {"events a second": written(store)}
        result["Dateline"]["disk"] = {"bytes an event": bytes_on_disk(store) / given.events}
        if given.peers:
            from benchmarks.store_peers import PEERS  # DuckDB need not be there otherwise

            for peer in PEERS:
                result[peer.__name__] = peer(store, path).measured(measure, questions())
        if given.revised:
            revise_generated(store._client(), given.revised)
            result["Dateline, revised"] = all_asked(store)
    print(json.dumps({"events": given.events, **result}, indent=1) if given.json else table(result))


def table(result: dict[str, dict[str, Times]]) -> str:
    """Lay the figures out in columns."""
    unit = result["Dateline"]["bare SELECT"]["p50"]
    lines = []
    for system, figures in result.items():
        for name, times in figures.items():
            told = ", ".join(f"{kind} {value:,.1f}" for kind, value in times.items())
            ratio = f" ({times['p50'] / unit:.1f} x bare)" if "p50" in times else ""
            lines.append(f"{system:17} {name:16} {told}{ratio}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
