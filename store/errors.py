"""What goes wrong in the store, told to people: what, where, and the cure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clickhouse_connect.driver.exceptions import ClickHouseError, OperationalError

UNKNOWN_TABLE = 60
UNKNOWN_DATABASE = 81
UNKNOWN_COLUMN = 47

# timeout, too many queries, socket timeout, network, memory limit, read-only replica, too many parts, unknown status of
# an insert, Keeper
_PASSING = frozenset({159, 202, 209, 210, 241, 242, 252, 319, 999})


class StoreError(Exception):
    """The store cannot do what was asked; the message says what, where, and what to do about it."""


class QueryTooCostly(StoreError):
    """A question would have taken more time or memory than one may have; a narrower one may be answered."""


class StoreUnavailable(StoreError):
    """The store does not answer now; the same call may work later."""


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Turn the driver's errors into ours.

    Args:
        doing: what was attempted, such as `writing events`; starts the message.

    Raises:
        StoreUnavailable: when the server cannot be reached, or lacks for the moment what the call needs.
        StoreError: for all else that the engine refuses.
    """
    try:
        yield
    except OperationalError as error:
        raise StoreUnavailable(f"{doing}: the store does not answer ({_first_line(error)})") from error
    except ClickHouseError as error:
        if code_of(error) in (UNKNOWN_TABLE, UNKNOWN_COLUMN, UNKNOWN_DATABASE):
            raise StoreError(f"{doing}: the store lacks a table or column; run `dateline migrate`") from error
        if code_of(error) in _PASSING:
            raise StoreUnavailable(f"{doing}: {_first_line(error)}") from error
        raise StoreError(f"{doing}: {_first_line(error)}") from error


def code_of(error: ClickHouseError) -> int | None:
    """Return ClickHouse's number of an error, None when it did not come from the engine."""
    code = getattr(error, "code", None)
    return code if isinstance(code, int) else None


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:500] if text else type(error).__name__
