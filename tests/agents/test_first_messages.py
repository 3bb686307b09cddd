"""What must not be acknowledged. The stream is a stand-in: a fetch is dropped only when a broker dies at one moment."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from agents.outbox import FirstMessages, MessagesMissed

MENTIONS = TP("dateline.mentions", 0)


def stream(committed: int | None = None) -> Any:
    offsets: defaultdict[TP, int | None] = defaultdict(lambda: None)
    offsets[MENTIONS] = committed
    return SimpleNamespace(app=SimpleNamespace(consumer=SimpleNamespace(_committed_offset=offsets)))


def batch(*offsets: int) -> Any:
    return [SimpleNamespace(message=SimpleNamespace(tp=MENTIONS, offset=offset)) for offset in offsets]


def test_a_partition_that_begins_at_its_first_message_is_read_on() -> None:
    first = FirstMessages()
    first.check(stream(), batch(0, 1))
    first.check(stream(), batch(2, 3))


def test_a_partition_with_a_committed_offset_may_begin_anywhere() -> None:
    FirstMessages().check(stream(committed=200), batch(200, 201))


def test_a_first_message_that_is_not_the_first_is_refused() -> None:
    with pytest.raises(MessagesMissed, match=r"dateline\.mentions:0 was delivered from 200 on"):
        FirstMessages().check(stream(), batch(200, 201))
