"""The dates that matter most as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.event import Event
from service.dates_in_words import in_words

_WIDTH_OF_FILES = 120


class DateRow(NamedTuple):
    """A date of the timeline: ISO day, its place among all dates (1 is the most important), score, best events."""

    date: str
    rank: int
    score: float
    events: list[Event]


def print_dates(rows: Iterable[DateRow], out: TextIO) -> None:
    """Print dates in the order of time, as wide as the terminal; in files and pipes 120 columns."""
    console = Console(file=out, width=None if out.isatty() else _WIDTH_OF_FILES)
    table = Table(expand=True, pad_edge=False)
    table.add_column("date", no_wrap=True)
    table.add_column("rank", justify="right", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("when", max_width=24)
    table.add_column("event", ratio=1)
    table.add_column("sources", justify="right", no_wrap=True)
    for row in rows:
        place = (row.date, str(row.rank), f"{row.score:.2f}")
        for event in row.events:
            table.add_row(*place, in_words(event.when), Text(event.title), str(event.source_count))
            place = ("", "", "")
        if not row.events:
            table.add_row(*place, "", Text("named only", style="dim"), "")
    console.print(table)
