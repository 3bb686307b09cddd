"""The service over a real store, asked over HTTP."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import uvicorn

from schemas.article import Article
from service.app import create_app
from service.intake import Accepted, Unavailable
from service.live_feed import LiveFeed
from store.client import connect, disconnect
from store.timeline_store import TimelineStore


class NoKafka:
    """An intake that takes nothing: these tests read only."""

    def prepare(self, row: Mapping[str, object]) -> Article:
        raise Unavailable("there is no Kafka here")

    def publish(self, articles: Sequence[Article]) -> Sequence[Accepted]:
        raise Unavailable("there is no Kafka here")


@dataclass
class Api:
    """A running service, a client of it, and the store behind it."""

    client: httpx.Client
    store: TimelineStore
    url: str
    events: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.client.get(path, **options)  # type: ignore[arg-type]


Serve = Callable[[TimelineStore], Api]


@pytest.fixture(scope="session")
def chdb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chdb")


@pytest.fixture
def store(chdb_folder: Path) -> Iterator[TimelineStore]:
    """An empty store."""
    database = f"test_{uuid.uuid4().hex[:12]}"
    dsn = f"chdb://{chdb_folder}?database={database}"
    with TimelineStore(dsn) as store:
        store.migrate()
        yield store
        connection = connect(dsn)
        connection.command("DROP DATABASE {name:Identifier} SYNC", parameters={"name": database})
        disconnect(connection, dsn)


@pytest.fixture(scope="module")
def api(chdb_folder: Path) -> Iterator[Api]:
    """A service on a port of its own over an empty chDB database of the module's own."""
    database = f"test_{uuid.uuid4().hex[:12]}"
    dsn = f"chdb://{chdb_folder}?database={database}"
    store = TimelineStore(dsn)
    store.migrate()
    feed = LiveFeed("127.0.0.1:1", events="events", windows="windows")  # nothing listens there; it goes on trying

    async def ready() -> list[str]:
        return []

    app = create_app(store=store, intake=NoKafka(), feed=feed, ready=ready, max_article_bytes=100_000)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, timeout=30) as client:
        yield Api(client, store, url)
    server.should_exit = True
    thread.join()
    connection = connect(dsn)
    connection.command("DROP DATABASE {name:Identifier} SYNC", parameters={"name": database})
    disconnect(connection, dsn)
    store.close()
