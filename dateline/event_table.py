"""Events as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from schemas.event import Event
from service.dates_in_words import in_words


def event_table(events: Iterable[Event]) -> Table:
    """Return a table of events, one a row."""
    table = Table(show_lines=False, expand=False)
    table.add_column("when", no_wrap=True)
    table.add_column("event", ratio=1, overflow="fold")
    table.add_column("where")
    table.add_column("category")
    table.add_column("modality")
    table.add_column("sources", justify="right")
    for event in events:
        table.add_row(
            in_words(event.when),
            Text(event.title),
            Text(", ".join(place.name for place in event.places)),
            event.category or "",
            event.modality,
            str(event.source_count),
        )
    return table
