"""`dateline events`: a range of the timeline."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

import click

from dateline.event_table import print_events
from dateline.filters import as_parameters, range_filters
from dateline.instance import service_url
from dateline.settings import Settings
from dateline.timeline_client import TimelineClient
from schemas.event import Event

_COLUMNS = (
    "event_id", "start", "end", "granularity", "value", "title", "category", "type", "modality", "confidence",
    "mention_count", "article_count", "source_count", "actors", "places", "first_seen", "last_seen",
)  # fmt: skip


@click.command("events")
@range_filters
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Most events to print.")
@click.option("--all", "unlimited", is_flag=True, help="Print every event that matches.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "ndjson", "csv"]), default="table", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--url", metavar="URL", help="Address of the service; by default the one that runs here.")
def command(limit: int, unlimited: bool, format_: str, as_json: bool, url: str | None, **filters: Any) -> None:
    r"""Print the events of a range, earliest first. The range is [from, to): --to is exclusive.

    \b
    Example:
      dateline events --from 2025-06 --to 2025-07 --category conflict
      dateline events --from 2014 --all --format csv > events.csv
    """
    with TimelineClient(service_url(Settings(), url)) as client:
        events = client.events(as_parameters(filters), None if unlimited else limit)
        _FORMATS["json" if as_json else format_](events, sys.stdout)


def _table(events: Iterable[Event], out: TextIO) -> None:
    found = list(events)
    if found:
        print_events(found, out)
    click.echo(f"{len(found)} event{'' if len(found) == 1 else 's'}", err=True)


def _json(events: Iterable[Event], out: TextIO) -> None:
    json.dump({"events": [event.model_dump(mode="json") for event in events]}, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _ndjson(events: Iterable[Event], out: TextIO) -> None:
    for event in events:
        out.write(event.model_dump_json() + "\n")


def _csv(events: Iterable[Event], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for event in events:
        values: dict[str, object] = {**event.model_dump(), **event.when.model_dump(exclude={"alternatives"})}
        values["actors"] = "; ".join(actor.name for actor in event.actors)
        values["places"] = "; ".join(place.name for place in event.places)
        writer.writerow([_harmless(values[column]) for column in _COLUMNS])


def _harmless(value: object) -> object:
    """Keep a spreadsheet from reading a text as a formula (OWASP: CSV injection); BCE dates stay dates."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not value[1:5].isdigit():
        return "'" + value
    return value


_FORMATS: dict[str, Callable[[Iterable[Event], TextIO], None]] = {
    "table": _table,
    "json": _json,
    "ndjson": _ndjson,
    "csv": _csv,
}
