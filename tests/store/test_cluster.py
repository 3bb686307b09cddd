"""The DDL of a cluster. No cluster is at hand: the engine is asked whether it understands the statements."""

from __future__ import annotations

import pytest

from store.cluster import ClusterDdl, rendered
from store.errors import StoreError
from store.migrations import _KEPT, read_migrations
from store.timeline_store import TimelineStore

ALL = [_KEPT, *(statement for migration in read_migrations() for statement in migration.statements)]


@pytest.fixture
def ddl() -> ClusterDdl:
    return ClusterDdl("main", "dateline")


def test_the_engine_understands_every_statement(store: TimelineStore, ddl: ClusterDdl) -> None:
    client = store._client()
    for statement in [ddl.create_database(), *rendered(ALL, ddl)]:
        assert client.command("SELECT formatQuery({q:String})", parameters={"q": statement})
        assert client.query(f"EXPLAIN AST {statement}").result_rows


def test_tables_are_replicated_and_spread_by_what_identifies_their_rows(ddl: ClusterDdl) -> None:
    made = rendered(ALL, ddl)
    keys = {
        name: statement.rpartition("_local', ")[2].removesuffix(")")
        for statement in made
        if "Distributed(" in statement
        for name in [statement.partition(" ON CLUSTER")[0].rpartition(" ")[2]]
    }
    assert {name: keys[name] for name in ("events", "event_history", "event_keys")} == dict.fromkeys(
        ("events", "event_history", "event_keys"), "cityHash64(event_id)"
    )
    assert keys["mentions"] == "cityHash64(mention_id)"
    assert keys["dead_letters"] == "cityHash64(topic, partition, offset)"
    for statement in made:
        if not statement.startswith("INSERT"):
            assert " ON CLUSTER 'main'" in statement
            assert ("ENGINE = Replicated" in statement or "ENGINE = Distributed" in statement) == (
                statement.startswith("CREATE")
            )


def test_a_new_column_reaches_the_distributed_table(ddl: ClusterDdl) -> None:
    create = "CREATE TABLE IF NOT EXISTS t (\n n Int32\n)\nENGINE = ReplacingMergeTree\nORDER BY n"
    statements = rendered([create, "-- why\nALTER TABLE t ADD COLUMN IF NOT EXISTS m Int32"], ddl)
    assert statements[2:] == [
        "ALTER TABLE t_local ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS m Int32",
        "CREATE OR REPLACE TABLE t ON CLUSTER 'main' AS t_local\n"
        "ENGINE = Distributed('main', 'dateline', 't_local', cityHash64(n))",
    ]


def test_the_tables_of_one_engine_are_those_of_the_files() -> None:
    assert rendered(ALL, None) == ALL


@pytest.mark.parametrize(
    "statement", ["DROP TABLE t", "CREATE TABLE IF NOT EXISTS t (n Int32) ENGINE = ReplacingMergeTree"]
)
def test_what_cannot_be_rendered_is_refused(ddl: ClusterDdl, statement: str) -> None:
    with pytest.raises(StoreError, match="cluster"):
        ddl.statements(statement)
