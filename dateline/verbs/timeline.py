"""`dateline timeline`: the dates that matter most in a set of articles, with their events."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.command import Failure
from dateline.dates_table import DateRow, print_dates
from dateline.filters import as_parameters, range_filters
from dateline.instance import service_url
from dateline.settings import Settings
from dateline.timeline_client import TimelineClient
from extraction.dated_sentences import read_days
from extraction.mentions import extract
from producers.files import Found, Item, NoSuchSource, read_file, read_stream
from producers.rows import Rejected, article_from_row
from schemas.article import Article
from schemas.civil import format_day, parse_day
from timeline.day_events import DayMentions
from timeline.event_dates import rank_dates
from timeline.salience import Salience

_EVENTS_IN_JSON = 5
_EVENTS_IN_TABLE = 3


@click.command("timeline")
@click.argument("source", metavar="[FILE.jsonl|-]", required=False)
@click.option("--dates", type=click.IntRange(1), help="How many dates; by default all that there are.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, the most important date first.")
@range_filters
@click.option("--url", metavar="URL", help="Address of the service; by default the one that runs here.")
def command(source: str | None, dates: int | None, as_json: bool, url: str | None, **filters: Any) -> None:
    r"""Print the dates that matter most, each with its best events: in a set of articles, or on the stored timeline.

    Articles come from a file or standard input and need no Kafka. With a filter, with --url, or with nothing on
    standard input, the events are those of the running service.

    A row has text and, where known, id, published_at, title, url, language, country. What depends on a publication
    date ("on Friday") counts only in rows that have one. The table is in the order of time, with the rank of each date;
    JSON has {"dates": [{"date", "score", "events"}]}, the best date first, its score 1. Rows that are refused are named
    on standard error, and the exit status is then 1.

    \b
    Example:
      dateline timeline flood.jsonl --dates 10
      zcat articles.jsonl.gz | dateline timeline --json > timeline.json
      dateline timeline --from 2025 --to 2026 --place Geneva --dates 5
    """
    asked = as_parameters(filters)
    if source is not None and (asked or url is not None):
        raise click.UsageError("filters and --url ask the stored timeline: leave out the file")
    if asked or url is not None or (source is None and sys.stdin.isatty()):
        _print_stored(asked, url, dates, as_json)
    else:
        _print_articles(source or "-", dates, as_json)


def _print_stored(filters: dict[str, Any], url: str | None, dates: int | None, as_json: bool) -> None:
    with TimelineClient(service_url(Settings(), url)) as client:
        ranked = rank_dates(client.events(filters, limit=None), dates)
    most = _EVENTS_IN_JSON if as_json else _EVENTS_IN_TABLE
    found = [DateRow(one.date, number, one.score, list(one.events[:most])) for number, one in enumerate(ranked, 1)]
    if as_json:
        _print_json(iter(found))
    elif found:
        print_dates(sorted(found, key=lambda row: parse_day(row.date)), sys.stdout)
    click.echo(f"{len(found)} date{'' if len(found) == 1 else 's'}", err=True)


def _print_articles(source: str, dates: int | None, as_json: bool) -> None:
    rows = _Rows(read_stream(sys.stdin.buffer, "stdin") if source == "-" else _file(source))
    salience = Salience()
    mentions = DayMentions()
    for article in _counted(rows.articles()):
        read = read_days(article)
        if salience.add(read):
            mentions.add(read, extract(article))
        else:
            rows.repeated += 1
    topic = salience.topic()
    ranked = salience.rank(topic)[:dates]
    most = _EVENTS_IN_JSON if as_json else _EVENTS_IN_TABLE
    found = (
        DateRow(day, number, score, mentions.events(day, topic, most))
        for number, (day, score) in enumerate(((format_day(one.day), one.score) for one in ranked), 1)
    )
    if as_json:
        _print_json(found)
    elif ranked:
        print_dates(sorted(found, key=lambda row: ranked[row.rank - 1].day), sys.stdout)
    rows.report(len(ranked))
    if rows.refused:
        sys.exit(1)


class _Rows:
    """Rows become articles; counts those that do not, and names them as they come."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self.taken = 0
        self.refused = 0
        self.repeated = 0

    def articles(self) -> Iterator[Article]:
        for item in self._items:
            try:
                if not isinstance(item, Found):
                    raise Rejected(item.reason)
                article = article_from_row(item.row)
            except Rejected as error:
                self.refused += 1
                click.echo(f"rejected {item.origin}: {error}", err=True)
            else:
                self.taken += 1
                yield article

    def report(self, dates: int) -> None:
        count = self.taken - self.repeated
        line = f"{dates} date{'' if dates == 1 else 's'} from {count} article{'' if count == 1 else 's'}"
        if self.repeated:
            line += f"; {self.repeated} more had the id of an earlier one and were left out"
        click.echo(line, err=True)


def _file(source: str) -> Iterator[Item]:
    try:
        yield from read_file(Path(source), sidecar=False)
    except NoSuchSource as error:
        raise Failure(str(error)) from error


def _counted(articles: Iterator[Article]) -> Iterator[Article]:
    """Show on a terminal how many articles have been read."""
    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        yield from progress.track(articles)


def _print_json(rows: Iterator[DateRow]) -> None:
    """Print row by row, so that a long timeline need not be held as text."""
    sys.stdout.write('{"dates": [')
    separator = "\n"
    for row in rows:
        events = [event.model_dump(mode="json") for event in row.events]
        record = {"date": row.date, "score": round(row.score, 6), "events": events}
        sys.stdout.write(separator + json.dumps(record, ensure_ascii=False))
        separator = ",\n"
    sys.stdout.write("\n]}\n")
