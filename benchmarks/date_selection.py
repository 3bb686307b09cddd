"""Labelled topics for the choice of dates: folders of articles.jsonl(.gz) and gold.json, and the measure of Date-F1.

gold.json is [{"source", "dates": ["YYYY-MM-DD", …]}, …], one entry per timeline that an editor wrote.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from producers.items import Found
from producers.json_rows import read_lines
from producers.rows import article_from_row
from schemas.article import Article
from schemas.civil import parse_day


class Labelled(NamedTuple):
    """A topic: its name, where its articles are, and the day numbers of each of its timelines."""

    name: str
    articles: Path
    timelines: list[frozenset[int]]

    @property
    def group(self) -> str:
        """The part of the name before the first underscore, by which results are averaged."""
        return self.name.partition("_")[0]


def read_topics(folder: Path) -> list[Labelled]:
    """Return the topics in the sub-folders of a folder, by name.

    Raises:
        FileNotFoundError: when there is none.
    """
    found = []
    for gold in sorted(folder.glob("*/gold.json")):
        timelines = [frozenset(map(parse_day, one["dates"])) for one in json.loads(gold.read_text(encoding="utf-8"))]
        packed = gold.with_name("articles.jsonl.gz")
        found.append(Labelled(gold.parent.name, packed if packed.exists() else packed.with_suffix(""), timelines))
    if not found:
        raise FileNotFoundError(f"{folder} holds no folder with a gold.json")
    return found


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a file, JSONL or gzipped JSONL.

    Raises:
        ValueError: when a line is no article: labelled data has no bad rows.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        for item in read_lines(stream, str(path)):
            if not isinstance(item, Found):
                raise ValueError(f"{item.origin}: {item.reason}")
            yield article_from_row(item.row)


def date_f1(timeline: frozenset[int], ranked: Sequence[int], length: float = 1.0) -> float:
    """Return the Date-F1 of a ranking against one timeline of n days.

    The ranking is cut to the days from the timeline's first to its last, then to its best n (as in news-tls,
    Gholipour Ghalandari and Ifrim 2020).

    Args:
        timeline: the days that an editor chose.
        ranked: all days, best first.
        length: of what is cut, as a multiple of n.
    """
    first, last = min(timeline), max(timeline)
    most = max(1, round(length * len(timeline)))
    chosen = [day for day in ranked if first <= day <= last][:most]
    return 2 * len(timeline.intersection(chosen)) / (len(timeline) + len(chosen))


def by_group(topics: Sequence[Labelled], figures: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the mean over timelines for each group of topics.

    Args:
        topics: the topics.
        figures: those of each topic's timelines, by topic.
    """
    groups: dict[str, list[float]] = {}
    for topic in topics:
        groups.setdefault(topic.group, []).extend(figures[topic.name])
    return {name: sum(values) / len(values) for name, values in groups.items()}
