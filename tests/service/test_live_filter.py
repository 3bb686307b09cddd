"""The live feed's filters take what a range query with the same parameters returns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.event import Event
from schemas.window import ActivityWindow, Window
from service.live_filter import FeedFilter, plain
from service.live_index import FilterIndex
from service.live_messages import Message, event_message, read_message
from service.parameters import LiveParameters
from store.query import EventQuery
from store.timeline_store import TimelineStore
from tests.store.test_against_naive import FILTERS, RANGES, events, write

DECIDED = {
    "start", "end", "match", "granularity", "category", "type", "actor", "place", "modality", "min_sources", "q",
    "country", "box", "near", "source", "language",
}  # fmt: skip
OF_PAGES_AND_THE_PAST = {"limit", "cursor", "sort", "as_of", "changed_since"}

QUERIES = st.builds(
    lambda one, other: replace(one, start=other.start, end=other.end, match=other.match), FILTERS, RANGES
)
TIMELINES = st.lists(events(), min_size=1, max_size=20, unique_by=lambda event: event.event_id)


def message_of(event: Event) -> Message:
    return event_message(event, event.model_dump_json())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimelineStore]:
    with TimelineStore(f"chdb://{tmp_path_factory.mktemp('chdb')}") as store:
        store.migrate()
        yield store


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(timeline=TIMELINES, queries=st.lists(st.one_of(FILTERS, RANGES, QUERIES), min_size=4, max_size=6))
def test_the_feed_takes_what_the_store_returns(
    store: TimelineStore, timeline: list[Event], queries: list[EventQuery]
) -> None:
    write(store, timeline)
    for query in map(plain, queries):
        wanted = FeedFilter(query=query)
        taken = [
            event.event_id for event in timeline if event_message(event, "").is_news and wanted.takes(message_of(event))
        ]
        assert sorted(taken) == sorted(event.event_id for event in store.events(query).events)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(timeline=TIMELINES, queries=st.lists(st.one_of(FILTERS, RANGES, QUERIES), max_size=8), data=st.data())
def test_the_index_finds_the_readers_that_asking_each_would_find(
    timeline: list[Event], queries: list[EventQuery], data: st.DataObject
) -> None:
    wanted = {
        number: FeedFilter(data.draw(st.sampled_from([None, "event", "window"])), q) for number, q in enumerate(queries)
    }
    index: FilterIndex[int] = FilterIndex()
    for number, one in wanted.items():
        index.add(one, number)
    gone = data.draw(st.sets(st.sampled_from(sorted(wanted)))) if wanted else set()
    for number in gone:
        index.discard(wanted.pop(number), number)
    assert sorted(index) == sorted(wanted)
    for event in timeline:
        found = index.readers_of(message_of(event))
        assert sorted(found) == [number for number, one in wanted.items() if one.takes(message_of(event))]


def test_every_condition_of_a_range_query_is_decided() -> None:
    assert {field.name for field in dataclasses.fields(EventQuery)} == DECIDED | OF_PAGES_AND_THE_PAST


def test_a_window_passes_filters_on_what_it_has() -> None:
    window = Window(
        window="timeline:2025-06-25", revision=1, granularity="day", start="2025-06-25", end="2025-06-26",
        event_count=1, mention_count=1, by_category={"politics": 1}, by_place={"Upper Arden": 1},
        by_actor={"Mira Holt": 1},
    )  # fmt: skip
    message = read_message("w", window.to_json())

    def takes(**parameters: object) -> bool:
        return LiveParameters.model_validate(parameters).wanted().takes(message)

    assert takes()
    assert takes(category=["politics", "sport"], to="2025-06-26")
    assert takes(**{"from": "2025-06", "to": "2025-07", "match": "within", "granularity": ["day"], "kind": "window"})
    assert not takes(category=["sport"])
    assert not takes(**{"from": "2025-06-26"})
    assert takes(place=["Arden"], actor=["mira holt", "Geneva"], kind="window")
    assert not takes(place=["Geneva"])
    assert not takes(actor=["Arden"])
    assert not takes(q="Arden")
    assert not takes(kind="event")


def test_a_window_of_activity_passes_filters_on_its_topics() -> None:
    window = ActivityWindow(
        window="activity:2025-06-25T10:15:00Z", revision=1, start="2025-06-25T10:15:00Z", end="2025-06-25T10:30:00Z",
        complete=False, article_count=2, mention_count=2, topic_count=2,
        by_topic={"place:Arden": 2, "category:sport": 1},
    )  # fmt: skip
    message = read_message("w", window.to_json())
    assert FeedFilter(query=EventQuery(place=("Arden",), category=("sport",))).takes(message)
    assert not FeedFilter(query=EventQuery(actor=("Arden",))).takes(message)


def test_retractions_and_redirects_pass_filters_on_events() -> None:
    gone = [
        Message("retraction", "{}", "e_1"),
        Message("redirect", "{}", "e_2"),
    ]
    politics = EventQuery(category=("politics",))
    assert [FeedFilter(query=politics).takes(message) for message in gone] == [True, True]
    assert [FeedFilter("window").takes(message) for message in gone] == [False, False]
