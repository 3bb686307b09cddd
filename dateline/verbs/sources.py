"""`dateline sources`: named feeds, polled on a schedule."""

from __future__ import annotations

import asyncio
import fcntl
import json
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from dateline.command import Failure
from dateline.instance import kafka_address
from dateline.settings import Settings
from producers.feed_poller import FEED_LIMITS, Poller
from producers.fetch import Fetcher
from producers.opml import NotOpml, read_opml
from producers.politeness import Politeness
from producers.publisher import Publisher, PublishError
from producers.source_state import Source, SourceError, SourceState

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST = 60.0


class _Duration(click.ParamType):
    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        match = re.fullmatch(r"(\d{1,6})([smhd])", str(value))
        if match is None:
            self.fail(f"{value!r} is no duration; write 90s, 15m, 2h or 1d", param, ctx)
        seconds = float(match[1]) * _UNITS[match[2]]
        if seconds < _SHORTEST:
            self.fail(f"{value} is too often; a feed is asked once a minute at most", param, ctx)
        return seconds


@click.group("sources")
def command() -> None:
    r"""Named feeds: add them, list how they fare, pause them, and run the poller that puts their entries on Kafka.

    \b
    Example:
      dateline sources add bbc https://feeds.bbci.co.uk/news/world/rss.xml --country GB
      dateline sources run
    """


@command.command("add")
@click.argument("name", required=False)
@click.argument("url", required=False)
@click.option(
    "--opml", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Add all feeds of an OPML file."
)
@click.option("--every", type=_Duration(), default="15m", show_default=True, help="How often to ask: 90s, 15m, 2h, 1d.")
@click.option("--pages", is_flag=True, help="Fetch the pages that the feed links to, rather than take its own words.")
@click.option("--country", metavar="CC", help="ISO 3166-1 code of the outlet's country.")
def add(name: str | None, url: str | None, opml: Path | None, every: float, pages: bool, country: str | None) -> None:
    r"""Add a feed under a name, or all feeds of an OPML file under their titles.

    \b
    Example:
      dateline sources add example https://www.example.org/feed.xml --every 30m
      dateline sources add --opml subscriptions.opml
    """
    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        raise Failure(f"{country!r} is no country code; write two capitals, such as GB")
    with _state() as state:
        try:
            if opml is None:
                if name is None or url is None:
                    raise Failure("give a name and an address, or --opml FILE")
                if not url.lower().startswith(("http://", "https://")):
                    raise Failure(f"{url} is no address of a feed; it must begin with http:// or https://")
                state.add(Source(name, url, every, pages, country))
                click.echo(f"added {name}", err=True)
            elif name is not None:
                raise Failure("give either a name and an address, or --opml FILE")
            else:
                added, present = _add_opml(state, opml, every, pages, country)
                click.echo(f"added {added}, {present} were there already", err=True)
        except (SourceError, NotOpml) as error:
            raise Failure(str(error)) from error


def _add_opml(state: SourceState, opml: Path, every: float, pages: bool, country: str | None) -> tuple[int, int]:
    links = read_opml(opml.read_bytes(), str(opml))
    known = state.all()
    names = {source.name for source in known}
    urls = {source.url for source in known}
    added = 0
    for link in links:
        if link.url in urls:
            continue
        title = str(link.row.get("feed_title") or link.url)
        name = title if title not in names else f"{title} ({link.url})"
        state.add(Source(name, link.url, every, pages, country))
        names.add(name)
        added += 1
    return added, len(links) - added


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    r"""List the feeds: schedule, last success, errors since then, articles so far.

    \b
    Example:
      dateline sources list
    """
    with _state() as state:
        sources = state.all()
    if as_json:
        click.echo(json.dumps([_times(source) for source in sources]))
        return
    table = Table("name", "every", "last success", "errors", "articles", "state")
    for source in sources:
        state_words = "paused" if source.paused else "waiting" if source.last_poll is None else "polled"
        table.add_row(
            source.name, _duration(source.every), _when(source.last_success) or "never", str(source.errors),
            str(source.sent), f"{state_words}: {source.last_error}" if source.last_error else state_words,
        )  # fmt: skip
    Console().print(table)


@command.command("pause")
@click.argument("name")
@click.option("--off", is_flag=True, help="Poll it again.")
def pause(name: str, off: bool) -> None:
    r"""Leave a feed alone until `pause NAME --off`.

    \b
    Example:
      dateline sources pause example
    """
    with _state() as state:
        try:
            state.pause(name, not off)
        except SourceError as error:
            raise Failure(str(error)) from error


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    r"""Forget a feed, and which of its entries are on Kafka.

    \b
    Example:
      dateline sources remove example
    """
    with _state() as state:
        try:
            state.remove(name)
        except SourceError as error:
            raise Failure(str(error)) from error


@command.command("run")
@click.option("--once", is_flag=True, help="Poll each feed that is not paused one time, then end.")
@click.option("--allow-private", is_flag=True, help="Fetch from loopback and private addresses too.")
def run(once: bool, allow_private: bool) -> None:
    r"""Poll the feeds and put their new and changed entries on Kafka, until Ctrl-C.

    With --once, the exit status is 0 only when every feed could be polled.

    \b
    Example:
      dateline sources run
    """
    settings = Settings()
    with _alone(settings.data / "sources.lock"), _state() as state:
        try:
            with Publisher(kafka_address(settings), settings.topic_prefix) as publisher:
                asyncio.run(_poll(state, publisher, settings.max_article_bytes, once=once, allow_private=allow_private))
        except PublishError as error:
            raise Failure(str(error)) from error
        except (KeyboardInterrupt, asyncio.CancelledError):
            click.echo("stopped", err=True)
        if once and any(source.errors for source in state.all() if not source.paused):
            sys.exit(1)


async def _poll(state: SourceState, publisher: Publisher, max_bytes: int, *, once: bool, allow_private: bool) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with Fetcher(allow_private, FEED_LIMITS) as fetcher:
        poller = Poller(
            state, Politeness(fetcher), publisher.publish, max_bytes, lambda line: click.echo(line, err=True)
        )
        if once:
            await poller.run_once([source for source in state.all() if not source.paused])
        else:
            await poller.run()


def _state() -> SourceState:
    return SourceState(Settings().data / "sources.db")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold the lock file: two pollers of one table would put entries on Kafka twice."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Failure(f"another `dateline sources run` works on {lock.parent} already") from error
        yield


def _times(source: Source) -> dict[str, object]:
    return {
        **asdict(source),
        **{name: _when(getattr(source, name)) for name in ("next_at", "last_poll", "last_success")},
    }


def _when(second: float | None) -> str | None:
    return None if not second else datetime.fromtimestamp(second, UTC).isoformat(timespec="seconds")


def _duration(seconds: float) -> str:
    for unit in ("d", "h", "m"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.0f}{unit}"
    return f"{seconds:.0f}s"
