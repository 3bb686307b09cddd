"""The live feed over HTTP and WebSockets: the same messages, places to start and errors."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from httpx_sse import aconnect_sse
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from service import errors, live, live_socket
from service.live_feed import LiveFeed
from service.live_messages import Frame
from service.server import Server
from store.query import EventQuery, Origin
from store.timeline_store import TimelineStore
from tests.service.live_samples import Topics, a_window, an_event, running, topics_for


class _Server(Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # signals are pytest's


@asynccontextmanager
async def serving(feed: LiveFeed, store: TimelineStore) -> AsyncIterator[str]:
    """Serve the live routes; gives host and port."""
    app = FastAPI()
    for routes in (live.router(feed, store), live_socket.router(feed, store)):
        app.include_router(routes, prefix="/v1")
    errors.install(app)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = _Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=2), feed)
        async with running(feed):
            task = asyncio.create_task(server.serve([listening]))
            try:
                yield f"127.0.0.1:{listening.getsockname()[1]}"
            finally:
                server.should_exit = True
                await task


async def messages(stream: Any, count: int) -> list[dict[str, Any]]:
    """The next messages of a WebSocket, without comments."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            message = json.loads(await stream.recv())
            if message["event"] != "comment":
                found.append(message)
    return found


def test_a_websocket_gives_what_server_sent_events_give(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, serving(topics.feed(), store) as address:
            await put_all(topics)
            async with connect(f"ws://{address}/v1/live/ws?since=earliest&kind=event&category=politics") as stream:
                got = await messages(stream, 3)
            assert [message["event"] for message in got] == ["event", "event", "retraction"]
            assert [message["data"]["event_id"] for message in got] == ["a", "b", "a"]
            async with connect(
                f"ws://{address}/v1/live/ws?since={got[0]['id']}&category=politics&kind=event"
            ) as stream:
                assert records(await messages(stream, 2)) == records(got[1:])
            over_http = await sse(address, {"since": "earliest", "kind": "event", "category": "politics"}, 3)
            assert records(over_http) == records(got)
            resumed = await sse(address, {"category": "politics", "kind": "event"}, 2, got[0]["id"])
            assert records(resumed) == records(got[1:])
            everything = await sse(address, {"since": "1970-01-02"}, 5)
            assert sorted(message["event"] for message in everything) == ["event"] * 3 + ["retraction", "window"]

    asyncio.run(scenario())


def records(messages: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Messages without their ids: how the partitions interleave may differ from reading to reading."""
    return [(message["event"], message["data"]) for message in messages]


async def put_all(topics: Topics) -> None:
    await topics.put_event(an_event("a", category="politics"))
    await topics.put_event(an_event("other", category="sport"))
    await topics.put_event(an_event("b", category="politics"))
    await topics.put_event(an_event("a", 2, category="politics", retracted=True))
    window = a_window("2025-06-25", 1, politics=1)
    await topics.put(window.window, window.to_json(), topic=topics.windows)


async def sse(address: str, params: dict[str, str], count: int, last_id: str | None = None) -> list[dict[str, Any]]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    found: list[dict[str, Any]] = []
    async with (
        asyncio.timeout(20),
        httpx.AsyncClient() as client,
        aconnect_sse(client, "GET", f"http://{address}/v1/live", params=params, headers=headers) as source,
    ):
        async for one in source.aiter_sse():
            if one.data:
                found.append({"event": one.event, "id": one.id, "data": json.loads(one.data)})
            if len(found) == count:
                break
    return found


def test_what_cannot_be_followed_is_refused_alike(kafka: str, prefix: str, store: TimelineStore) -> None:
    bad = {
        "since": ["yesterday", "e:1", "2025-13-01", "WyJ0aW1lIl0", "earliest&snapshot=true"],
        "snapshot": ["perhaps"],
        "categories": ["politics"],
        "category": ["weather"],
        "kind": ["both", "window&type=ASSAULT"],
        "to": ["2025&from=2026"],
    }

    async def scenario() -> None:
        async with (
            topics_for(kafka, prefix) as topics,
            serving(topics.feed(), store) as address,
            httpx.AsyncClient() as client,
        ):
            for name, values in bad.items():
                for value in values:
                    answer = await client.get(f"http://{address}/v1/live?{name}={value}")
                    assert answer.status_code == 422, (name, value)
                    assert answer.json()["error"]["parameter"] == name
                    with pytest.raises(InvalidStatus) as refused:
                        await connect(f"ws://{address}/v1/live/ws?{name}={value}")
                    assert refused.value.response.status_code == 422
                    assert json.loads(refused.value.response.body) == answer.json()
            answer = await client.get(f"http://{address}/v1/live", headers={"Last-Event-ID": "12"})
            assert answer.json()["error"]["parameter"] == "Last-Event-ID"

    asyncio.run(scenario())


def test_a_service_that_stops_says_where_to_resume(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics:
            feed = topics.feed()
            async with serving(feed, store) as address, connect(f"ws://{address}/v1/live/ws") as stream:
                assert json.loads(await stream.recv())["data"] == "following"
                await topics.put_event(an_event("a"))
                (message,) = await messages(stream, 1)
                await feed.stop()
                last = json.loads(await stream.recv())
                assert last["data"] == f"the service is stopping; resume with Last-Event-ID: {message['id']}"
                assert last["id"] == message["id"]
                with pytest.raises(ConnectionClosed) as closed:
                    await stream.recv()
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 1013

    asyncio.run(scenario())


def test_the_timeline_comes_first_where_it_is_wanted(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, serving(topics.feed(), store) as address:
            for offset, event in enumerate((an_event("a"), an_event("b"))):
                await topics.put_event(event)
                store.write_events([(event, Origin(topics.events, 0, offset))])
            cursor = store.events(EventQuery(limit=1)).next
            await topics.put_event(an_event("c"))
            got = await sse(address, {"snapshot": "true", "kind": "event"}, 3)
            assert [message["data"]["event_id"] for message in got] == ["a", "b", "c"]
            assert [message["id"] for message in got[:2]] == ["", ""]
            async with connect(f"ws://{address}/v1/live/ws?snapshot=true&kind=event") as stream:
                over_socket = await messages(stream, 3)
            assert records(over_socket) == records(got)
            assert [message["id"] for message in over_socket] == [None, None, got[2]["id"]]
            await topics.put_event(an_event("d"))
            resumed = await sse(address, {"snapshot": "true", "kind": "event"}, 1, got[2]["id"])
            assert [message["data"]["event_id"] for message in resumed] == ["d"]
            paged = await sse(address, {"since": cursor or "", "kind": "event"}, 2)
            assert [message["data"]["event_id"] for message in paged] == ["c", "d"]

    asyncio.run(scenario())


def test_a_store_that_fails_is_told_before_the_feed_begins(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, serving(topics.feed(), store) as address:
            store.close()
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"http://{address}/v1/live?snapshot=true")
            assert answer.status_code == 503
            with pytest.raises(InvalidStatus) as refused:
                await connect(f"ws://{address}/v1/live/ws?snapshot=true")
            assert json.loads(refused.value.response.body) == answer.json()

    asyncio.run(scenario())


def test_a_client_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SEND_WITHIN", 0.1)
    left: list[str] = []

    async def frames() -> AsyncGenerator[Frame, None]:
        try:
            for number in range(10):
                await asyncio.sleep(0.03)  # a feed may be silent for longer than a client may take
                yield Frame(f"e:0-{number};w:0-0", comment="heartbeat")
        finally:
            left.append("feed")

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > 6:
            await asyncio.Event().wait()

    async def scenario() -> None:
        async with asyncio.timeout(20):
            await live.LiveResponse(frames()).stream_response(send)

    asyncio.run(scenario())
    assert (len(sent), left) == (7, ["feed"])
