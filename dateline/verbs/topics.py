"""`dateline topics`: create what is missing, and list them."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from dateline.broker import BrokerUnavailable, create_topics, describe_topics
from dateline.command import Failure
from dateline.instance import kafka_address
from dateline.settings import Settings


@click.command("topics")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    r"""Create the topics that are missing and list all of them with partitions and offsets in use.

    \b
    Example:
      DATELINE_KAFKA=broker:9092 DATELINE_PARTITIONS=12 dateline topics
    """
    settings = Settings()
    bootstrap = kafka_address(settings)
    try:
        created = create_topics(bootstrap, settings.topic_prefix, settings.partitions, settings.replication)
        states = describe_topics(bootstrap, settings.topic_prefix)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    if as_json:
        click.echo(json.dumps([{**asdict(state), "created": state.name in created} for state in states]))
        return
    table = Table("topic", "partitions", "messages", "")
    for state in states:
        table.add_row(
            state.name, str(state.partitions), f"{state.messages:,}", "created" if state.name in created else ""
        )
    Console().print(table)
