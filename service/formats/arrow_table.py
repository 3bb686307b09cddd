"""Parquet and Arrow: the table for data frames, a row group or record batch at a time.

Dates stand as ISO text, and as day numbers from 1970-01-01 (`start_day`, `end_day`): the date types of both formats
could carry every year, but most of what reads them cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from service.formats.columns import Column, batches, columns
from service.formats.document import About, Stored

_TYPES = {"text": pa.string(), "texts": pa.list_(pa.string()), "int": pa.int64(), "float": pa.float64()}


class _Table:
    """A table that is written batch by batch."""

    streamed = True
    with_fields = True

    def __init__(self, open_writer: Callable[[_Sink, pa.Schema], Any]) -> None:
        self._open_writer = open_writer

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write a row group or record batch for each batch of events, each handed on when it is there."""
        wanted = columns(about.fields)
        sink = _Sink()
        with self._open_writer(sink, _schema(wanted)) as writer:
            for batch in batches(events):
                writer.write_batch(_record_batch(batch, wanted))
                yield sink.take()
        yield sink.take()


class Parquet(_Table):
    """Apache Parquet, compressed with zstd; readers need the end of the file."""

    name = "parquet"
    media_type = "application/vnd.apache.parquet"
    extension = "parquet"

    def __init__(self) -> None:
        super().__init__(lambda sink, schema: pq.ParquetWriter(sink, schema, compression="zstd"))


class Arrow(_Table):
    """Apache Arrow's stream format: each batch is readable as soon as it is there."""

    name = "arrow"
    media_type = "application/vnd.apache.arrow.stream"
    extension = "arrows"

    def __init__(self) -> None:
        super().__init__(pa.ipc.new_stream)


class _Sink:
    """A file that is taken away piece by piece."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Hold nothing back."""

    def close(self) -> None:
        """Keep what was not yet taken."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _schema(wanted: list[Column]) -> Any:
    return pa.schema([(column.name, _TYPES[column.type]) for column in wanted])


def _record_batch(records: list[dict[str, Any]], wanted: list[Column]) -> Any:
    schema = _schema(wanted)
    arrays = [pa.array(map(column.read, records), type=_TYPES[column.type]) for column in wanted]
    return pa.record_batch(arrays, schema=schema)
