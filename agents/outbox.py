"""What a batch sends: delivered and confirmed before the batch is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import faust

from agents.app import Event, Stream
from schemas.dead_letter import DeadLetter
from schemas.headers import message_headers
from schemas.record import Record

Clock = Callable[[], datetime]
"""Returns the present as an aware instant."""


class Outbox:
    """Sends the messages of one agent and knows which are still unconfirmed.

    Args:
        stage: the agent's name, which messages and dead letters carry.
        dead_letters: topic for what the agent cannot process.
        clock: dates the dead letters.
    """

    def __init__(self, stage: str, dead_letters: faust.TopicT, clock: Clock) -> None:
        self.stage = stage
        self._dead_letters = dead_letters
        self._clock = clock
        self._pending: list[Awaitable[Any]] = []

    async def send(
        self, topic: faust.TopicT, key: str, record: Record | None, kind: str, partition: int | None = None
    ) -> None:
        """Queue a record under a key; None sends a tombstone. The key decides the partition unless one is given."""
        await self.send_bytes(
            topic, key.encode(), None if record is None else record.to_json(), message_headers(kind, key, self.stage),
            partition,
        )  # fmt: skip

    async def send_bytes(
        self,
        topic: faust.TopicT,
        key: bytes,
        value: bytes | None,
        headers: list[tuple[str, bytes]] | None = None,
        partition: int | None = None,
    ) -> None:
        """Queue a message as it is."""
        # The first await only queues the message; what it returns is fulfilled once the broker has confirmed it.
        self._pending.append(await topic.send(key=key, value=value, headers=headers, partition=partition))

    async def dead_letter(self, event: Event, error: Exception) -> None:
        """Queue a dead letter for a message that this stage cannot process."""
        letter = dead_letter_of(event, error, self.stage, self._clock)
        await self.send(self._dead_letters, f"{letter.topic}:{letter.partition}:{letter.offset}", letter, "dead-letter")

    async def confirmed(self) -> None:
        """Wait until the broker has confirmed all that was queued; raises what failed."""
        pending, self._pending = self._pending, []
        await asyncio.gather(*pending)


def dead_letter_of(event: Event, error: Exception, stage: str, clock: Clock) -> DeadLetter:
    """Describe a message that could not be processed, with its bytes and its origin."""
    message = event.message
    return DeadLetter.of(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        stage=stage,
        error=error,
        key=message.key,
        value=message.value,
        now=clock(),
    )


async def acknowledge(stream: Stream, batch: Sequence[Event]) -> None:
    """Let the offsets of a batch be committed: the last thing an agent does with it."""
    for event in batch:
        await stream.ack(event)
