"""How late events come to live readers, where the time goes, and what many readers cost.

    python -m benchmarks.live latency --rate 50 --seconds 60
    python -m benchmarks.live readers --readers 2000 --rate 200 --seconds 120

Each starts an instance of its own (`dateline up` in a temporary folder). See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from aiokafka import AIOKafkaProducer
from kafka import KafkaConsumer, TopicPartition

from dateline.instance import Instance
from schemas.event import Event
from schemas.mention import Actor, Place
from schemas.topics import ARTICLES, EVENTS, MENTIONS
from schemas.when import When

CATEGORIES = ("conflict", "politics", "law_crime", "disaster", "international", "business", "sport", "science_tech")
TOWNS = ("ville", "burg", "stad", "grad", "ford", "mouth", "haven", "field")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
HAPPENED = (
    "An explosion in {town} killed {count} people", "A flood destroyed {count} homes in {town}",
    "Police arrested {count} protesters in {town}", "{name} resigned as mayor of {town}",
    "Workers of a plant in {town} went on strike", "A court in {town} sentenced {name} to {count} months",
    "{name} opened a museum in {town}", "A fire burned {count} hectares near {town}",
    "Delegations signed a trade agreement in {town}", "{name} was elected governor in {town}",
)  # fmt: skip
WARM_UP = 5.0
WARM_UP_ARTICLES = 600
"""Each worker reads its tables with its first article, and Java compiles what it runs often."""

SENT = re.compile(rb"@([0-9.]+)@")


@contextmanager
def instance() -> Iterator[tuple[Instance, dict[str, int]]]:
    """Run a Dateline; gives where it is and the process ids of its parts."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-m", "dateline", "up", "--data", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                while (running := Instance.running(Path(folder))) is None:
                    if process.poll() is not None:
                        raise SystemExit("dateline up has ended; run it by hand to see why")
                    time.sleep(0.2)
                yield running, _parts(process.pid)
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=60)


def _parts(parent: int) -> dict[str, int]:
    names = {"serve": "service and sink", "extract": "extraction", "timeline": "corroboration, windows"}
    parts: dict[str, int] = {}
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        last = Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")[-1]
        name = names.get(last, "kafka")
        parts[f"{name} 2" if name in parts else name] = int(pid)
    return parts


class Reader(asyncio.Protocol):
    """A reader of server-sent events that looks at next to nothing, so that many fit beside what is measured."""

    def __init__(self, host: str, path: str) -> None:
        self._request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        self._tail = b""
        self.lags: list[float] = []
        self.messages: list[tuple[float, bytes]] = []
        self.ended = False
        self.came = asyncio.Event()
        self.keep = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Note when it came, and where the sender said when it was sent, how late that is."""
        now = time.time()
        if self.keep:
            self.messages.append((now, data))
            self.came.set()
            return
        data = self._tail + data
        end = 0
        for match in SENT.finditer(data):
            self.lags.append(now - float(match[1]))
            end = match.end()
        self._tail = data[max(end, len(data) - 40) :]

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that no more comes."""
        self.ended = True


async def connect(url: str, path: str, keep: bool = False) -> Reader:
    """Open a reader."""
    address = httpx.URL(url)
    assert address.port is not None
    _, reader = await asyncio.get_running_loop().create_connection(
        lambda: Reader(address.netloc.decode(), path), address.host, address.port
    )
    reader.keep = keep
    return reader


class Sender:
    """Posts articles over connections that stay open; looks at no more of an answer than its status and its length."""

    def __init__(self, url: str) -> None:
        self._address = httpx.URL(url)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, row: dict[str, str]) -> None:
        """Send an article in a request of its own, and wait until it is accepted."""
        body = json.dumps(row).encode()
        reader, writer = await self._connection()
        writer.write(
            b"POST /v1/articles HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (self._address.netloc, len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 202"):
            raise RuntimeError(head.decode())
        length = re.search(rb"content-length: (\d+)", head.lower())
        assert length is not None
        await reader.readexactly(int(length[1]))
        self._idle.append((reader, writer))

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():  # the service closes what is idle for long
                return reader, writer
        return await asyncio.open_connection(self._address.host, self._address.port)


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Return median, 99th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    return {
        name: round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)
        for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))
    }


def article(number: int, dice: random.Random) -> dict[str, str]:
    """Return an article of some 1,500 characters with three reports, of which every fifth article shares the first."""
    told = random.Random(number // 5 if number % 5 == 0 else number + 1_000_000)
    reports = [report(told), report(dice), report(dice)]
    filler = " ".join(f"The hall has {dice.randint(2, 90)} rooms and a view of the lake." for _ in range(24))
    text = f"{reports[0]} {filler[:600]} {reports[1]} {filler[600:]} {reports[2]}"
    return {"id": f"bench-{number}", "text": text, "published_at": "2025-12-30", "language": "en"}


def report(dice: random.Random) -> str:
    """Return a sentence that tells of an event."""
    town = "".join(dice.choice(part) for part in (["Bar", "Kel", "Lom", "Tur", "Ves"], ["an", "e", "i", "o"], TOWNS))
    what = dice.choice(HAPPENED).format(
        town=town, count=dice.randint(2, 400), name=f"{town[:3]}ler {town[3:].title()}son"
    )
    return f"{what} on {dice.randint(1, 28)} {dice.choice(MONTHS)} 2025."


async def latency(running: Instance, parts: dict[str, int], rate: float, seconds: float) -> dict[str, Any]:
    """Send articles by HTTP at a rate, each in a request of its own, and see when the first event of each comes."""
    dice = random.Random(1)
    sent: dict[str, float] = {}
    accepted: dict[str, float] = {}
    reader = await connect(running.url, "/v1/live?kind=event", keep=True)
    sender = Sender(running.url)
    async with asyncio.TaskGroup() as requests:

        async def post(row: dict[str, str]) -> None:
            sent[row["id"]] = time.time()
            await sender.post(row)
            accepted[row["id"]] = time.time()

        async def post_all(first: int, count: int) -> None:
            begun = time.monotonic()
            for number in range(count):
                await asyncio.sleep(begun + number / rate - time.monotonic())
                requests.create_task(post(article(first + number, dice)))

        warm = WARM_UP_ARTICLES
        await post_all(0, warm)
        await silence(reader)
        before = {name: processor_seconds(pid) for name, pid in parts.items()}
        await post_all(warm, int(rate * seconds))
    await silence(reader)
    spent = {name: processor_seconds(pid) - before[name] for name, pid in parts.items()}
    article_at, _ = read_times(running.kafka, ARTICLES.full_name("dateline."))
    mention_at, articles_of = read_times(running.kafka, MENTIONS.full_name("dateline."), mentions=True)
    event_at, _ = read_times(running.kafka, EVENTS.full_name("dateline."), revisions=True)
    seen = first_seen(reader.messages)
    first: dict[str, tuple[float, float, str]] = {}
    for mention_id, (at, key) in seen.items():
        one = articles_of.get(mention_id)
        if one in sent and (one not in first or at < first[one][0]):
            first[one] = at, event_at[key], mention_id
    measured = [one for one in sent if int(one.split("-")[1]) >= warm]
    missing = [one for one in measured if one not in first]
    measured = [one for one in measured if one in first]
    waits = {
        "accepted to seen": [first[one][0] - accepted[one] for one in measured],
        "sent to seen": [first[one][0] - sent[one] for one in measured],
        "queue (request to articles)": [article_at[one] - sent[one] for one in measured],
        "extract (articles to mentions)": [mention_at[first[one][2]] - article_at[one] for one in measured],
        "corroborate (mentions to events)": [first[one][1] - mention_at[first[one][2]] for one in measured],
        "feed (events to reader)": [first[one][0] - first[one][1] for one in measured],
    }
    return {
        "articles": len(measured),
        "missing": len(missing),
        **{name: percentiles(wait) for name, wait in waits.items()},
        "processor time, ms an article": {name: round(1000 * s / (rate * seconds), 1) for name, s in spent.items()},
    }


async def silence(reader: Reader) -> None:
    """Wait until nothing has come for three seconds."""
    with suppress(TimeoutError):
        while True:
            reader.came.clear()
            async with asyncio.timeout(3 if reader.messages else 60):
                await reader.came.wait()


def first_seen(chunks: Sequence[tuple[float, bytes]]) -> dict[str, tuple[float, str]]:
    """Return per mention when the first event with it came, and which event and revision that was."""
    seen: dict[str, tuple[float, str]] = {}
    pending = b""
    for at, chunk in chunks:
        pending += chunk
        *lines, pending = pending.split(b"\n")
        for line in lines:
            if line.startswith(b'data: {"event_id"'):
                record = json.loads(line[6:])
                for mention_id in record["mention_ids"]:
                    seen.setdefault(mention_id, (at, f"{record['event_id']}:{record['revision']}"))
    return seen


def read_times(
    servers: str, topic: str, *, mentions: bool = False, revisions: bool = False
) -> tuple[dict[str, float], dict[str, str]]:
    """Return when each record of a topic was sent, and of mentions the article."""
    consumer = KafkaConsumer(bootstrap_servers=servers, consumer_timeout_ms=3000)
    consumer.assign([TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)])
    consumer.seek_to_beginning()
    times: dict[str, float] = {}
    articles: dict[str, str] = {}
    for message in consumer:
        key = (message.key or b"").decode()
        record = json.loads(message.value) if message.value and (mentions or revisions) else {}
        if mentions:
            key = record["mention_id"]
            articles[key] = record["article_id"]
        elif revisions:
            key = f"{key}:{record.get('revision')}"
        times.setdefault(key, message.timestamp / 1000)
    consumer.close()
    return times, articles


def name_of(number: int) -> str:
    """Return one of the names of actors and places."""
    return f"Name{number} {'Hall' if number % 2 else 'Bay'}"


def zipf(dice: random.Random, most: int) -> int:
    """Return a number below `most`, small ones far more often."""
    return int(most ** dice.random()) - 1


def filter_of(number: int, dice: random.Random) -> str:
    """Return the parameters of a reader; no two readers have the same."""
    category = CATEGORIES[number % len(CATEGORIES)]
    name = name_of(number)
    day = f"2025-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    kinds: list[dict[str, str]] = [
        {"place": name},
        {"actor": name},
        {"place": name, "category": category},
        {"category": category, "from": day, "to": f"2026-01-{number % 28 + 1:02d}", "q": f"word{number % 50}"},
        {"q": f"word{number % 50} word{number // 50}", "min_sources": "1"},
    ]
    return urlencode({"kind": "event", **kinds[number % len(kinds)]})


def event(number: int, dice: random.Random) -> Event:
    """Return an event that says when it was sent."""
    day = f"2025-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    said = " ".join(f"word{zipf(dice, 50)}" for _ in range(12))
    return Event(
        event_id=f"e_bench{number}", revision=1, bucket=day, title=f"@{time.time():.4f}@ {said}",
        when=When(start=day, end=None, granularity="day", value=day, edtf=day, anchor="explicit", rule="bench"),
        category=CATEGORIES[zipf(dice, len(CATEGORIES))], modality="asserted", confidence=0.9,
        actors=tuple(Actor(name=name_of(zipf(dice, 2000))) for _ in range(3)),
        places=tuple(Place(name=name_of(zipf(dice, 2000))) for _ in range(2)),
        mention_count=1, article_count=1, source_count=2, evidence=(said * 6,),
    )  # fmt: skip


def memory_mb(pid: int) -> float:
    """Return the memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def many_readers(running: Instance, service: int, readers: int, rate: float, seconds: float) -> dict[str, Any]:
    """Put events on Kafka at a rate and see how late they come to many readers."""
    dice = random.Random(2)
    before = memory_mb(service)
    open_readers = [await connect(running.url, f"/v1/live?{filter_of(n, dice)}") for n in range(readers)]
    producer = AIOKafkaProducer(bootstrap_servers=running.kafka)
    await producer.start()
    memory, begun, at_begin = [memory_mb(service)], time.monotonic(), 0.0
    for number in range(int(rate * (seconds + WARM_UP))):
        await asyncio.sleep(begun + number / rate - time.monotonic())
        if number == int(rate * WARM_UP):
            at_begin = processor_seconds(service)
            for reader in open_readers:
                reader.lags.clear()
        one = event(number, dice)
        await producer.send(
            EVENTS.full_name("dateline."), one.to_json(), key=one.event_id.encode(), partition=number % 4
        )
        if number % int(rate * 10) == 0:
            memory.append(memory_mb(service))
    await producer.stop()
    await asyncio.sleep(2)
    lags = [lag for reader in open_readers for lag in reader.lags]
    return {
        "readers": readers,
        "cut off": sum(reader.ended for reader in open_readers),
        "deliveries a second": round(len(lags) / seconds),
        "lag": percentiles(lags),
        "service, share of a core": round((processor_seconds(service) - at_begin) / seconds, 2),
        "service memory, MB": {
            "without readers": round(before), "with readers": round(memory[0]),
            "middle": round(memory[len(memory) // 2]), "end": round(memory_mb(service)), "most": round(max(memory)),
        },
    }  # fmt: skip


def show(result: dict[str, Any]) -> None:
    """Print a result as a table."""
    for name, value in result.items():
        cells = [f"{key} {number:>8}" for key, number in value.items()] if isinstance(value, dict) else [f"{value}"]
        print(f"{name:<36}{'   '.join(cells)}")


def main() -> None:
    """Run a benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["latency", "readers"])
    parser.add_argument("--rate", type=float, default=50.0, help="articles or events a second")
    parser.add_argument("--readers", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with instance() as (running, parts):
        if options.what == "latency":
            result = asyncio.run(latency(running, parts, options.rate, options.seconds))
        else:
            result = asyncio.run(
                many_readers(running, parts["service and sink"], options.readers, options.rate, options.seconds)
            )
    result = {"load before, of other programs": round(load, 2), "rate": options.rate, **result}
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
