"""`dateline push`: articles onto Kafka."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import TextIO

import click

from dateline.command import Failure
from dateline.instance import kafka_address
from dateline.push_progress import PushProgress
from dateline.settings import Settings
from producers.documents import Reading
from producers.items import Item, NoSuchSource
from producers.mapping import BadMapping, parse_mapping
from producers.publisher import Publisher, PublishError
from producers.push import Push
from producers.rejects import Rejects
from producers.sources import Sources
from producers.tally import Tally


@click.command("push")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|URL|- ...")
@click.option("--dry-run", is_flag=True, help="Print the articles as NDJSON instead; needs no Kafka.")
@click.option("--rejects", type=click.File("w", encoding="utf-8", lazy=False), metavar="FILE",
              help="Keep what was refused, with the reason, as JSONL.")  # fmt: skip
@click.option("--map", "pairs", multiple=True, metavar="FIELD=PATH",
              help="Where a field stands in rows of another shape, such as text=story.body. Repeatable.")  # fmt: skip
@click.option(
    "--pages", is_flag=True, help="Fetch the pages that feeds link to, rather than take the feeds' own words."
)
@click.option(
    "--watch", is_flag=True, help="Go on: read new files of directories, new messages of topics, till Ctrl-C."
)
@click.option("--allow-private", is_flag=True, help="Fetch from loopback and private addresses too.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output.")
def command(
    sources: tuple[str, ...], dry_run: bool, rejects: TextIO | None, pairs: tuple[str, ...], pages: bool, watch: bool,
    allow_private: bool, as_json: bool,
) -> None:  # fmt: skip
    r"""Put articles onto Kafka, from files, directories, addresses, Kafka topics, or - for standard input.

    What a source is, is seen from its content: text, HTML, JSONL, CSV, RSS, Atom, JSON Feed, OPML, sitemaps, lists of
    addresses, WARC, and all of these in gzip or zstd. docs/sources.md has an example for each. The exit status is 0
    only when everything that was asked is on Kafka.

    \b
    Example:
      dateline push seeds/
      dateline push articles.jsonl.gz --rejects refused.jsonl
      dateline push https://www.example.org/feed.xml --pages
      dateline push --dry-run feed.xml
    """
    settings = Settings()
    tally = Tally()
    try:
        reading = Reading(mapping=parse_mapping(pairs), pages=pages)
        with ExitStack() as stack:
            progress = stack.enter_context(PushProgress(tally))
            publisher = None
            if not dry_run:
                publisher = stack.enter_context(
                    Publisher(kafka_address(settings), settings.topic_prefix, patience=None, say=progress.say)
                )
            kept = None if rejects is None else Rejects(rejects)
            push = Push(publisher, tally, settings.max_article_bytes, progress.say, kept, _print)
            opened = stack.enter_context(
                Sources(
                    reading, push.settle, allow_private=allow_private, watch=watch, state=settings.data / "watched.db"
                )
            )
            _run(push, opened.read(sources, sys.stdin.buffer), progress)
    except (NoSuchSource, PublishError, BadMapping) as error:
        raise Failure(str(error)) from error
    finally:
        if as_json and not dry_run:
            click.echo(json.dumps(asdict(tally)))
        else:
            click.echo(str(tally), err=True)
    if not tally.complete:
        sys.exit(1)


def _run(push: Push, items: Iterator[Item], progress: PushProgress) -> None:
    try:
        for item in items:
            push.put(item)
            progress.update()
        push.settle()
    except KeyboardInterrupt:
        progress.say("interrupted: finishing what is on its way")
        push.abandon()
        raise
    except PublishError:
        push.abandon()
        raise


def _print(record: bytes) -> None:
    sys.stdout.write(record.decode("utf-8") + "\n")
