"""Producers: articles a second onto Kafka, feeds read rightly, and the memory of a poller with thousands of feeds.

Run it with `python -m benchmarks.producers push FILE.jsonl.gz`, `… feeds FOLDER` or `… poller 5000`. The first starts a
Kafka of its own; the last a web server, on addresses of the loopback network.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import calendar
import gzip
import io
import json
import multiprocessing
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from dateline.broker import create_topics, wait_ready
from dateline.process import end, spawn
from dateline.settings import Settings
from deploy.kafka.broker import prepare
from producers.decoding import decode
from producers.documents import read_document
from producers.feed import parse_feed
from producers.feed_item import Feed, NotAFeed
from producers.feed_poller import FEED_LIMITS, Poller
from producers.fetch import Fetcher
from producers.fragment import plain_text
from producers.politeness import Politeness
from producers.publisher import Publisher
from producers.push import Push
from producers.source_state import Source, SourceState
from producers.tally import Tally
from schemas.article import Article

_REPEATS = 3
_COPIES = 5
_ENTRIES = 20


def push(file: Path) -> None:
    """Print how many articles a second of a gzipped JSONL file one process puts on a Kafka of its own."""
    rows = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    for row in rows:
        row["id"] = row.get("id") or row.get("url")
    lines = b"\n".join(
        json.dumps({**row, "id": f"{row['id']}-{copy}"}).encode() for copy in range(_COPIES) for row in rows
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        broker = prepare(folder, Settings().kafka_libs, heap="512m")
        process = spawn(broker.command, log=folder / "kafka.log")
        try:
            wait_ready(broker.bootstrap, timeout=60, alive=lambda: process.poll() is None)
            create_topics(broker.bootstrap, "benchmark.", partitions=4, replication=1)
            for _ in range(_REPEATS):
                _push_once(lines, broker.bootstrap)
        finally:
            end(process, patience=10)


def _push_once(lines: bytes, bootstrap: str) -> None:
    tally = Tally()
    started, processor = time.perf_counter(), time.process_time()
    with Publisher(bootstrap, "benchmark.", None, print) as publisher:
        pushing = Push(publisher, tally, Settings().max_article_bytes, print)
        for item in read_document(io.BytesIO(lines), "articles"):
            pushing.put(item)
        pushing.settle()
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    print(
        f"{tally.sent:,} articles, {len(lines) / 1e6:.0f} MB: {tally.sent / seconds:,.0f}/s; "
        f"processor {processor:.1f} of {seconds:.1f} s"
    )


_EXPECTED = re.compile(r"(feed|entries\[(\d)\])\['(\w+)'\](?:\[(?:0\]\[)?'value'\])?")
_FIELDS = {
    "title": "title", "title_detail": "title", "link": "link", "id": "id", "guid": "id", "published_parsed": "date",
    "updated_parsed": "date", "created_parsed": "date", "description": "text", "summary": "text", "content": "text",
}  # fmt: skip


def feeds(folder: Path) -> None:
    """Print how many of feedparser's test files are read, and how many of the expectations in their comments hold.

    Expectations on title, link, id, dates and text are compared; text as plain text, dates by the second.
    """
    read: Counter[str] = Counter()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    started = time.perf_counter()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes()
        base = re.search(rb"(?im)^Header:\s*Content-Location:\s*(\S*)", data)
        try:
            feed: Feed | None = parse_feed(data, base[1].decode("latin-1") if base else "")
            read[feed.parser if feed else ""] += 1
        except NotAFeed as error:
            feed = None
            read["no feed"] += 1
            print(f"{file.name}: {error}")
        for field, entry, wanted in _expectations(decode(data)):
            asked[field] += 1
            right[field] += _holds(feed, field, entry, wanted)
    print(f"{read.total():,} files in {time.perf_counter() - started:.1f} s: {dict(read)}")
    for field, count in asked.items():
        print(f"{field:6} {right[field]:4} of {count:4}  {right[field] / count:.1%}")
    print(f"all    {right.total():4} of {asked.total():4}  {right.total() / asked.total():.1%}")


def _expectations(text: str) -> Iterator[tuple[str, int | None, object]]:
    match = re.search(r"Expect:\s*(.*?)\s*-->", text, re.DOTALL)
    if match is None:
        return
    try:
        tree = ast.parse(" ".join(match[1].split()), mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq):
            continue
        path = _EXPECTED.fullmatch(re.sub(r"\.(\w+)", r"['\1']", ast.unparse(node.left)))
        field = _FIELDS.get(path[3]) if path else None
        if path and field and (path[2] or field in ("title", "link")):
            try:
                yield field, int(path[2]) if path[2] else None, ast.literal_eval(node.comparators[0])
            except ValueError:
                continue


def _holds(feed: Feed | None, field: str, entry: int | None, wanted: object) -> bool:
    if feed is None or (entry is not None and entry >= len(feed.items)):
        return False
    if entry is None:
        got = feed.title if field == "title" else feed.link
    else:
        item = feed.items[entry]
        if field == "date" and isinstance(wanted, tuple):
            second = calendar.timegm(wanted)
            return second in [moment.utc_second for moment in (item.published, item.updated) if moment]
        got = {"title": item.title, "link": item.url, "id": item.key}.get(field, item.text)
    if got == wanted or not isinstance(wanted, str):
        return got == wanted
    return "".join((got or "").split()) == "".join(plain_text(wanted).split())


class _Server(BaseHTTPRequestHandler):
    """A feed of twenty entries for every host and path."""

    def do_GET(self) -> None:
        """Answer with robots.txt, or a feed."""
        host = self.headers["Host"]
        entries = "".join(
            f"<item><guid>http://{host}/{number}</guid><title>Report {number}</title>"
            f"<link>http://{host}/{number}</link><pubDate>Thu, 26 Jun 2025 08:30:00 +0200</pubDate>"
            f"<description>{'Something was reported here. ' * 20}</description></item>"
            for number in range(_ENTRIES)
        )
        robots = self.path == "/robots.txt"
        body = b"User-agent: *\nDisallow: /x\n" if robots else f"<rss><channel>{entries}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(port: Connection) -> None:
    server = ThreadingHTTPServer(("", 0), _Server)
    server.daemon_threads = True
    port.send(server.server_port)
    server.serve_forever()


def poller(count: int) -> None:
    """Print the time and the memory of a process that polls so many feeds, each on a host of its own, twice."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory() as folder, SourceState(Path(folder) / "sources.db") as state:
        for number in range(count):
            host = f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"
            state.add(Source(f"feed {number}", f"http://{host}:{port}/feed", 900.0))
        for _ in range(2):
            started, taken = time.perf_counter(), asyncio.run(_poll_all(state))
            failed = sum(source.errors > 0 for source in state.all())
            seconds = time.perf_counter() - started
            print(
                f"{count:,} feeds, {taken:,} new entries, {failed} failed, {seconds:.0f} s; "
                f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
            )
    server.terminate()


async def _poll_all(state: SourceState) -> int:
    taken = 0

    def publish(articles: Sequence[Article]) -> None:
        nonlocal taken
        taken += len(articles)

    async with Fetcher(allow_private=True, limits=FEED_LIMITS) as fetcher:
        polling = Poller(state, Politeness(fetcher), publish, Settings().max_article_bytes, print)
        await polling.run_once(state.all())
    return taken


def main() -> None:
    """Run the part that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("push").add_argument("file", type=Path)
    parts.add_parser("feeds").add_argument("folder", type=Path)
    parts.add_parser("poller").add_argument("count", type=int)
    given = parser.parse_args()
    if given.part == "push":
        push(given.file)
    elif given.part == "feeds":
        feeds(given.folder)
    else:
        poller(given.count)


if __name__ == "__main__":
    main()
