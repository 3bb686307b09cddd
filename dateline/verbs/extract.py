"""`dateline extract`: mentions as NDJSON, without Kafka."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import click

from dateline.command import Failure
from extraction.mentions import extract
from producers.files import Found, NoSuchSource, read_file, read_stream
from producers.rows import Rejected, article_from_row
from schemas.article import Article


@click.command("extract")
@click.argument("source", metavar="FILE|-")
@click.option("--published-at", metavar="DATE", help="Publication date or instant of articles that carry none.")
@click.option("--language", metavar="TAG", help="Language of articles that carry none, such as en.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to extract with.")
def command(source: str, published_at: str | None, language: str | None, jobs: int) -> None:
    r"""Print the dated mentions of articles as NDJSON, one a line; needs no Kafka.

    A .jsonl file holds an article a line; any other file is one plain text, read alone: without --published-at, what
    depends on the publication date stays unresolved (a weekday is XXXX-WXX-3), never resolved by today's date.

    \b
    Example:
      dateline extract seeds/000_16dccf7838e19d1b.txt --published-at 2025-06-26
      cat articles.jsonl | dateline extract - --jobs 2
    """
    refused = 0
    undated = 0

    def articles() -> Iterator[Article]:
        nonlocal refused
        defaults = {"published_at": published_at, "language": language}
        items = read_stream(sys.stdin.buffer, "stdin") if source == "-" else read_file(Path(source), sidecar=False)
        for item in items:
            try:
                if not isinstance(item, Found):
                    raise Rejected(item.reason)
                yield article_from_row(item.row, defaults=defaults)
            except Rejected as error:
                refused += 1
                click.echo(f"rejected {item.origin}: {error}", err=True)

    try:
        for line, unresolved in _extracted(articles(), jobs):
            undated += unresolved
            sys.stdout.write(line)
    except NoSuchSource as error:
        raise Failure(str(error)) from error
    if undated:
        click.echo(
            f"{undated} mention{'s' if undated > 1 else ''} could not be dated: the text does not tell, "
            "or there is no publication date (give --published-at)",
            err=True,
        )
    if refused:
        sys.exit(1)


def _extracted(articles: Iterator[Article], jobs: int) -> Iterator[tuple[str, int]]:
    if jobs == 1:
        yield from map(_lines, articles)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_lines, articles, chunksize=8)


def _lines(article: Article) -> tuple[str, int]:
    """Return the mentions of an article as NDJSON, and how many of them have no date."""
    mentions = extract(article)
    return "".join(mention.model_dump_json() + "\n" for mention in mentions), sum(not m.when.resolved for m in mentions)
