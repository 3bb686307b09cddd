"""The highest revision holds, wherever it stands, however often and in whatever order it is delivered."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.civil import parse_moment
from schemas.event import Event
from store.interval import interval_of
from store.query import EventQuery
from store.rows import EVENT_KEYS
from store.timeline_store import TimelineStore
from store.writer import insert
from tests.store.records import ORIGIN, an_event

ALL = EventQuery()
OLD = an_event(start="1912-04-14", end="1912-04-15", revision=1)
NEW = an_event(start="1912-04-01", end="1912-05-01", granularity="month", revision=2)
GONE = an_event(start="1912-04-01", end="1912-05-01", granularity="month", revision=3, retracted=True)


def write(store: TimelineStore, *events: Event) -> None:
    store.write_events([(event, ORIGIN) for event in events])


def merge(store: TimelineStore) -> None:
    store._client().command("OPTIMIZE TABLE events FINAL")
    store._client().command("OPTIMIZE TABLE event_keys FINAL")


def test_a_revision_replaces_the_one_before(store: TimelineStore) -> None:
    write(store, an_event(revision=1, title="17 killed"))
    write(store, an_event(revision=2, title="20 killed"))
    assert [event.title for event in store.events(ALL).events] == ["20 killed"]


def test_an_event_that_moves_leaves_nothing_behind(store: TimelineStore) -> None:
    write(store, OLD)
    write(store, NEW)
    assert store.events(ALL).events == [NEW]
    assert store.event("e_1") == NEW
    assert store.counts()["events"] == 1
    merge(store)
    assert store.events(ALL).events == [NEW]


def test_a_late_older_revision_does_not_return(store: TimelineStore) -> None:
    write(store, NEW)
    write(store, OLD)
    assert store.events(ALL).events == [NEW]
    write(store, OLD, NEW, OLD)
    merge(store)
    write(store, OLD)
    assert store.events(ALL).events == [NEW]


def test_an_event_may_move_there_and_back(store: TimelineStore) -> None:
    back = an_event(start="1912-04-14", end="1912-04-15", revision=3)
    for event in (OLD, NEW, back, NEW, OLD):
        write(store, event)
    assert store.events(ALL).events == [back]


def test_a_retraction_takes_an_event_from_every_answer(store: TimelineStore) -> None:
    write(store, OLD, an_event("e_2"))
    write(store, GONE)
    write(store, NEW)
    ids = [event.event_id for event in store.events(ALL).events]
    assert ids == ["e_2"]
    assert store.event("e_1") is None
    assert [event.event_id for event in store.newest(10)] == ["e_2"]
    assert sum(bucket.count for bucket in store.buckets(ALL, "year").buckets) == 1
    assert store.counts()["events"] == 1


def test_a_retracted_event_may_come_back(store: TimelineStore) -> None:
    write(store, GONE)
    again = an_event(start="1912-04-14", end="1912-04-15", revision=4)
    write(store, again)
    assert store.events(ALL).events == [again]


def test_an_event_merged_away_is_found_by_id_alone(store: TimelineStore) -> None:
    merged = an_event(revision=2, redirect_to="e_2")
    write(store, an_event(revision=1), an_event("e_2"))
    write(store, merged)
    assert [event.event_id for event in store.events(ALL).events] == ["e_2"]
    assert store.event("e_1") == merged
    assert sum(bucket.count for bucket in store.buckets(ALL, "day").buckets) == 1


def test_a_write_that_died_between_the_tables_is_mended_by_its_repetition(store: TimelineStore) -> None:
    write(store, OLD)
    insert(store._client(), EVENT_KEYS, [("e_1", *interval_of(NEW.when).key, NEW.revision)])
    assert store.events(ALL).events == [OLD]
    write(store, NEW)
    assert store.events(ALL).events == [NEW]


def test_an_unmoved_event_costs_one_row(store: TimelineStore) -> None:
    for _ in range(5):
        write(store, OLD)
    merge(store)
    assert store._client().query("SELECT count() FROM events").result_rows == [(1,)]


REVISIONS = st.builds(
    an_event,
    event_id=st.sampled_from(["e_1", "e_2"]),
    revision=st.integers(1, 4),
    start=st.sampled_from(["1912-04-14", "1912-04-15", "-0043-03-15"]),
    end=st.sampled_from(["1912-04-16", "2012-04-16", None]),
    retracted=st.booleans(),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    revisions=st.lists(REVISIONS, max_size=6, unique_by=lambda event: (event.event_id, event.revision)),
    data=st.data(),
)
def test_order_and_repetition_do_not_matter(store: TimelineStore, revisions: list[Event], data: st.DataObject) -> None:
    for table in ("events", "event_keys", "event_history"):
        store._client().command(f"TRUNCATE TABLE {table}")
    delivered = data.draw(st.permutations(revisions + data.draw(st.lists(st.sampled_from(revisions), max_size=4))
                                          if revisions else []))  # fmt: skip
    size = data.draw(st.integers(1, 4))
    for first in range(0, len(delivered), size):
        write(store, *delivered[first : first + size])
    held = {event.event_id: event for event in sorted(revisions, key=lambda event: event.revision)}
    expected = {event_id: event for event_id, event in held.items() if not event.retracted}
    found = store.events(ALL).events
    assert {event.event_id: event for event in found} == expected
    assert len(found) == len(expected)
    ends = {moment for event in revisions if (moment := event.when.end)}
    for end in ends:  # in every range, not only over all time
        narrow = EventQuery(start=parse_moment("1912-04-14"), end=parse_moment(end))
        assert {e.event_id for e in store.events(narrow).events} <= set(expected)
