"""A long answer over HTTP: lines a second, and memory while it is streamed.

    python -m benchmarks.export FOLDER [--events 1000000] [--format ndjson]

Fills a store under FOLDER with generated events, serves it from this process, reads all of it as one answer, and prints
the process's resident memory as the answer goes on: it must not grow with what was sent. What is left in FOLDER is
reused by the next run with the same number of events.
"""

from __future__ import annotations

import argparse
import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from benchmarks.timeline_rows import insert_generated
from schemas.article import Article
from service.app import create_app
from service.intake import Accepted, Unavailable
from service.live_feed import LiveFeed
from store.timeline_store import TimelineStore

CHUNK = 250_000
STEPS = 10


class NoKafka:
    """An intake that takes nothing: only reading is measured."""

    def prepare(self, row: Mapping[str, object]) -> Article:
        """Refuse."""
        raise Unavailable("there is no Kafka here")

    def publish(self, articles: Sequence[Article]) -> Sequence[Accepted]:
        """Refuse."""
        raise Unavailable("there is no Kafka here")


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def served(store: TimelineStore) -> Iterator[str]:
    """Serve a store from a thread; yields the address."""

    async def ready() -> list[str]:
        return []

    feed = LiveFeed("127.0.0.1:1", events="events", windows="windows")  # nothing listens there
    app = create_app(store=store, intake=NoKafka(), feed=feed, ready=ready, max_article_bytes=100_000)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def main() -> None:
    """Measure, print a line a step."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--format", default="ndjson")
    given = arguments.parse_args()
    logging.disable(logging.ERROR)  # the live feed finds no Kafka
    path = given.folder.resolve() / f"events-{given.events}"
    with TimelineStore(f"chdb://{path}?database=dateline") as store:
        store.migrate()
        for first in range(store.counts()["events"], given.events, CHUNK):
            insert_generated(store._client(), first, min(CHUNK, given.events - first))
        with served(store) as url, httpx.Client(base_url=url, timeout=120) as client:
            asked = {"format": given.format}
            began, lines, size, step = time.perf_counter(), 0, 0, 0
            print(f"before: {resident_mb():,.0f} MB resident")
            with client.stream("GET", "/v1/events", params=asked, headers={"Accept-Encoding": "identity"}) as answer:
                answer.raise_for_status()
                for piece in answer.iter_raw():
                    lines += piece.count(b"\n")
                    size += len(piece)
                    if lines * STEPS >= step * given.events:
                        print(f"{lines:>11,} lines {size / 1e6:9,.1f} MB sent {resident_mb():9,.0f} MB resident")
                        step += 1
            seconds = time.perf_counter() - began
            print(f"{lines:>11,} lines {size / 1e6:9,.1f} MB sent {resident_mb():9,.0f} MB resident at the end")
            print(f"{lines / seconds:,.0f} lines a second, client and service on the same cores")


if __name__ == "__main__":
    main()
