from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.civil import END_DAY, format_day, parse_day
from schemas.event import Event
from schemas.mention import Actor, Place
from schemas.vocabulary import Category
from schemas.when import When
from timeline.windows import MOST_NAMES, Contribution, Grain, TooManyWindows, Windows, keys_between, window_key


def make_event(
    name: str,
    revision: int = 1,
    day: int = 25,
    category: Category | None = None,
    mentions: int = 1,
    places: Iterable[str] = (),
    actors: Iterable[str] = (),
    **more: object,
) -> Event:
    when = When(
        start=f"2025-06-{day}", end=f"2025-06-{day + 1}", granularity="day", value=f"2025-06-{day}",
        edtf=f"2025-06-{day}", anchor="explicit", rule="test",
    )  # fmt: skip
    return Event(
        event_id=name, revision=revision, bucket=f"2025-06-{day}", title=name, when=when, category=category,
        modality="asserted", confidence=0.5, mention_count=mentions, article_count=1, source_count=1,
        places=tuple(Place(name=place) for place in places), actors=tuple(Actor(name=actor) for actor in actors),
        **more,
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


def test_a_window_counts_the_events_of_each_place_and_actor_once() -> None:
    windows = Windows()
    windows.add(make_event("e1", places=["Velden", "Arden", "Velden"], actors=["Mira Holt"]))
    windows.add(make_event("e2", places=["Velden"]))
    window = windows.window("2025-06-25")
    assert list(window.by_place.items()) == [("Velden", 2), ("Arden", 1)]
    assert (window.place_count, window.actor_count, window.by_actor) == (2, 1, {"Mira Holt": 1})


def test_a_window_names_the_actors_of_the_most_events_and_counts_all() -> None:
    windows = Windows()
    for number in range(MOST_NAMES + 10):
        windows.add(make_event(f"e{number}", actors=[f"Actor {number:04d}"]))
    windows.add(make_event("again", actors=[f"Actor {MOST_NAMES + 9:04d}"]))
    window = windows.window("2025-06-25")
    assert window.actor_count == MOST_NAMES + 10
    assert len(window.by_actor) == MOST_NAMES
    assert next(iter(window.by_actor.items())) == (f"Actor {MOST_NAMES + 9:04d}", 2)


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
    day=st.integers(24, 26),
    category=categories,
    mentions=st.integers(0, 4),
    places=st.lists(st.sampled_from(["Arden", "Velden"]), max_size=3),
    actors=st.lists(st.sampled_from(["Mira Holt", "Union of Weavers"]), max_size=3),
    retracted=st.booleans(),
)


@given(st.lists(revisions, max_size=20, unique_by=lambda event: (event.event_id, event.revision)), st.randoms())
def test_windows_equal_a_recount_whatever_the_order_and_the_repeats(events: list[Event], chance: random.Random) -> None:
    latest: dict[str, Event] = {}
    for event in events:
        if event.event_id not in latest or latest[event.event_id].revision < event.revision:
            latest[event.event_id] = event
    repeated = events + events[: len(events) // 2]
    chance.shuffle(repeated)
    windows = Windows()
    kept: dict[str, Contribution] = {}
    for event in repeated:
        kept |= {contribution.key: contribution for contribution in windows.add(event)}
    restored = Windows(chance.sample(list(kept.values()), len(kept)))
    for bucket in {one.bucket for one in kept.values()}:
        held = [event for event in latest.values() if event.bucket == bucket and not event.retracted]
        window = windows.window(bucket)
        assert window.event_count == len(held)
        assert window.mention_count == sum(event.mention_count for event in held)
        assert window.by_category == Counter(event.category or "none" for event in held)
        assert window.by_place == Counter(name for event in held for name in {place.name for place in event.places})
        assert window.by_actor == Counter(name for event in held for name in {actor.name for actor in event.actors})
        assert restored.window(bucket) == window


@given(st.lists(revisions, max_size=12, unique_by=lambda event: (event.event_id, event.revision)), st.randoms())
def test_the_order_of_events_leaves_the_same_windows(events: list[Event], chance: random.Random) -> None:
    ordered, shuffled = Windows(), Windows()
    for event in events:
        ordered.add(event)
    for event in chance.sample(events, len(events)):
        shuffled.add(event)
    latest = {event.event_id: max(e.revision for e in events if e.event_id == event.event_id) for event in events}
    for event in events:
        if event.revision == latest[event.event_id]:
            one, other = ordered.window(event.bucket), shuffled.window(event.bucket)
            assert one.model_copy(update={"revision": 1}) == other.model_copy(update={"revision": 1})


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


@given(st.integers(parse_day("-9999-01-01"), END_DAY - 800), st.integers(0, 800), st.sampled_from(get_args(Grain)))
def test_keys_between_are_those_of_the_periods_that_start_there(start: int, length: int, grain: Grain) -> None:
    digits = {"day": slice(None), "month": slice(-3), "year": slice(-6)}[grain]
    first = {"day": "", "month": "-01", "year": "-01-01"}[grain]
    days = (format_day(day) for day in range(start, start + length))
    expected = [window_key(day[digits]) for day in days if day.endswith(first)]
    assert keys_between(start, start + length, grain, 800) == expected


def test_too_many_keys_are_refused() -> None:
    assert len(keys_between(0, 10, "day", 10)) == 10
    with pytest.raises(TooManyWindows, match="more than 9 windows of a day"):
        keys_between(0, 10, "day", 9)
