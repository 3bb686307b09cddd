"""Tables with a header line: comma, semicolon, tab or bar between columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from typing import BinaryIO

from producers.decoding import decode
from producers.items import MAX_LINE_BYTES, Found, Item, Unreadable
from producers.sniff import separator


def read_csv(head: bytes, stream: BinaryIO, origin: str, columns: Collection[str] = ()) -> Iterator[Item]:
    """Read a table, one article a line; names of columns are taken in lower case, empty cells are left out.

    Args:
        head: the first bytes of the table, for its encoding and separator.
        stream: the whole table.
        origin: its name.
        columns: names of columns by which the table is known, see `producers.sniff`.
    """
    encoding = _encoding(head)
    first = decode(head).lstrip("\ufeff").lstrip().split("\n", 1)[0]
    mark = separator(first, columns) or ","
    csv.field_size_limit(MAX_LINE_BYTES)
    lines = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    reader = csv.reader(_without_leading_blanks(lines), delimiter=mark, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader)]
        for cells in reader:
            where = f"{origin}:{reader.line_num}"
            if not any(cells):
                continue
            if len(cells) != len(header):
                yield Unreadable(where, f"{len(cells)} cells, but the header has {len(header)} columns")
            elif any("\udc80" <= character <= "\udcff" for cell in cells for character in cell):
                yield Unreadable(where, f"not {encoding.removesuffix('-sig').upper()}: convert the input to UTF-8")
            else:
                yield Found(where, {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()})
    except csv.Error as error:
        yield Unreadable(f"{origin}:{reader.line_num}", f"not CSV: {error}; what follows was not read")
    finally:
        lines.detach()


def _without_leading_blanks(lines: io.TextIOWrapper) -> Iterator[str]:
    started = False
    for line in lines:
        started = started or bool(line.strip())
        if started:
            yield line


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # incremental: the head may end within a character
    except UnicodeDecodeError:
        return "cp1252" if decode(head) == head.decode("cp1252", "replace") else "utf-8-sig"
    return "utf-8-sig"
