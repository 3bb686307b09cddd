"""Write what was decoded, in inserts of bounded size, with patience for a store that does not answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from agents.app import Event
from store.errors import StoreUnavailable

log = logging.getLogger(__name__)

BYTES = 16_000_000
"""Most bytes of messages that go into one insert; what is larger by itself has one of its own."""

PATIENCE = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to write; after the last the process ends, and Kafka keeps what it had not acknowledged."""

Row = tuple[Any, ...]
"""What the store writes of a message."""

Write = Callable[[Sequence[Row]], None]


async def insert(write: Write, rows: Sequence[tuple[Event, Row]]) -> list[tuple[Event, ValueError]]:
    """Write rows; return those that cannot be stored, each with the reason.

    Raises:
        StoreUnavailable: when the store did not answer for as long as `PATIENCE` says.
        StoreError: when it never will.
    """
    return [refused for some in by_bytes(rows) for refused in await _written(write, some)]


def by_bytes(rows: Sequence[tuple[Event, Row]]) -> Iterator[list[tuple[Event, Row]]]:
    """Cut rows into runs of at most `BYTES` bytes of messages."""
    some: list[tuple[Event, Row]] = []
    size = 0
    for event, row in rows:
        length = len(event.message.value or b"")
        if some and size + length > BYTES:
            yield some
            some, size = [], 0
        some.append((event, row))
        size += length
    if some:
        yield some


async def _written(write: Write, rows: Sequence[tuple[Event, Row]]) -> list[tuple[Event, ValueError]]:
    """Write rows in one insert; where one of them cannot be stored, find it by halves, and return those that cannot."""
    try:
        await _patiently(write, [row for _, row in rows])
    except ValueError as error:
        if len(rows) == 1:
            return [(rows[0][0], error)]
        half = len(rows) // 2
        return [*await _written(write, rows[:half]), *await _written(write, rows[half:])]
    return []


async def _patiently(write: Write, rows: Sequence[Row]) -> None:
    for pause in PATIENCE:
        try:
            return await asyncio.to_thread(write, rows)
        except StoreUnavailable as error:
            log.warning("%s; trying again in %.1f s", error, pause)
            await asyncio.sleep(pause)
    return await asyncio.to_thread(write, rows)
