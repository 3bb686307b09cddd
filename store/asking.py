"""Put a question to the engine, within limits of time and memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from store.errors import QueryTooCostly, code_of, explained

SECONDS_A_QUERY = 30
BYTES_A_QUERY = 2_000_000_000

_TOO_SLOW, _TOO_BIG = 159, 241
_CURE = "ask for a shorter range of dates, or for fewer kinds of events"


def ask(
    client: Client,
    doing: str,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    seconds: int | None = None,
    memory: int | None = None,
) -> Sequence[Sequence[Any]]:
    """Return the rows of a statement that reads.

    Args:
        client: the connection.
        doing: what is attempted, such as `reading events`; starts the message of an error.
        statement: names its parameters as `{name:Type}`.
        parameters: their values.
        seconds: longest time that the engine may take, by default `SECONDS_A_QUERY`.
        memory: most bytes that it may hold at a time, by default `BYTES_A_QUERY`.

    Raises:
        QueryTooCostly: when a limit cuts the statement.
        StoreError: as `explained`.
    """
    seconds = SECONDS_A_QUERY if seconds is None else seconds
    memory = BYTES_A_QUERY if memory is None else memory
    limits = {"max_execution_time": seconds, "max_memory_usage": memory}
    with explained(doing):
        try:
            return client.query(statement, parameters=dict(parameters or {}), settings=limits).result_rows
        except ClickHouseError as error:
            if code_of(error) == _TOO_SLOW:
                raise QueryTooCostly(f"{doing}: it would take more than {seconds} seconds; {_CURE}") from error
            if code_of(error) == _TOO_BIG:
                raise QueryTooCostly(f"{doing}: it would take more than {memory:,} bytes of memory; {_CURE}") from error
            raise
