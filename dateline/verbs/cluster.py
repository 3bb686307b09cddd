"""`dateline cluster`: articles that report the same event, JSONL in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from producers.files import Found, read_stream
from producers.rows import Rejected, article_from_row
from timeline.stories import Report, Stories, report

MEMORY = 365.0
"""Days of publication time after which a story that nothing was added to is closed."""


@click.command("cluster")
def command() -> None:
    r"""Say which articles report the same event: JSONL on standard input, {id, cluster} a line on standard output.

    An article is {id, published_at?, title?, text, url?}. They are taken in the order of their publication, whatever
    their order in the input, so that the same articles always give the same clusters. A cluster is named after its
    oldest article; a story is closed when nothing was added to it for 365 days of publication time.

    \b
    Example:
      dateline cluster < articles.jsonl
    """
    refused = 0
    reports: list[Report] = []
    for item in read_stream(sys.stdin.buffer, "stdin"):
        try:
            if not isinstance(item, Found):
                raise Rejected(item.reason)
            article = article_from_row(item.row)
        except Rejected as error:
            refused += 1
            click.echo(f"rejected {item.origin}: {error}", err=True)
            continue
        reports.append(report(article.article_id, article.published_at, article.title, article.text))
    reports.sort(key=lambda one: one.age)
    stories = Stories()
    for one in reports:
        stories.add(one)
        _print(stories.retire(MEMORY))
    _print(stories.all())
    if refused:
        sys.exit(1)


def _print(clusters: Iterable[tuple[str, str]]) -> None:
    for article_id, cluster in clusters:
        sys.stdout.write(json.dumps({"id": article_id, "cluster": cluster}, ensure_ascii=False) + "\n")
