"""Rows of JSON: one a line (JSONL), or a document that is one row or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Protocol

from producers.decoding import decode, not_utf8
from producers.items import MAX_LINE_BYTES, Found, Item, Unreadable


class Lines(Protocol):
    """A stream that is read by lines."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line, or its first `size` bytes; nothing at the end."""


def read_lines(stream: Lines, origin: str) -> Iterator[Item]:
    """Read JSONL: one row a line, blank lines left out; a line that is too long is passed over."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        where = f"{origin}:{number}"
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            yield Unreadable(where, f"a line of more than {MAX_LINE_BYTES:,} bytes")
        elif line.strip():
            try:
                yield Found(where, json.loads(line.decode("utf-8-sig")))
            except UnicodeDecodeError as error:
                yield Unreadable(where, not_utf8(error))
            except (json.JSONDecodeError, RecursionError, ValueError) as error:
                yield Unreadable(where, f"not JSON: {error}")


def read_json(data: bytes, origin: str) -> Iterator[Item]:
    """Read a JSON document that is one row or a list of rows."""
    try:
        document = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        yield Unreadable(origin, f"not JSON: {error}")
        return
    rows = document if isinstance(document, list) else [document]
    for number, row in enumerate(rows, 1):
        yield Found(f"{origin}#{number}" if len(rows) > 1 else origin, row)
