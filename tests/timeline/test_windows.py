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
    assert windows.add(make_event("e1", revision=2))
    assert not windows.add(make_event("e1", revision=2))
    assert not windows.add(make_event("e1", revision=1, mentions=9))
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
    moved = make_event("e2", revision=3, day=24, category="sport")
    for event in (
        make_event("e1"),
        make_event("e2", category="sport"),
        make_event("e1", revision=2, mentions=7),
        moved,
    ):
        kept |= {contribution.key: contribution for contribution in live.add(event)}
    restored = Windows(reversed(kept.values()))
    for bucket in ("2025-06-24", "2025-06-25"):
        assert restored.window(bucket) == live.window(bucket)


def test_an_event_whose_date_becomes_another_leaves_its_window() -> None:
    windows = Windows()
    windows.add(make_event("e1", day=25, mentions=2))
    kept = windows.add(make_event("e1", revision=2, day=26, mentions=3))
    assert [(one.bucket, one.counted) for one in kept] == [("2025-06-26", True), ("2025-06-25", False)]
    old, new = windows.window("2025-06-25"), windows.window("2025-06-26")
    assert (old.event_count, old.mention_count, old.revision) == (0, 0, 2)
    assert (new.event_count, new.mention_count) == (1, 3)


def test_a_crash_between_the_records_of_a_move_counts_the_event_once() -> None:
    windows = Windows()
    before = windows.add(make_event("e1", day=25))
    moved, _ = windows.add(make_event("e1", revision=2, day=26))
    restored = Windows([*before, moved])
    assert restored.window("2025-06-25") == windows.window("2025-06-25")
    assert restored.window("2025-06-26") == windows.window("2025-06-26")
