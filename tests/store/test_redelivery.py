"""Messages of a log, delivered at least once to a writer that may die between any two statements."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.event import Event
from store.event_writer import write_events
from store.incoming import read_event
from store.query import EventQuery, Origin
from store.timeline_store import TimelineStore
from tests.store.records import an_event

DAYS = ["1912-04-14", "1912-04-15", "-0043-03-15"]
TABLES = ("events", "event_keys", "event_history", "unsettled", "feed_positions")


class Died(Exception):
    pass


class Mortal:
    """A client that dies before one of its inserts."""

    def __init__(self, client: Any, inserts: int) -> None:
        self._client = client
        self._left = inserts

    def __getattr__(self, name: str) -> Any:
        if name in ("insert", "insert_arrow", "command"):
            self._left -= 1
            if self._left < 0:
                raise Died
        return getattr(self._client, name)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Events with growing revisions, in the order of one partition."""
    revisions = dict.fromkeys(["e_1", "e_2", "e_3"], 0)
    log = []
    for event_id in draw(st.lists(st.sampled_from(list(revisions)), min_size=1, max_size=8)):
        revisions[event_id] += 1
        start = draw(st.sampled_from(DAYS))
        retracted = draw(st.integers(0, 5)) == 0
        log.append(an_event(event_id, start, "2012-04-16", revision=revisions[event_id], retracted=retracted))
    return log


def deliver(store: TimelineStore, log: list[Event], data: st.DataObject) -> None:
    """Write the log in batches; each may die, after which some of what was written before comes again, too."""
    at = 0
    deaths = data.draw(st.lists(st.integers(0, 7), max_size=4), label="inserts before each death")
    while at < len(log):
        end = min(len(log), at + data.draw(st.integers(1, 4), label="batch"))
        batch = [(read_event(log[n].to_json()), Origin("events", 0, n, 1000 + n)) for n in range(at, end)]
        try:
            write_events(Mortal(store._client(), deaths.pop() if deaths else 99), batch)  # type: ignore[arg-type]
            at = end
        except Died:
            at = data.draw(st.integers(max(0, at - 2), at), label="from")
        shown = [event.event_id for event in store.events(EventQuery()).events]
        assert len(set(shown)) == len(shown), "an event stands in two places"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(), data=st.data())
def test_the_timeline_is_that_of_an_undisturbed_run(
    store: TimelineStore, log: list[Event], data: st.DataObject
) -> None:
    for table in TABLES:
        store._client().command(f"TRUNCATE TABLE {table}")
    deliver(store, log, data)
    last = {event.event_id: event for event in log}
    assert {event.event_id: event for event in store.events(EventQuery()).events} == {
        event_id: event for event_id, event in last.items() if not event.retracted
    }
    assert [store.event(event_id) for event_id in last] == [
        None if event.retracted else event for event in last.values()
    ]


def test_what_died_after_its_events_is_looked_up_when_it_comes_again_in_part(store: TimelineStore) -> None:
    told = [an_event(start=day, end="2012-04-16", revision=n + 1) for n, day in enumerate(DAYS[:2])]
    batch = [(read_event(event.to_json()), Origin("events", 0, n, 1)) for n, event in enumerate(told)]
    with pytest.raises(Died):  # history, keys and events are written, the position is not
        write_events(Mortal(store._client(), 3), batch)  # type: ignore[arg-type]
    write_events(store._client(), batch[:1])
    assert store.events(EventQuery()).events == told[1:]


def test_an_agent_that_sends_a_first_revision_again_makes_no_second_event(store: TimelineStore) -> None:
    store._client().command("SYSTEM STOP MERGES events")
    told = [an_event(f"e_{n}", day, "2012-04-16") for n, day in enumerate(DAYS)]
    for sent in range(2):
        batch = [(event, Origin("events", 0, sent * len(told) + n, 1000 + sent)) for n, event in enumerate(told)]
        store.write_events(batch)
    assert {event.event_id for event in store.events(EventQuery()).events} == {"e_0", "e_1", "e_2"}
    assert len(store.events(EventQuery()).events) == 3
    assert store.facets(EventQuery(), []).total == 3
    histogram = store.buckets(EventQuery(), "century")
    assert sum(bucket.count for bucket in histogram.buckets) + histogram.coarser == 3


def test_a_topic_made_anew_does_not_show_an_event_twice(store: TimelineStore) -> None:
    def write(start: str, revision: int, offset: int, time: int) -> None:
        event = an_event(start=start, end="2012-04-16", revision=revision)
        store.write_events([(event, Origin("events", 0, offset, time))])

    write(DAYS[0], 1, 4, 100)
    write(DAYS[1], 2, 5, 101)
    store.write_events([(an_event("e_new"), Origin("events", 0, 0, 900))])
    write(DAYS[2], 1, 6, 901)
    assert {(one.event_id, one.revision) for one in store.events(EventQuery()).events} == {("e_1", 2), ("e_new", 1)}
