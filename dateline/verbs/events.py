"""`dateline events`: a range of the timeline."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO, get_args

import click

from dateline.event_table import print_events
from dateline.filters import as_parameters, range_filters, store_filters
from dateline.instance import service_url
from dateline.settings import Settings
from dateline.timeline_client import TimelineClient
from schemas.event import Event
from service.formats.negotiation import FormatName


@click.command("events")
@range_filters
@store_filters
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Most events to print.")
@click.option("--all", "unlimited", is_flag=True, help="Print every event that matches.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", *get_args(FormatName)]),
    default="table",
    show_default=True,
    help="Parquet and Arrow are binary: send them to a file.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--url", metavar="URL", help="Address of the service; by default the one that runs here.")
def command(limit: int, unlimited: bool, format_: str, as_json: bool, url: str | None, **filters: Any) -> None:
    r"""Print the events of a range, by default earliest first. The range is [from, to): --to is exclusive.

    \b
    Example:
      dateline events --from 2025-06 --to 2025-07 --category conflict
      dateline events --from 2014 --all --format csv > events.csv
      dateline events --near 46.2,6.15 --radius 25 --sort=-importance --limit 10
      dateline events --from 2026 --format ics > planned.ics
    """
    with TimelineClient(service_url(Settings(), url)) as client:
        most = None if unlimited else limit
        wanted = "json" if as_json else format_
        if wanted in _FORMATS and filters["fields"] is not None:
            raise click.UsageError("--fields goes with ndjson, csv, parquet and arrow")
        if wanted in _FORMATS:
            _FORMATS[wanted](client.events(as_parameters(filters), most), sys.stdout)
            return
        for piece in client.export(as_parameters(filters), wanted, most):
            sys.stdout.buffer.write(piece)


def _table(events: Iterable[Event], out: TextIO) -> None:
    found = list(events)
    if found:
        print_events(found, out)
    click.echo(f"{len(found)} event{'' if len(found) == 1 else 's'}", err=True)


def _json(events: Iterable[Event], out: TextIO) -> None:
    json.dump({"events": [event.model_dump(mode="json") for event in events]}, out, ensure_ascii=False, indent=2)
    out.write("\n")


_FORMATS: dict[str, Callable[[Iterable[Event], TextIO], None]] = {
    "table": _table,
    "json": _json,
}
