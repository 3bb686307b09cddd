"""Webhooks of a whole Dateline: what is pushed is delivered, signed, through a killed service."""

from __future__ import annotations

import http.server
import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from tests.end_to_end.conftest import Running, run_up

DOCUMENT = Path(__file__).parents[2] / "docs" / "subscribe.md"
TOWNS = ("Alverton", "Bramwick", "Corsley", "Dunmore", "Elbury", "Farholt", "Grimsey", "Hexworth")


def report(town: str) -> dict[str, str]:
    day = 7 + TOWNS.index(town)  # another day each, or they would be one event
    text = f"An explosion at the harbour of {town} killed three people on {day} July 2012."
    return {"id": f"hook-{town}", "text": text, "published_at": "2012-07-30", "language": "en"}


class _Handler(http.server.BaseHTTPRequestHandler):
    taken: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    handler = type("Handler", (_Handler,), {"taken": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", handler.taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"url": "http://127.0.0.1:9/"}, "127.0.0.1, which is not public"),
        ({"url": "http://localhost/"}, "which is not public"),
        ({"url": "http://169.254.169.254/latest/meta-data"}, "not public"),
        ({"url": "http://nothing.invalid/"}, "cannot be resolved"),
        ({"url": "ftp://example.org/"}, "url: "),
        ({"url": "https://me:secret@example.org/"}, "neither a user"),
        ({"url": "https://8.8.8.8/", "categories": ["sport"]}, "no such parameter"),
        ({"url": "https://8.8.8.8/", "category": ["weather"]}, "category: "),
        ({"url": "https://8.8.8.8/", "secret": "guess me"}, "whsec_"),
        ({"url": "https://8.8.8.8/", "since": "yesterday-ish"}, "since: "),
        ({"category": ["sport"]}, "url: "),
    ],
)
def test_what_cannot_be_is_refused_in_words(running: Running, wanted: dict[str, Any], words: str) -> None:
    answer = httpx.post(f"{running.url}/v1/subscriptions", json=wanted, timeout=30)
    assert answer.status_code == 422, answer.text
    assert words in answer.json()["error"]["message"]
    assert running.get("/v1/subscriptions") == {"subscriptions": []}
    assert httpx.delete(f"{running.url}/v1/subscriptions/s_none").status_code == 404


def test_a_subscription_may_begin_at_a_moment(running: Running) -> None:
    wanted = {"url": "https://8.8.8.8/", "since": "2999-01-01T00:00:00Z"}
    made = httpx.post(f"{running.url}/v1/subscriptions", json=wanted, timeout=30).json()
    assert httpx.delete(f"{running.url}/v1/subscriptions/{made['subscription_id']}").status_code == 204
    assert made["position"].startswith("e:")


def test_a_body_that_is_too_large_is_not_read_to_its_end(running: Running) -> None:
    body = b'{"url": "https://8.8.8.8/", "q": "' + b"a" * 300_000 + b'"}'
    answer = httpx.post(f"{running.url}/v1/subscriptions", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.long
def test_deliveries_go_on_through_a_killed_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: tuple[str, list[tuple[dict[str, str], bytes]]]
) -> None:
    url, taken = receiver
    monkeypatch.setenv("DATELINE_WEBHOOK_NETWORKS", "127.0.0.1/32")

    def towns() -> set[str]:
        return {town for _, body in list(taken) for town in TOWNS if town in json.loads(body)["data"].get("title", "")}

    def until(condition: Any) -> None:
        deadline = time.monotonic() + 90
        while not condition():
            assert time.monotonic() < deadline, towns()
            time.sleep(0.1)

    with run_up(tmp_path / "data") as running:
        answer = httpx.post(f"{running.url}/v1/subscriptions", json={"url": url, "kind": "event"}, timeout=30)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        running.push(*(report(town) for town in TOWNS[:3]))
        until(lambda: towns() == set(TOWNS[:3]))
        running.push(*(report(town) for town in TOWNS[3:5]))
        (service,) = running.workers("dateline serve")
        os.kill(service, signal.SIGKILL)
        running.push(*(report(town) for town in TOWNS[5:]))
        until(lambda: towns() == set(TOWNS))
        until(lambda: running.workers("dateline serve"))
        until(lambda: httpx.get(f"{running.url}/v1/subscriptions/{made['subscription_id']}").json()["delivered"] >= 8)
        (listed,) = running.get("/v1/subscriptions")["subscriptions"]
        assert listed["state"] == "active"
        assert "secret" not in listed
        by_id = {headers["webhook-id"]: body for headers, body in taken}
        records = [json.loads(body)["data"] for body in by_id.values()]
        revisions = [(record["event_id"], record["revision"]) for record in records]
        assert len(set(revisions)) == len(revisions), "what comes again has the same webhook-id"
        documented: dict[str, Any] = {}
        exec(re.findall(r"```python webhook\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[0], documented)
        for headers, body in taken:
            Webhook(made["secret"]).verify(body, headers)
            assert documented["is_genuine"](made["secret"], headers, body)
            assert not documented["is_genuine"](made["secret"], headers, body + b" ")
        address = f"{running.url}/v1/subscriptions/{made['subscription_id']}"
        assert httpx.delete(address).status_code == 204
        assert httpx.get(address).status_code == 404
