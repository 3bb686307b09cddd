"""Speed and memory of extraction as a whole and by stage, beside spaCy's names alone, on one core.

    python -m benchmarks.extraction articles.jsonl.gz --peer-python other/bin/python --json out.json

The file is JSONL, plain or gzipped, an article a line: {"id", "text", "published_at", "language"}; all but the text may
be missing. spaCy runs in the same minutes, on the same core, in an environment of its own where one is given.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.stage_clock import StageClock
from extraction.mentions import extract
from producers.rows import Rejected, article_from_row
from schemas.article import Article

ELSEWHERE: dict[str, float] = {"articles_per_second": 8.0, "characters_per_second": 38_000.0}
"""spaCy 3.8 small, names alone, on another machine: shown where it is not installed here."""
_WIDTH = 110


def read_articles(path: Path, limit: int | None) -> tuple[list[Article], int]:
    """Return the articles of a file and how many rows were refused.

    Raises:
        click.ClickException: when it is no such file.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    articles: list[Article] = []
    refused = 0
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                try:
                    articles.append(article_from_row(json.loads(line)))
                except Rejected:
                    refused += 1
                if len(articles) == limit:
                    break
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{path} is no file of articles: {error!r}") from error
    if not articles:
        raise click.ClickException(f"{path} holds no article")
    return articles, refused


def best(
    read: Callable[[Article], object], articles: list[Article], repeats: int, progress: Progress, name: str
) -> float:
    """Return the CPU seconds of the best of several passes, after one that is not counted."""
    task = progress.add_task(name, total=(1 + repeats) * len(articles))
    passes = []
    for _ in range(1 + repeats):
        started = time.process_time()
        for article in articles:
            read(article)
            progress.advance(task)
        passes.append(time.process_time() - started)
    progress.remove_task(task)
    return min(passes[1:])


def speeds(articles: list[Article], seconds: float) -> dict[str, Any]:
    """Return articles and characters a second."""
    characters = sum(len(article.text) for article in articles)
    return {
        "articles_per_second": round(len(articles) / seconds, 1),
        "characters_per_second": round(characters / seconds),
    }


def by_stage(articles: list[Article]) -> dict[str, float]:
    """Return the CPU seconds of each stage in one pass, and of what lies between them as `rest`."""
    clock = StageClock()
    with clock.attached():
        started = time.process_time()
        for article in articles:
            extract(article)
        total = time.process_time() - started
    return clock.seconds | {"rest": total - sum(clock.seconds.values())}


def spacy_names(python: Path, articles: list[Article]) -> tuple[str, float] | None:
    """Return spaCy's small English model, reduced to its names, and its CPU seconds for the articles.

    `python` is the interpreter of an environment that has both; None when it has not.

    Raises:
        click.ClickException: when the interpreter cannot be run.
    """
    texts = "\n".join(json.dumps(article.text) for article in articles)
    program = Path(__file__).with_name("spacy_names.py")
    try:
        run = subprocess.run([python, program], input=texts, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"{python} cannot measure spaCy: {error}") from error
    found = json.loads(run.stdout)
    return (found["program"], found["seconds"]) if found else None


def memory() -> float:
    """Return the most memory that the process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def shown(programs: dict[str, dict[str, Any] | None], stages: dict[str, float]) -> list[Table]:
    """Return the tables: programs, then stages; a program of None is not installed."""
    table = Table(title="whole", title_justify="left")
    for column in ("program", "articles/s", "characters/s"):
        table.add_column(column, justify="left" if column == "program" else "right")
    for name, row in programs.items():
        cells = (f"{row['articles_per_second']:,}", f"{row['characters_per_second']:,}") if row else ("–", "–")
        table.add_row(name if row else f"{name} (not installed)", *cells)
    parts = Table(title="Dateline by stage, timed one by one", title_justify="left")
    for column in ("stage", "seconds", "share"):
        parts.add_column(column, justify="left" if column == "stage" else "right")
    total = sum(stages.values())
    for stage, seconds in stages.items():
        parts.add_row(stage, f"{seconds:.2f}", f"{100 * seconds / total:.1f}%")
    return [table, parts]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Read the first so many articles alone.")
@click.option("--repeats", type=click.IntRange(min=1), default=3, show_default=True, help="Passes; the best counts.")
@click.option("--peers/--no-peers", default=True, show_default=True, help="Measure spaCy as well.")
@click.option(
    "--peer-articles", type=click.IntRange(min=1), default=200, show_default=True, help="Articles that spaCy reads."
)
@click.option(
    "--peer-python", type=click.Path(path_type=Path), default=sys.executable, help="Interpreter that has spaCy."
)
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Also write the figures here.")
def main(
    file: Path,
    limit: int | None,
    repeats: int,
    peers: bool,
    peer_articles: int,
    peer_python: Path,
    json_path: Path | None,
) -> None:
    """Measure extraction on a file of articles."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    console, errors = Console(width=None if sys.stdout.isatty() else _WIDTH), Console(stderr=True)
    articles, refused = read_articles(file, limit)
    before = memory()
    programs: dict[str, dict[str, Any] | None] = {}
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        programs["Dateline"] = speeds(articles, best(extract, articles, repeats, progress, "Dateline"))
        stages = by_stage(articles)
        peak = memory()
        few = articles[:: max(1, len(articles) // peer_articles)]
        peer = spacy_names(peer_python, few) if peers else None
        if peer is not None:
            programs[peer[0]] = speeds(few, peer[1])
        elif peers:
            programs["spaCy, names alone"] = None
            programs["spaCy 3.8 small, names alone (measured elsewhere)"] = ELSEWHERE
    console.print(
        f"{file.name}: {len(articles):,} articles, {refused} refused; memory {peak} MB, {before} of it before"
    )
    for table in shown(programs, stages):
        console.print(table)
    if json_path:
        result: dict[str, Any] = {"articles": len(articles), "refused": refused}
        result |= {
            "memory_mb": peak,
            "memory_before_mb": before,
            "programs": programs,
            "stage_seconds": {stage: round(s, 3) for stage, s in stages.items()},
        }
        json_path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
