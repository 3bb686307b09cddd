"""Migrations run forward, once each, and notice when history was rewritten."""

from __future__ import annotations

import pytest

from store.client import StoreError
from store.migrations import Migration, migrate, read_migrations
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event


def test_each_is_applied_once(dsn: str) -> None:
    with TimelineStore(dsn) as store:
        names = store.migrate()
        assert names == sorted(names) != []
        assert store.migrate() == []
        store.write_events([(an_event(), ORIGIN)])
    with TimelineStore(dsn) as again:
        assert again.migrate() == []
        assert again.counts()["events"] == 1


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
