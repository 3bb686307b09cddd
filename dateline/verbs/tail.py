"""`dateline tail`: the live feed in the terminal."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import click
import httpx
from httpx_sse import ServerSentEvent, SSEError, connect_sse
from rich.console import Console
from rich.text import Text

from dateline.command import Failure
from dateline.filters import as_parameters, range_filters
from dateline.instance import service_url
from dateline.settings import Settings
from dateline.timeline_client import refusal
from schemas.event import Event
from service.dates_in_words import in_words

_PAUSE = 1.0
_LONGEST_PAUSE = 15.0
_STYLE = {"event": "bold", "retraction": "red", "redirect": "yellow", "window": "dim", "reset": "red"}


@click.command("tail")
@range_filters
@click.option(
    "--since", metavar="OFFSET|TIME", help="An id of the feed, a date or instant, or earliest; default: from now."
)
@click.option("--snapshot", is_flag=True, help="First what the timeline holds already.")
@click.option("--windows", is_flag=True, help="Show windows too.")
@click.option("--json", "as_json", is_flag=True, help="Print NDJSON; the default where the output is no terminal.")
@click.option("--url", metavar="URL", help="Address of the service; by default the one that runs here.")
def command(since: str | None, snapshot: bool, windows: bool, as_json: bool, url: str | None, **filters: Any) -> None:
    r"""Follow events as they become known, until Ctrl-C. After a break it resumes where it was.

    In a pipe each line is {"event", "id", "data"}: the kind of message, its position in the feed, and the record.

    \b
    Example:
      dateline tail --category disaster
      dateline tail --since 2025-06-26T08:00:00Z --place Geneva
      dateline tail --since earliest --json | jq .data.title
      dateline tail --snapshot --place Geneva
    """
    if snapshot and since:
        raise click.UsageError("--snapshot tells by itself where to start: leave out --since")
    address = service_url(Settings(), url)
    parameters = as_parameters({**filters, "kind": None if windows else "event"})
    show = _print_json if as_json or not sys.stdout.isatty() else _print_line
    position, pause = since, _PAUSE
    while True:
        try:
            start = {"since": position} if position else {"snapshot": "true"} if snapshot else {}
            for message in _messages(address, {**parameters, **start}):
                position, pause = message.id or position, _PAUSE
                if message.data:
                    show(message)
        except KeyboardInterrupt:
            return
        except (httpx.HTTPError, SSEError) as error:
            click.echo(f"lost {address} ({error or type(error).__name__}); trying again in {pause:.0f} s", err=True)
        try:
            time.sleep(pause)
        except KeyboardInterrupt:
            return
        pause = min(pause * 2, _LONGEST_PAUSE)


def _messages(address: str, parameters: dict[str, Any]) -> Any:
    timeout = httpx.Timeout(10.0, read=60.0)  # heartbeats come every 15 s
    with (
        httpx.Client(timeout=timeout) as client,
        connect_sse(client, "GET", f"{address}/v1/live", params=parameters) as source,
    ):
        if source.response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            source.response.raise_for_status()
        if source.response.is_error:
            source.response.read()
            raise Failure(refusal(source.response))
        yield from source.iter_sse()


def _print_json(message: ServerSentEvent) -> None:
    record = {"event": message.event, "id": message.id, "data": json.loads(message.data)}
    print(json.dumps(record, ensure_ascii=False), flush=True)  # noqa: T201 - click.echo does not flush each line


def _print_line(message: ServerSentEvent) -> None:
    line = Text(f"{message.event:<10} ", style=_STYLE.get(message.event, ""))
    if message.event in ("event", "retraction", "redirect"):
        event = Event.model_validate_json(message.data)
        line.append(f"{in_words(event.when):<28} ", style="cyan")
        line.append(event.title, style="")
    else:
        line.append(message.data, style="dim")
    Console().print(line, soft_wrap=True)
