"""Inserts of the sink: bounded in bytes, tried again, and none lost for the sake of one row."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import inserts
from agents.inserts import Row, by_bytes, insert
from store.errors import StoreUnavailable


def a_row(number: int, size: int = 1) -> tuple[Any, Row]:
    return SimpleNamespace(message=SimpleNamespace(value=b"x" * size)), (number,)


@given(st.lists(st.integers(0, 7), max_size=30))
def test_inserts_are_bounded_and_hold_everything_in_order(sizes: list[int]) -> None:
    rows = [a_row(number, size * 3_000_000) for number, size in enumerate(sizes)]
    cut = list(by_bytes(rows))
    assert [row for some in cut for row in some] == rows
    assert all(some for some in cut)
    for some in cut:
        assert len(some) == 1 or sum(len(event.message.value) for event, _ in some) <= inserts.BYTES
    assert len(cut) <= 1 + sum(size * 3_000_000 for size in sizes) * 2 // inserts.BYTES


class Store:
    """Takes what it is given, but for numbers that it refuses; does not answer the first few times."""

    def __init__(self, *refused: int, outages: int = 0) -> None:
        self.refused = set(refused)
        self.outages = outages
        self.held: list[int] = []
        self.calls = 0

    def write(self, rows: Sequence[Row]) -> None:
        self.calls += 1
        if self.calls <= self.outages:
            raise StoreUnavailable("nobody there")
        numbers = [row[0] for row in rows]
        if self.refused & set(numbers):
            raise ValueError("cannot be stored")
        self.held += numbers


def test_one_that_cannot_be_stored_is_found_by_halves() -> None:
    store = Store(137)
    refused = asyncio.run(insert(store.write, [a_row(number) for number in range(1000)]))
    assert [str(error) for _, error in refused] == ["cannot be stored"]
    assert store.held == [number for number in range(1000) if number != 137]
    assert store.calls < 30


def test_a_store_that_comes_back_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inserts, "PATIENCE", (0.0, 0.0))
    store = Store(outages=2)
    assert asyncio.run(insert(store.write, [a_row(1), a_row(2)])) == []
    assert store.held == [1, 2]


def test_a_store_that_stays_away_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inserts, "PATIENCE", (0.0, 0.0))
    with pytest.raises(StoreUnavailable):
        asyncio.run(insert(Store(outages=3).write, [a_row(1)]))


def test_nothing_is_written_for_nothing() -> None:
    store = Store()
    assert asyncio.run(insert(store.write, [])) == []
    assert store.calls == 0
