"""Refuse an engine that gets dates wrong: older ones clamp them silently."""

from __future__ import annotations

from collections.abc import Sequence

from clickhouse_connect.driver.client import Client

from schemas.civil import MIN_DAY
from store.errors import StoreError, explained

_PROBE = """
SELECT version(),
       toString({day:Int32}),
       toString(toDate32('0001-01-01')), toString(toDate32('1066-10-14')), toString(toDate32('9999-12-31')),
       toString(toStartOfMonth(toDate32('1912-04-15')))
"""
_EXPECTED = (str(MIN_DAY), "0001-01-01", "1066-10-14", "9999-12-31", "1912-04-01")


def refuse_wrong_dates(client: Client, where: str) -> None:
    """Ask an engine for dates that old ones clamp (`Date32` to 1900, months to 1970).

    The timeline keeps its own day numbers, but whoever queries its tables would be told wrong dates.

    Args:
        client: the client to ask.
        where: names the store in the message.

    Raises:
        StoreError: when an answer is wrong; names the engine's version and the date.
    """
    with explained(f"asking the timeline store at {where} for its dates"):
        version, *answers = client.query(_PROBE, parameters={"day": MIN_DAY}).result_rows[0]
    judge_dates(str(version), answers, where)


def judge_dates(version: str, answers: Sequence[object], where: str) -> None:
    """Compare an engine's answers with the right ones.

    Raises:
        StoreError: when they differ.
    """
    for expected, answer in zip(_EXPECTED, answers, strict=True):
        if answer != expected:
            raise StoreError(
                f"ClickHouse {version} at {where} gets dates wrong: it makes {answer} of {expected}; "
                "use a newer server (26.9 is known to be right), or the embedded store (chdb:///path)"
            )
