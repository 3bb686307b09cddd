"""Migrations run forward, once each, and notice when history was rewritten."""

from __future__ import annotations

import pytest

from schemas.civil import parse_moment
from schemas.mention import Place
from store.client import StoreError
from store.event_table import event_table
from store.incoming import read_event
from store.migrations import Migration, migrate, read_migrations
from store.query import Box, EventQuery, Origin
from store.rows import EVENT_KEYS, EVENTS
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event

ROME = Place(name="Rome", country="IT", latitude=41.89, longitude=12.48, precision="city")
FRANCE = Place(name="France", country="FR", latitude=46.0, longitude=2.0, precision="country")


def test_each_is_applied_once(dsn: str) -> None:
    with TimelineStore(dsn) as store:
        names = store.migrate()
        assert names == sorted(names) != []
        assert store.migrate() == []
        store.write_events([(an_event(), ORIGIN)])
    with TimelineStore(dsn) as again:
        assert again.migrate() == []
        assert again.counts()["events"] == 1


def test_data_of_the_first_version_can_be_asked_all_that_is_new(dsn: str) -> None:
    """The tables as the first version made and filled them, then the migrations since."""
    events = [
        an_event(
            f"e_{n}", start, end, sources=("News.example",), languages=("en-GB",), source_count=n, article_count=n,
            confidence=0.5, last_seen="2025-06-26T00:00:00Z", title="Title", places=(place,),
        )
        for n, (start, end, place) in enumerate(
            [("-0043-03-15", "-0043-03-16", ROME), ("1912-04-01", "1912-05-01", FRANCE), ("2250-01-01", None, "Paris")]
        )
    ]  # fmt: skip
    with TimelineStore(dsn) as store:
        client = store._client()
        first, later = read_migrations()[:3], read_migrations()[3:]
        migrate(client, first)
        made = event_table([(read_event(event.to_json()), ORIGIN) for event in events])
        for table in (EVENTS, EVENT_KEYS):
            known = [row[0] for row in client.query(f"DESCRIBE TABLE {table.name}").result_rows]
            client.insert_arrow(table.name, made.select(known))
        assert store.migrate() == [migration.name for migration in later]
        assert store.events(EventQuery()).events == events
        assert store.events(EventQuery(sort="-importance")).events == events[::-1]
        for query, found in [
            (EventQuery(source=("news.example",), language=("en",)), events),
            (EventQuery(country=("IT",)), events[:1]),
            (EventQuery(box=Box(-90, -180, 90, 180)), events[:1]),
            (EventQuery(changed_since=parse_moment("2025-06-26")), events),
            (EventQuery(as_of=parse_moment("2025-06-25")), []),
        ]:
            assert store.events(query).events == found
        store.write_events(
            [(events[0].model_copy(update={"revision": 2, "title": "New"}), Origin("events", 0, 7, 10**15))]
        )
        assert [one.event.title for one in store.history("e_0")] == ["Title", "New"]
        of_them = ("event_id", "importance", "positions", "countries", "sources", "languages")
        stored = client.query_arrow(f"SELECT {', '.join(of_them)} FROM events FINAL", use_strings=True)
        assert sorted(stored.to_pylist(), key=str) == sorted(made.select(of_them).to_pylist(), key=str)


def test_one_that_broke_off_is_applied_again(store: TimelineStore) -> None:
    client = store._client()
    broken = Migration("9001_broken", "CREATE TABLE IF NOT EXISTS extra (n Int32) ENGINE = Memory;\nnonsense;\n")
    with pytest.raises(StoreError, match="9001_broken"):
        migrate(client, [*read_migrations(), broken])
    mended = Migration("9001_broken", broken.text.replace("nonsense", "SELECT 1"))
    assert migrate(client, [*read_migrations(), mended]) == ["9001_broken"]


def test_a_changed_one_is_refused(store: TimelineStore) -> None:
    first, *rest = read_migrations()
    changed = Migration(first.name, f"{first.text}-- changed\n")
    with pytest.raises(StoreError, match="0001_events was changed after it was applied"):
        migrate(store._client(), [changed, *rest])


def test_a_store_of_a_later_version_is_refused(store: TimelineStore) -> None:
    with pytest.raises(StoreError, match=r"000._\w+, which this version of Dateline does not know"):
        migrate(store._client(), read_migrations()[:2])


def test_without_migration_the_error_says_what_to_run(dsn: str) -> None:
    with TimelineStore(dsn) as store, pytest.raises(StoreError, match="run `dateline migrate`"):
        store.counts()


def test_numbers_are_unique() -> None:
    numbers = [migration.name.partition("_")[0] for migration in read_migrations()]
    assert len(set(numbers)) == len(numbers) > 0
