"""Faust's consumer, mended where it loses the first messages of a partition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from faust.transport.drivers import aiokafka
from faust.types import TP


class Consumer(aiokafka.Consumer):
    """Goes back to the first message of a partition as long as no offset of it is committed.

    Faust drops what it has fetched whenever its flow is interrupted (a rebalance, a broker's restart) and goes back to
    the committed offsets; of a partition without one it reads on from where the fetch had come to. aiokafka skips the
    seek for an offset of 0 as well.
    """

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek all partitions to their committed offsets; those of agents without one to their first message."""
        committed = await super().seek_to_committed()
        changelogs: Any = self.app.tables.changelog_topics  # recovery seeks these itself
        fresh = [tp for tp, offset in committed.items() if not offset and tp.topic not in changelogs]
        if fresh:
            await self.seek_wait(await self.earliest_offsets(*fresh))
        return committed
