"""Faust's consumer, mended where it loses messages that it has fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from typing import Any

from faust.transport.drivers import aiokafka
from faust.types import TP, Message


class Consumer(aiokafka.Consumer):
    """Commits nothing behind a message that was fetched and is not acknowledged, and begins a partition at its head.

    Faust drops what it has fetched whenever its flow is interrupted (a rebalance, a broker's restart). It then goes
    back to the committed offsets; where none is committed, or 0 is, it reads on from where the fetch had come to. And
    a gap of a single message behind the committed offset it takes for none, and commits past it. Here an open message
    holds the commits back, so that who watches them ends the worker, and the next one reads the message again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open: defaultdict[TP, set[int]] = defaultdict(set)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:  # noqa: ASYNC109 - Faust's name
        """Yield what is fetched, and remember the offsets until they are acknowledged."""
        acks_enabled_for = self.app.topics.acks_enabled_for
        async for tp, message in super().getmany(timeout):
            committed = self._committed_offset[tp] or 0
            fresh = message.offset >= committed and message.offset not in self._acked_index[tp]
            if fresh and acks_enabled_for(message.topic):
                self._open[tp].add(message.offset)
            yield tp, message

    def ack(self, message: Message) -> bool:
        """Mark a message as acknowledged."""
        self._open[message.tp].discard(message.offset)
        return bool(super().ack(message))

    def _new_offset(self, tp: TP) -> int | None:
        offset: int | None = super()._new_offset(tp)
        return offset if offset is None else min((offset, *self._open[tp]))

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek all partitions to their committed offsets; those of agents without one to their first message."""
        committed = await super().seek_to_committed()
        self._open.clear()
        changelogs: Any = self.app.tables.changelog_topics  # recovery seeks these itself
        fresh = [tp for tp, offset in committed.items() if not offset and tp.topic not in changelogs]
        if fresh:
            await self.seek_wait(await self.earliest_offsets(*fresh))
        return committed
