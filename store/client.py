"""Connect to the timeline store, embedded or server, with the settings that dates need."""

from __future__ import annotations

import os
from typing import Any

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from store.address import Embedded, Server, parse_address
from store.cluster import SETTINGS as CLUSTER_SETTINGS
from store.date_probe import refuse_wrong_dates
from store.errors import UNKNOWN_DATABASE, StoreError, StoreUnavailable, code_of, explained
from store.path_lock import hold, release

__all__ = ["StoreError", "StoreUnavailable", "connect", "disconnect"]

SETTINGS: dict[str, Any] = {
    # without it toStartOfMonth('1912-04-15') is 1970-01-01
    "enable_extended_results_for_datetime_functions": 1,
    # skip indexes may narrow FINAL: the columns indexed never change for a key
    "use_skip_indexes_if_final": 1,
}

_ALLOCATOR = "background_thread:true,percpu_arena:disabled,narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0"
"""jemalloc in the embedded engine gives back what a merge took, soon and by itself; read when its library is loaded."""


def connect(dsn: str) -> Client:
    """Open a client of a store, creating its database when it is missing; `disconnect` closes it.

    A client serves one thread at a time. All clients of one process on one chDB path share its engine; a process can
    hold one chDB path at a time.

    Args:
        dsn: `chdb:///absolute/path` or `clickhouse://user:password@host:port/database` (`clickhouses` for TLS; with
            `?cluster=name`, tables are spread over it).

    Raises:
        StoreUnavailable: when the server does not answer.
        StoreError: when the address is wrong, another process holds the path, or the engine gets dates wrong.
    """
    address = parse_address(dsn)
    if isinstance(address, Embedded):
        hold(address.path)
    try:
        with explained(f"opening the timeline store at {address}"):
            client = _open(address)
        try:
            refuse_wrong_dates(client, str(address))
        except BaseException:
            client.close()
            raise
    except BaseException:
        if isinstance(address, Embedded):
            release(address.path)
        raise
    return client


def disconnect(client: Client, dsn: str) -> None:
    """Close a client that `connect(dsn)` opened; the last one of a chDB path lets other processes have it."""
    address = parse_address(dsn)
    try:
        client.close()
    finally:
        if isinstance(address, Embedded):
            release(address.path)


def _open(address: Embedded | Server) -> Client:
    try:
        return _client(address, address.database)
    except ClickHouseError as error:
        # asked only when missing: a user of a server may lack the right to create databases
        if code_of(error) != UNKNOWN_DATABASE:
            raise
    client = _client(address, "default")
    try:
        client.command("CREATE DATABASE IF NOT EXISTS {name:Identifier}", parameters={"name": address.database})
    finally:
        client.close()
    return _client(address, address.database)


def _client(address: Embedded | Server, database: str) -> Client:
    if isinstance(address, Embedded):
        os.environ.setdefault("JE_MALLOC_CONF", _ALLOCATOR)
        return clickhouse_connect.get_client(
            interface="chdb", path=str(address.path), database=database, settings=SETTINGS
        )
    return clickhouse_connect.get_client(
        interface="https" if address.secure else "http",
        host=address.host,
        port=address.port,
        username=address.username,
        password=address.password,
        database=database,
        settings={**SETTINGS, **CLUSTER_SETTINGS} if address.cluster else SETTINGS,
        autogenerate_session_id=False,  # no state between calls, so no "Session is locked by a concurrent client"
        connect_timeout=10,
        send_receive_timeout=120,
    )
