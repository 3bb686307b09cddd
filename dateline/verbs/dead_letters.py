"""`dateline dead-letters`: what could not be processed, and why."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from dateline.broker import BrokerUnavailable
from dateline.command import Failure
from dateline.dead_letters import Choice, Found, dead_letters
from dateline.instance import kafka_address
from dateline.letter_options import letter_filters
from dateline.settings import Settings


@click.command("dead-letters")
@click.argument("ids", nargs=-1, metavar="[ID ...]")
@letter_filters
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Most to list, the latest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; keys and values are base64, as they are kept.")
def command(ids: tuple[str, ...], limit: int, as_json: bool, **filters: Any) -> None:
    r"""List what could not be processed; with an ID, show it whole. `dateline replay` puts it back.

    \b
    Example:
      dateline dead-letters --stage extract
      dateline dead-letters 2-15
    """
    settings = Settings()
    choice = Choice(frozenset(ids), **as_choice(filters, settings))
    try:
        found = deque(dead_letters(kafka_address(settings), settings.topic_prefix, choice), None if ids else limit)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    check_ids(ids, found)
    if as_json:
        click.echo(json.dumps([{"id": one.id, **one.letter.model_dump()} for one in found], ensure_ascii=False))
    elif ids:
        for one in found:
            _show(one)
    else:
        _list(found)


def as_choice(filters: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the fields of a `Choice` from the options of a command."""
    topic = filters["topic"]
    if topic is not None and not topic.startswith(settings.topic_prefix):
        topic = settings.topic_prefix + topic
    return {**filters, "topic": topic}


def check_ids(ids: tuple[str, ...], found: Any) -> None:
    """Make sure that each id names a dead letter.

    Raises:
        Failure: naming those that do not.
    """
    missing = [one for one in ids if one not in {other.id for other in found}]
    if missing:
        raise Failure(f"no such dead letter: {', '.join(missing)}; `dateline dead-letters` lists them")


def _list(found: deque[Found]) -> None:
    table = Table("id", "time", "stage", "message", "reason")
    for one in found:
        letter = one.letter
        table.add_row(one.id, letter.time, letter.stage, ":".join(map(str, one.origin)), letter.reason)
    if found:
        Console().print(table)
    click.echo(f"{len(found)} dead letter{'' if len(found) == 1 else 's'}", err=True)


def _show(one: Found) -> None:
    letter = one.letter
    click.echo(f"{one.id}: {':'.join(map(str, one.origin))}, refused by {letter.stage} at {letter.time}")
    click.echo(f"{letter.error}: {letter.reason}")
    for name, content in (("key", one.key), ("value", one.value)):
        click.echo(f"{name}: " + ("none" if content is None else content.decode("utf-8", "backslashreplace")))
