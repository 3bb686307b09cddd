"""Connecting: addresses, threads, servers that are down, and engines that get dates wrong."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.address import Embedded, Server, parse_address
from store.asking import ask
from store.client import StoreError, StoreUnavailable, connect, disconnect
from store.date_probe import judge_dates
from store.errors import QueryTooCostly, explained
from store.query import EventQuery
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event


@pytest.mark.parametrize(
    ("dsn", "address"),
    [
        ("chdb:///data/time line%20", Embedded(Path("/data/time line%20"), "dateline")),
        ("chdb:///data?database=other", Embedded(Path("/data"), "other")),
        ("clickhouse://host", Server("host", 8123, "default", "", "dateline", False)),
        ("clickhouse://me:p%40ss@host:9/db", Server("host", 9, "me", "p@ss", "db", False)),
        ("clickhouses://host/db", Server("host", 8443, "default", "", "db", True)),
        ("clickhouse://host/db?cluster=main", Server("host", 8123, "default", "", "db", False, "main")),
    ],
)
def test_addresses(dsn: str, address: Embedded | Server) -> None:
    assert parse_address(dsn) == address


@pytest.mark.parametrize(
    "dsn",
    [
        "",
        "chdb://relative",
        "chdb:",
        "clickhouse://",
        "clickhouse://h:x/",
        "postgres://h/d",
        "clickhouse://h/d?cluster=a'b",
        "clickhouse://h/d?color=red",
    ],
)
def test_other_addresses_are_refused(dsn: str) -> None:
    with pytest.raises(StoreError, match="write chdb:///absolute/path or clickhouse://"):
        parse_address(dsn)


def test_an_address_is_told_without_its_password() -> None:
    assert "secret" not in str(parse_address("clickhouse://me:secret@host/db"))


def test_a_server_that_is_down_may_be_asked_again_later() -> None:
    store = TimelineStore("clickhouse://127.0.0.1:1/dateline")
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1/dateline: the store does not answer"):
        store.ping()


def test_a_closed_store_says_so(dsn: str) -> None:
    store = TimelineStore(dsn)
    store.ping()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.ping()


def test_many_threads_at_once(store: TimelineStore) -> None:
    # a client shared by threads fails: "Session is locked by a concurrent client"
    def work(number: int) -> int:
        store.write_events([(an_event(f"e_{number}"), ORIGIN)])
        return len(store.events(EventQuery()).events)

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(work, range(24)))
    assert max(counts) == 24
    assert store.counts()["events"] == 24


def test_the_connections_of_threads_that_ended_are_closed(store: TimelineStore) -> None:
    for _ in range(5):
        thread = threading.Thread(target=store.ping)
        thread.start()
        thread.join()
    assert len(store._clients) <= 2


def test_extended_dates_are_on_for_every_connection(dsn: str) -> None:
    client = connect(dsn)
    assert client.query("SELECT toString(toStartOfMonth(toDate32('1912-04-15')))").result_rows == [("1912-04-01",)]
    disconnect(client, dsn)


def test_an_engine_that_clamps_is_refused() -> None:
    old = ["-4371587", "1900-01-01", "1900-01-01", "2299-12-31", "1912-04-01"]
    with pytest.raises(
        StoreError, match=r"ClickHouse 24\.3 at db:8123/d gets dates wrong: it makes 1900-01-01 of 0001"
    ):
        judge_dates("24.3", old, "db:8123/d")


def test_what_an_engine_lacks_for_the_moment_may_be_asked_again_later(store: TimelineStore) -> None:
    client = store._client()
    with pytest.raises(StoreUnavailable, match=r"sorting: .*Code: 241"), explained("sorting"):
        client.query("SELECT groupArray(number) FROM numbers(10000000)", settings={"max_memory_usage": 1_000_000})


def test_what_an_engine_never_does_is_an_error(store: TimelineStore) -> None:
    with pytest.raises(StoreError, match=r"asking: .*Code: 62") as refused, explained("asking"):
        store._client().query("SELECT FROM WHERE")
    assert not isinstance(refused.value, StoreUnavailable)


def test_a_question_that_costs_too_much_time_is_cut(store: TimelineStore) -> None:
    endless = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 7"
    with pytest.raises(QueryTooCostly, match="counting: it would take more than 1 seconds; ask for a shorter range"):
        ask(store._client(), "counting", endless, seconds=1)


def test_a_question_that_costs_too_much_memory_is_cut(store: TimelineStore) -> None:
    with pytest.raises(QueryTooCostly, match="sorting: it would take more than 1,000,000 bytes of memory"):
        ask(store._client(), "sorting", "SELECT groupArray(number) FROM numbers(10000000)", memory=1_000_000)
