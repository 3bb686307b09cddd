"""A web server on the loopback interface that answers as a test tells it, and counts what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

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
