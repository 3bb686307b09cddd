"""CSV: a row an event, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from service.formats.columns import Kind, batches, columns
from service.formats.document import About, Stored


class CsvTable:
    """RFC 4180 in UTF-8, with a heading; lists are joined by `; `."""

    name = "csv"
    media_type = "text/csv"
    extension = "csv"
    streamed = True
    with_fields = True

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything: dates are text."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the heading, then a batch of rows at a time."""
        wanted = columns(about.fields)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in wanted])
        for batch in batches(events):
            for record in batch:
                writer.writerow([_cell(column.read(record)) for column in wanted])
            yield _taken(out)
        yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _cell(value: Kind) -> Kind:
    return _harmless("; ".join(value) if isinstance(value, list) else value)


def _harmless(value: Kind) -> Kind:
    """Keep a spreadsheet from reading a text as a formula (OWASP: CSV injection); BCE dates stay dates."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not value[1:5].isdigit():
        return "'" + value
    return value
