"""State of an agent: a plain Faust table whose changes are confirmed before the batch is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import faust

from agents.app import RAW, Cluster
from agents.outbox import Outbox
from schemas.record import Record

_Entry = TypeVar("_Entry", bound=Record)


class State(Generic[_Entry]):
    """Records by key, kept in a compacted changelog on the partition of the message that changed them.

    Faust's own `table[key] = value` is not used for writing: it takes the partition from the message that was
    *received* last, which in a batch need not be the one in hand, and nobody learns when the changelog refuses it.

    Attributes:
        stale: whether what was derived from the table must be built again: at the start and after each rebalance.
    """

    def __init__(self, app: faust.App, name: str, entry: type[_Entry], cluster: Cluster) -> None:
        self._table: Any = app.Table(name, partitions=cluster.partitions, key_type=bytes, value_type=bytes, schema=RAW)
        self._entry = entry
        self.stale = True

        async def rebalanced(*_args: object, **_kwargs: object) -> None:
            self.stale = True

        self._rebalanced = rebalanced  # signals hold weak references
        app.on_rebalance_complete.connect(rebalanced)

    def get(self, key: str) -> _Entry | None:
        """Return the record of a key, None when there is none."""
        value = self._table.data.get(key.encode())
        return None if value is None else self._entry.from_json(value)

    def entries(self) -> Iterator[_Entry]:
        """Iterate over all records of this worker's partitions."""
        for value in list(self._table.data.values()):
            if value is not None:
                yield self._entry.from_json(value)

    async def put(self, outbox: Outbox, key: str, record: _Entry | None, partition: int) -> None:
        """Set or, with None, remove the record of a key; it counts once the outbox is confirmed.

        Args:
            outbox: carries the change to the changelog.
            key: of the record.
            record: the new one.
            partition: of the message that changed it.
        """
        raw_key, value = key.encode(), None if record is None else record.to_json()
        await outbox.send_bytes(self._table.changelog_topic, raw_key, value, partition=partition)
        if value is None:
            self._table.data.pop(raw_key, None)
        else:
            self._table.data[raw_key] = value
