"""A web server on the loopback interface that answers as a test tells it; a broker that can be stopped and woken."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from kafka import KafkaConsumer, TopicPartition

from dateline.broker import wait_ready
from dateline.process import end, spawn
from dateline.settings import Settings
from deploy.kafka.broker import prepare

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path: a body, or what writes the answer."""

    url: str
    pages: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def answer(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def redirect(target: str, status: int = 302) -> Handler:
    return lambda handler: answer(handler, b"", status, Location=target)


@pytest.fixture
def site() -> Iterator[Site]:
    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = found.pages.get(self.path)
            try:
                if page is None:
                    answer(self, b"no such page", 404)
                elif isinstance(page, bytes):
                    answer(self, page)
                else:
                    page(self)
            except (BrokenPipeError, ConnectionResetError):  # the client has had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    found = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A broker of one's own, and its process, to be stopped and woken."""
    prepared = prepare(tmp_path / "kafka", Settings().kafka_libs, heap="256m")
    process = spawn(prepared.command, log=tmp_path / "kafka.log")
    try:
        wait_ready(prepared.bootstrap, timeout=60, alive=lambda: process.poll() is None)
        yield prepared.bootstrap, process.pid
    finally:
        os.kill(process.pid, signal.SIGCONT)
        end(process, patience=10)


def on_topic(bootstrap: str, topic: str) -> list[tuple[str, str]]:
    """Return key and text of each article on a topic."""
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", group_id=None)
    try:
        partitions = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        found = []
        while any(consumer.position(partition) < ends[partition] for partition in partitions):
            for messages in consumer.poll(timeout_ms=500).values():
                found += [(message.key.decode(), json.loads(message.value)["text"]) for message in messages]
        return sorted(found, key=lambda pair: (len(pair[0]), pair[0]))
    finally:
        consumer.close()
