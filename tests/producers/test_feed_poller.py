from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from producers.feed_poller import Poller
from producers.fetch import Fetcher
from producers.politeness import Politeness
from producers.publisher import PublishError
from producers.schedule import LONGEST, after_failure, after_success
from producers.source_state import Source, SourceError, SourceState
from schemas.article import Article
from tests.producers.conftest import Site, answer, redirect

START = datetime(2025, 6, 27, 12, tzinfo=UTC)


def rss(*items: tuple[str, str]) -> bytes:
    entries = "".join(
        f"<item><guid isPermaLink='false'>{key}</guid><link>https://p.example/{key}</link><title>t</title>"
        f"<description>{text}</description></item>"
        for key, text in items
    )
    return f"<rss><channel><ttl>60</ttl>{entries}</channel></rss>".encode()


class Desk:
    """A poller with its table, what it published and said, and a clock that is moved by hand."""

    def __init__(self, folder: Path, state: SourceState | None = None) -> None:
        self.state = state or SourceState(folder / "sources.db")
        self.sent: list[Article] = []
        self.said: list[str] = []
        self.now = START
        self.kafka_away = False

    def publish(self, articles: Sequence[Article]) -> None:
        if self.kafka_away:
            raise PublishError("Kafka is away")
        self.sent.extend(articles)

    def poll(self) -> list[str]:
        """Poll all sources that are due once; return the texts that went out."""

        async def run() -> None:
            async with Fetcher(allow_private=True) as fetcher:
                polite = Politeness(fetcher, pause=0.0)
                poller = Poller(
                    self.state, polite, self.publish, 1 << 20, self.said.append, lambda: self.now, lambda: 0.0
                )
                await poller.run_once(self.state.due(self.now.timestamp(), 100))

        self.sent.clear()
        asyncio.run(run())
        return [article.text for article in self.sent]

    def later(self, **step: float) -> None:
        self.now += timedelta(**step)


def test_an_entry_is_pushed_once_through_restarts_and_again_when_it_changes(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = rss(("1", "one"), ("2", "two"))
    desk = Desk(tmp_path)
    desk.state.add(Source("paper", f"{site.url}/feed", 900.0))
    assert desk.poll() == ["one", "two"]
    with SourceState(tmp_path / "sources.db") as reopened:
        again = Desk(tmp_path, reopened)
        assert again.poll() == []  # the feed's ttl of an hour holds
        again.later(hours=1)
        site.pages["/feed"] = rss(("1", "one"), ("2", "two, corrected"), ("3", "three"))
        assert again.poll() == ["two, corrected", "three"]
        (source,) = again.state.all()
        assert (source.sent, source.errors, source.last_success) == (4, 0, again.now.timestamp())


def test_nothing_is_kept_before_it_is_on_kafka(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = rss(("1", "one"))
    desk = Desk(tmp_path)
    desk.state.add(Source("paper", f"{site.url}/feed", 900.0))
    desk.kafka_away = True
    assert desk.poll() == []
    assert (desk.state.all()[0].errors, "Kafka is away" in desk.said[0]) == (0, True)
    desk.kafka_away = False
    desk.later(seconds=31)
    assert desk.poll() == ["one"]


def test_a_feed_that_has_not_changed_is_not_sent_again_by_its_server(site: Site, tmp_path: Path) -> None:
    def feed(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"7"':
            answer(handler, b"", 304)
        else:
            answer(handler, rss(("1", "one")), ETag='"7"', Last_Modified="Fri, 27 Jun 2025 10:00:00 GMT")

    site.pages["/feed"] = feed
    desk = Desk(tmp_path)
    desk.state.add(Source("paper", f"{site.url}/feed", 900.0))
    assert desk.poll() == ["one"]
    for _ in range(2):
        desk.later(hours=1)
        assert desk.poll() == []
        assert site.headers[-1]["if-modified-since"] == "Fri, 27 Jun 2025 10:00:00 GMT"
    assert desk.state.all()[0].last_success == desk.now.timestamp()


def test_a_failing_feed_is_asked_less_and_less_and_one_that_is_gone_no_more(site: Site, tmp_path: Path) -> None:
    site.pages["/broken"] = b"<html>down for repair</html>"
    site.pages["/gone"] = lambda handler: answer(handler, b"", 410)
    desk = Desk(tmp_path)
    desk.state.add(Source("broken", f"{site.url}/broken", 900.0))
    desk.state.add(Source("gone", f"{site.url}/gone", 900.0))
    waits = []
    for _ in range(3):
        desk.poll()
        waits.append(desk.state.all()[0].next_at - desk.now.timestamp())
        desk.later(seconds=waits[-1])
    assert waits == [1800.0, 3600.0, 7200.0]
    broken, gone = desk.state.all()
    assert (broken.errors, broken.last_error, broken.paused) == (3, "not a feed: its root element is <html>", False)
    assert (gone.errors, gone.last_error, gone.paused) == (1, "HTTP status 410", True)


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_address(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/old": redirect("/new", 301), "/new": rss(("1", "one"))}
    desk = Desk(tmp_path)
    desk.state.add(Source("paper", f"{site.url}/old", 900.0))
    assert desk.poll() == ["one"]
    assert desk.state.all()[0].url == f"{site.url}/new"


def test_one_bad_entry_is_said_once_and_keeps_no_others_back(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = rss(("1", "x" * (1 << 20)), ("2", "two"))
    desk = Desk(tmp_path)
    desk.state.add(Source("paper", f"{site.url}/feed", 900.0))
    assert desk.poll() == ["two"]
    desk.later(hours=2)
    assert desk.poll() == []
    assert len([line for line in desk.said if line.startswith("rejected paper 1")]) == 1


def test_a_name_and_an_address_stand_for_one_source(tmp_path: Path) -> None:
    with SourceState(tmp_path / "sources.db") as state:
        state.add(Source("a", "https://p.example/1", 900.0))
        with pytest.raises(SourceError, match="named a"):
            state.add(Source("a", "https://p.example/2", 900.0))
        with pytest.raises(SourceError, match=r"at https://p\.example/1"):
            state.add(Source("b", "https://p.example/1", 900.0))
        state.pause("a")
        assert state.due(START.timestamp(), 10) == []
        state.pause("a", False)
        assert [source.name for source in state.due(START.timestamp(), 10)] == ["a"]
        state.remove("a")
        with pytest.raises(SourceError, match="no source named a"):
            state.pause("a")


def test_the_schedule_follows_the_slowest_wish_within_a_day() -> None:
    assert after_success(900, None, {}, 0.0) == 900
    assert after_success(900, 3600, {}, 0.0) == 3600
    assert after_success(900, None, {"cache-control": "public, max-age=1800"}, 0.5) == 1800 * 1.05
    assert after_success(900, 10_000_000, {}, 0.0) == LONGEST
    assert after_failure(900, 0, {"retry-after": "7200"}, START, 0.0) == 7200
    assert after_failure(900, 0, {"retry-after": "Fri, 27 Jun 2025 14:00:00 GMT"}, START, 0.0) == 7200
    assert after_failure(900, 0, {"retry-after": "soon"}, START, 0.0) == 1800
    assert after_failure(900, 99, {}, START, 1.0) == LONGEST * 1.1
