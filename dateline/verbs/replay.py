"""`dateline replay`: put dead letters, or a range of articles, back on their topic."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import Any

import click

from dateline.broker import BrokerUnavailable
from dateline.command import Failure
from dateline.dead_letters import Choice, dead_letters
from dateline.instance import kafka_address
from dateline.letter_options import instant, letter_filters
from dateline.replaying import Replayed, articles_to_replay, letters_to_replay, replay
from dateline.settings import Settings
from dateline.verbs.dead_letters import as_choice, check_ids


@click.command("replay")
@click.argument("ids", nargs=-1, metavar="[ID ...]")
@click.option("--all", "everything", is_flag=True, help="All dead letters that the filters take.")
@letter_filters
@click.option("--articles", is_flag=True, help="Instead of dead letters, articles put on Kafka since --since.")
@click.option("--until", metavar="TIME", callback=instant, help="With --articles: the end, exclusive; by default now.")
@click.option("--dry-run", is_flag=True, help="Only say what would be put back.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output.")
def command(
    ids: tuple[str, ...],
    everything: bool,
    articles: bool,
    until: int | None,
    dry_run: bool,
    as_json: bool,
    **filters: Any,
) -> None:
    r"""Put dead letters back on the topic they came from, once their cause is mended; or articles, to be read anew.

    A dead letter that a later message of the same key has superseded is passed over, and the exit status is then 1. An
    article that is read again by the same extractor changes nothing: --articles is for after an update.

    \b
    Example:
      dateline replay 2-15 2-16
      dateline replay --all --stage webhook --since 2026-03-01
      dateline replay --articles --since 2026-03-01 --until 2026-03-02
    """
    if articles + everything + bool(ids) != 1:
        raise click.UsageError("name dead letters by their IDs, or give --all, or --articles: one of the three")
    if articles and (filters["since"] is None or filters["stage"] or filters["topic"]):
        raise click.UsageError("--articles needs --since, and has no --stage or --topic")
    if until is not None and not articles:
        raise click.UsageError("--until goes with --articles")
    settings = Settings()
    bootstrap, prefix = kafka_address(settings), settings.topic_prefix
    result = Replayed()
    try:
        if articles:
            end = time.time() if until is None else until
            messages = articles_to_replay(bootstrap, prefix, filters["since"] * 1000, int(end * 1000))
        else:
            choice = Choice(frozenset(ids), **as_choice(filters, settings))
            letters = list(dead_letters(bootstrap, prefix, choice))
            check_ids(ids, letters)
            messages = letters_to_replay(bootstrap, prefix, letters, result)
        if dry_run:
            for message in messages:
                click.echo(message.name, err=True)
        else:
            replay(bootstrap, prefix, messages, result)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    for reason in result.passed_over:
        click.echo(f"passed over {reason}", err=True)
    if as_json:
        click.echo(json.dumps(asdict(result)))
    else:
        click.echo(f"{result.sent} put back, {len(result.passed_over)} passed over", err=True)
    if result.passed_over:
        sys.exit(1)
