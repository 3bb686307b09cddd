"""Quality and speed of the tagger on labelled files, beside its peers in the same run on one core.

    python -m benchmarks.tagging news=timebank.jsonl.gz narrative=wikiwars.jsonl colloquial=tweets.jsonl

A labelled file is JSONL, plain or gzipped: {"doc_id", "dct", "text", "timexes": [{"start", "end", "type", "value"}]}.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.temporal_programs import PEERS, NotInstalled, Program, dateline
from benchmarks.temporal_scores import Counts, Expression, score, summed
from extraction.timex import Domain

MEASURES = ("strict", "relaxed", "type", "value")
_WIDTH = 130  # of a table that no terminal shows
_ELSEWHERE = Path(__file__).with_name("measured_elsewhere.toml")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its publication date and the expressions labelled in it."""

    text: str
    published: str | None
    labelled: list[Expression]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one program did on one file: counts by document; processor seconds of the first and the best later pass."""

    counts: list[Counts]
    cold: float
    warm: float


def read_documents(path: Path) -> list[Document]:
    """Read a labelled file.

    Raises:
        click.ClickException: when it is no such file.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    documents = []
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                labelled = [Expression(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]
                documents.append(Document(row["text"], row.get("dct"), labelled))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{path} is no labelled file: {error!r}") from error
    if not documents:
        raise click.ClickException(f"{path} holds no document")
    return documents


def measure(program: Program, documents: list[Document], repeats: int, progress: Progress) -> Measured:
    """Read all documents once cold and `repeats` times warm, and score what was found."""
    task = progress.add_task(program.name, total=(1 + repeats) * len(documents))
    found: list[Any] = []
    passes = []
    for _ in range(1 + repeats):
        found, seconds = [], 0.0
        for document in documents:
            started = time.process_time()
            found.append(program.read(document.text, document.published))
            seconds += time.process_time() - started
            progress.advance(task)
        passes.append(seconds)
    progress.remove_task(task)
    counts = [
        score(document.text, document.labelled, program.expressions(document.text, document.published, raw))
        for document, raw in zip(documents, found, strict=True)
    ]
    return Measured(counts, passes[0], min(passes[1:]))


def figures(measured: Measured, documents: list[Document], folds: int) -> dict[str, Any]:
    """Return a program's row: F1 × 100, speeds, and with folds how the F1 of parts of the file spread."""
    total = summed(measured.counts)
    characters = sum(len(document.text) for document in documents)
    row: dict[str, Any] = {name: round(100 * total.f1(name), 1) for name in MEASURES}
    row |= {
        "documents_per_second": round(len(documents) / measured.warm, 1),
        "characters_per_second": round(characters / measured.warm),
        "characters_per_second_cold": round(characters / measured.cold),
    }
    if folds:
        parts = [summed(measured.counts[fold::folds]) for fold in range(folds)]
        row["folds"] = {name: _spread([100 * part.f1(name) for part in parts]) for name in MEASURES}
    return row


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "mean": round(statistics.fmean(values), 1),
        "deviation": round(statistics.stdev(values), 1),
        "least": round(min(values), 1),
        "most": round(max(values), 1),
    }


def shown(title: str, rows: dict[str, dict[str, Any] | None], folds: int) -> Table:
    """Return the table of one file; a row of None is a program that is not installed."""
    table = Table(title=title, title_justify="left")
    table.add_column("program")
    for name in (*MEASURES, "documents/s", "characters/s", "cold"):
        table.add_column(name, justify="right")
    for name, row in rows.items():
        if row is None:
            table.add_row(f"{name} (not installed)", *["–"] * (len(MEASURES) + 3))
            continue
        speeds = (row.get(f"{speed}") for speed in (
            "documents_per_second", "characters_per_second", "characters_per_second_cold"
        ))  # fmt: skip
        table.add_row(
            f"{name} (measured elsewhere)" if row.get("measured_elsewhere") else name,
            *(f"{row[measure]:.1f}" for measure in MEASURES),
            *("–" if speed is None else f"{speed:,}" for speed in speeds),
        )
        if "folds" in row:
            spreads = [row["folds"][measure] for measure in MEASURES]
            cells = [f"{s['mean']} ± {s['deviation']}\n{s['least']}–{s['most']}" for s in spreads]
            table.add_row(f"  over {folds} folds", *cells, "", "", "", style="dim")
    return table


def measured_elsewhere(path: Path) -> dict[str, dict[str, Any]]:
    """Return what is known of other programs on a labelled file, by its name without endings."""
    known = tomllib.loads(_ELSEWHERE.read_text(encoding="utf-8"))
    return {name: row | {"measured_elsewhere": True} for name, row in known.get(path.name.split(".")[0], {}).items()}


def _on_one_core() -> None:
    """Keep the process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _domain_and_path(argument: str) -> tuple[Domain, Path]:
    name, equals, path = argument.partition("=")
    if not equals or name not in get_args(Domain):
        raise click.BadParameter(f"{argument!r}: expected DOMAIN=PATH, DOMAIN one of {', '.join(get_args(Domain))}")
    domain: Domain = next(domain for domain in get_args(Domain) if domain == name)
    return domain, Path(path)


@click.command()
@click.argument("files", metavar="DOMAIN=PATH...", nargs=-1, required=True)
@click.option(
    "--repeats", type=click.IntRange(min=1), default=3, show_default=True, help="Warm passes; the best counts."
)
@click.option("--folds", type=click.IntRange(min=2), help="Also the spread over so many parts, split by document.")
@click.option("--peers/--no-peers", default=True, show_default=True, help="Measure dateparser and timexy as well.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Also write the figures here.")
def main(files: tuple[str, ...], repeats: int, folds: int | None, peers: bool, json_path: Path | None) -> None:
    """Measure the tagger and its peers on labelled files."""
    _on_one_core()
    console, errors = Console(width=None if sys.stdout.isatty() else _WIDTH), Console(stderr=True)
    result: dict[str, Any] = {}
    for domain, path in map(_domain_and_path, files):
        documents = read_documents(path)
        rows: dict[str, dict[str, Any] | None] = {}
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
            for make in (
                lambda domain=domain: dateline(domain),
                lambda: dateline(None),
                *(PEERS.values() if peers else ()),
            ):
                try:
                    program = make()
                except NotInstalled as missing:
                    rows[str(missing)] = None
                    continue
                rows[program.name] = figures(measure(program, documents, repeats, progress), documents, folds or 0)
        rows |= measured_elsewhere(path)
        labelled = sum(len(document.labelled) for document in documents)
        console.print(
            shown(f"{domain}: {path.name}, {len(documents)} documents, {labelled} labelled", rows, folds or 0)
        )
        result[path.name] = {"domain": domain, "documents": len(documents), "labelled": labelled, "programs": rows}
    if json_path:
        json_path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
