"""Tagging costs what the text is long, whatever stands in it: work is counted, not timed.

Work is the number of Python and C calls, and of tokens read one by one or in slices (a slice is a single call).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

import extraction.timex
from extraction.temporal.discourse import Discourse

SMALLEST = 1_000
ENOUGH_WORK = 60_000  # beyond it a size is not doubled again: what is not linear shows long before
MOST_GROWTH = 2.3
SETTLED = 2_000  # less work than this says nothing yet: reading a word for the first time costs extra

PIECES = {
    "digits": "1",
    "dashes": "-",
    "letters": "a",
    "opening parentheses": "(",
    "apostrophes": "'",
    "blanks": " ",
    "blank lines": " \n",
    "full stops": ".",
    "initials": "a.",
    "numbers": "1 2 3 ",
    "numbers with commas": "1,111,",
    "numbers with points": "1.1",
    "numbers with slashes": "1/",
    "numbers with colons": "10:",
    "conjunctions": "and and ",
    "articles": "of the ",
    "years": "1990-",
    "decades": "'90s ",
    "ISO days": "2014-01-01-",
    "nested days": "the day before ",
    "weekdays": "Monday, Tuesday, ",
    "weekdays to come": "to close Friday ",
    "days of a month": "May 3, ",
    "the fifths": "the 5th x ",
    "suns": "Sun x ",
    "years earlier": "a year earlier ",
    "relative words": "last next this ",
    "modifiers": "early late mid-",
    "spelled numbers": "twenty-five hundred ",
    "months of that year": "October of that year ",
}
# What stands before the pieces, the domain, and the largest text in characters.
SETTINGS: dict[str, tuple[str, extraction.timex.Domain, int]] = {
    "alone": ("", "news", 1_000_000),
    "after a day": ("3 May 1997 ", "news", 60_000),
    "after a year": ("In 1990 ", "narrative", 60_000),
    "after a set": ("every Monday ", "colloquial", 60_000),
}


class Work:
    """Counts the calls and the tokens read while it is watching."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            self.done += 1


class Counted(list[str]):
    """A list of tokens that counts those read."""

    work: Work

    def __getitem__(self, key: Any) -> Any:
        self.work.done += len(range(*key.indices(len(self)))) if isinstance(key, slice) else 1
        return super().__getitem__(key)


class CountedDiscourse(Discourse):
    """A discourse whose tokens and words are counted when read."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, Counted(value) if name in ("tokens", "words") else value)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    counter = Work()
    monkeypatch.setattr(Counted, "work", counter, raising=False)
    monkeypatch.setattr(extraction.timex, "Discourse", CountedDiscourse)
    yield counter
    sys.setprofile(None)


def spent(work: Work, text: str, domain: extraction.timex.Domain) -> int:
    work.done = 0
    sys.setprofile(work)
    try:
        extraction.timex.tag(text, published_at="2014-10-15", domain=domain)
    finally:
        sys.setprofile(None)
    return work.done


def repeated(head: str, piece: str, size: int) -> str:
    return (head + piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_twice_the_text_is_about_twice_the_work(
    work: Work, piece: str, setting: tuple[str, extraction.timex.Domain, int]
) -> None:
    head, domain, largest = setting
    spent(work, repeated(head, piece, SMALLEST), domain)  # compiles patterns, learns words
    size, before = SMALLEST, spent(work, repeated(head, piece, SMALLEST), domain)
    while size < largest and (size < 4 * SMALLEST or before < ENOUGH_WORK):
        size *= 2
        after = spent(work, repeated(head, piece, size), domain)
        assert after <= max(MOST_GROWTH * before, SETTLED), f"{size} characters: {before} grew to {after}"
        before = after


def test_a_slice_counts_all_that_it_reads(work: Work) -> None:
    tokens = Counted(["a", "b", "c", "d"])
    assert (tokens[1:], tokens[0]) == (["b", "c", "d"], "a")
    assert work.done == 4
