"""`dateline push`: articles onto Kafka."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.command import Failure
from dateline.instance import kafka_address
from dateline.settings import Settings
from producers.files import NoSuchSource, Unreadable, read_paths
from producers.publisher import Publisher, PublishError
from producers.rows import Rejected, article_from_row
from schemas.article import Article


@dataclass
class Summary:
    """How the articles of one push fared."""

    sent: int = 0
    rejected: int = 0
    failed: int = 0

    @property
    def complete(self) -> bool:
        """Whether all that was asked is on Kafka."""
        return self.rejected == 0 and self.failed == 0


@click.command("push")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|- ...")
@click.option("--dry-run", is_flag=True, help="Print the articles as NDJSON instead; needs no Kafka.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output.")
def command(sources: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    r"""Put articles onto Kafka: text files, JSONL files, directories of both, or - for standard input.

    A text file may have its metadata beside it, in a .json file of the same name. A JSONL row has text and, where
    known, id, url, published_at, language, country, title. The exit status is 0 only when every article is on Kafka.

    \b
    Example:
      dateline push seeds/
      zcat articles.jsonl.gz | dateline push -
    """
    settings = Settings()
    summary = Summary()
    articles = _articles(sources, settings, summary)
    try:
        if dry_run:
            for article in articles:
                sys.stdout.write(article.to_json().decode("utf-8") + "\n")
                summary.sent += 1
        else:
            _publish(articles, kafka_address(settings), settings, summary)
    except (NoSuchSource, PublishError) as error:
        raise Failure(str(error)) from error
    if as_json and not dry_run:
        click.echo(json.dumps(asdict(summary)))
    elif not dry_run:
        click.echo(f"{summary.sent} sent, {summary.rejected} rejected, {summary.failed} failed", err=True)
    if not summary.complete:
        sys.exit(1)


def _articles(sources: tuple[str, ...], settings: Settings, summary: Summary) -> Iterator[Article]:
    for item in read_paths(sources, sys.stdin.buffer):
        try:
            if isinstance(item, Unreadable):
                raise Rejected(item.reason)
            yield article_from_row(item.row, settings.max_article_bytes)
        except Rejected as error:
            summary.rejected += 1
            click.echo(f"rejected {item.origin}: {error}", err=True)


def _publish(articles: Iterator[Article], bootstrap: str, settings: Settings, summary: Summary) -> None:
    with Publisher(bootstrap, settings.topic_prefix) as publisher, _progress() as progress:
        bar = progress.add_task("pushing", total=None)
        queued = 0
        try:
            for article in articles:
                publisher.send(article)
                queued += 1
                progress.update(bar, completed=queued)
            publisher.flush()
        except KeyboardInterrupt:
            click.echo("interrupted: finishing what is queued", err=True)
            publisher.flush()
            raise
        finally:
            summary.sent = publisher.delivered
            summary.failed = queued - publisher.delivered
            for failure in publisher.failures[:20]:
                click.echo(f"failed {failure}", err=True)


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
