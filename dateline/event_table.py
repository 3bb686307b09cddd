"""Events as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.event import Event
from service.dates_in_words import in_words

_WIDTH_OF_FILES = 120
_ROOM_FOR_PLACES = 110


def print_events(events: Iterable[Event], out: TextIO) -> None:
    """Print events as a table, as wide as the terminal; in files and pipes 120 columns."""
    console = Console(file=out, width=None if out.isatty() else _WIDTH_OF_FILES)
    console.print(_table(events, with_places=console.width >= _ROOM_FOR_PLACES))


def _table(events: Iterable[Event], *, with_places: bool) -> Table:
    table = Table(expand=True, pad_edge=False)
    table.add_column("when", max_width=19)
    table.add_column("event", ratio=1)
    if with_places:
        table.add_column("where", max_width=16)
    table.add_column("category", no_wrap=True)
    table.add_column("modality", no_wrap=True)
    table.add_column("sources", justify="right", no_wrap=True)
    for event in events:
        places = [Text(", ".join(place.name for place in event.places))] if with_places else []
        count = str(event.source_count)
        table.add_row(in_words(event.when), Text(event.title), *places, event.category or "", event.modality, count)
    return table
