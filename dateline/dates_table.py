"""The dates that matter most as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TextIO

from rich.bar import Bar
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from schemas.event import Event
from service.dates_in_words import in_words

_WIDTH_OF_FILES = 120
_WIDTH_OF_BARS = 12


class DateRow(NamedTuple):
    """A date of the timeline: ISO day, its place among all dates (1 is the most important), score, best events."""

    date: str
    rank: int
    score: float
    events: list[Event]


def print_dates(rows: Iterable[DateRow], out: TextIO) -> None:
    """Print dates in the order of time, as wide as the terminal; in files and pipes 120 columns.

    A bar says how much a date matters beside the best one; an event known to the hour or part of the day says so.
    """
    console = Console(file=out, width=None if out.isatty() else _WIDTH_OF_FILES)
    table = Table(expand=True, pad_edge=False)
    table.add_column("date", no_wrap=True)
    table.add_column("rank", justify="right", no_wrap=True)
    table.add_column("score", no_wrap=True, width=_WIDTH_OF_BARS)
    table.add_column("event", ratio=1)
    table.add_column("sources", justify="right", no_wrap=True)
    for row in rows:
        place: tuple[RenderableType, ...] = (row.date, str(row.rank), Bar(1.0, 0.0, row.score, width=_WIDTH_OF_BARS))
        for event in row.events:
            table.add_row(*place, _told(event), str(event.source_count))
            place = ("", "", "")
        if not row.events:
            table.add_row(*place, Text("named only", style="dim"), "")
    console.print(table)


def _told(event: Event) -> Text:
    hour = "" if event.when.granularity == "day" else f"{in_words(event.when)}: "
    return Text.assemble((hour, "dim"), event.title)
