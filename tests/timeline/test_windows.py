from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import Event
from schemas.vocabulary import Category
from schemas.when import When
from timeline.windows import Contribution, Windows


def make_event(
    name: str, revision: int = 1, day: int = 25, category: Category | None = None, mentions: int = 1, **more: object
) -> Event:
    when = When(
        start=f"2025-06-{day}", end=f"2025-06-{day + 1}", granularity="day", value=f"2025-06-{day}",
        edtf=f"2025-06-{day}", anchor="explicit", rule="test",
    )  # fmt: skip
    return Event(
        event_id=name, revision=revision, bucket=f"2025-06-{day}", title=name, when=when, category=category,
        modality="asserted", confidence=0.5, mention_count=mentions, article_count=1, source_count=1, **more,
    )  # fmt: skip


def test_a_window_counts_events_mentions_and_categories() -> None:
    windows = Windows()
    windows.add(make_event("e1", category="conflict", mentions=3))
    windows.add(make_event("e2", category="conflict"))
    windows.add(make_event("e3"))
    window = windows.window("2025-06-25")
    assert (window.event_count, window.mention_count) == (3, 5)
    assert window.by_category == {"conflict": 2, "none": 1}
    assert (window.window, window.start, window.end) == ("timeline:2025-06-25", "2025-06-25", "2025-06-26")


def test_an_older_or_equal_revision_is_not_counted_again() -> None:
    windows = Windows()
    assert windows.add(make_event("e1", revision=2)) is not None
    assert windows.add(make_event("e1", revision=2)) is None
    assert windows.add(make_event("e1", revision=1, mentions=9)) is None
    assert windows.window("2025-06-25").mention_count == 1


@pytest.mark.parametrize("gone", [{"retracted": True}, {"redirect_to": "e9"}])
def test_a_retracted_or_merged_event_leaves_its_window(gone: dict[str, object]) -> None:
    windows = Windows()
    windows.add(make_event("e1", category="sport"))
    windows.add(make_event("e1", revision=2, category="sport", **gone))
    window = windows.window("2025-06-25")
    assert (window.event_count, window.mention_count, window.by_category) == (0, 0, {})
    assert window.revision == 2


def test_a_bucket_without_events_has_no_window() -> None:
    with pytest.raises(KeyError):
        Windows().window("2025-06-25")


categories: st.SearchStrategy[Category | None] = st.sampled_from(["conflict", "sport", None])
revisions = st.builds(
    make_event,
    name=st.sampled_from(["e1", "e2", "e3", "e4"]),
    revision=st.integers(1, 5),
    category=categories,
    mentions=st.integers(0, 4),
    retracted=st.booleans(),
)


@given(st.lists(revisions, max_size=20, unique_by=lambda event: (event.event_id, event.revision)), st.randoms())
def test_a_window_equals_a_recount_whatever_the_order_and_the_repeats(
    events: list[Event], chance: random.Random
) -> None:
    latest: dict[str, Event] = {}
    for event in events:
        if event.event_id not in latest or latest[event.event_id].revision < event.revision:
            latest[event.event_id] = event
    held = [event for event in latest.values() if not event.retracted]
    repeated = events + events[: len(events) // 2]
    chance.shuffle(repeated)
    windows = Windows()
    for event in repeated:
        windows.add(event)
    if not events:
        return
    window = windows.window("2025-06-25")
    assert window.event_count == len(held)
    assert window.mention_count == sum(event.mention_count for event in held)
    assert window.by_category == Counter(event.category or "none" for event in held)
    assert window.revision == sum(event.revision for event in latest.values())


def test_windows_built_from_kept_contributions_are_the_same() -> None:
    live = Windows()
    kept: dict[str, Contribution] = {}
    for event in (make_event("e1"), make_event("e2", category="sport"), make_event("e1", revision=2, mentions=7)):
        contribution = live.add(event)
        assert contribution is not None
        kept[contribution.event_id] = contribution
    assert Windows(reversed(kept.values())).window("2025-06-25") == live.window("2025-06-25")
