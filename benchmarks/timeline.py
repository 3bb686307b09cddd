"""Measure the choice of dates on labelled topics, beside two simple baselines.

    python -m benchmarks.timeline FOLDER [--json]

FOLDER holds a folder per topic, see `benchmarks.date_selection`. The baselines rank days by how many articles were
published on them, and by how many sentences name them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.date_selection import by_group, date_f1, read_articles, read_topics
from extraction.dated_sentences import read_days
from schemas.civil import parse_moment
from timeline.salience import Salience

_METHODS = ("published", "sentences", "dateline")


class Speed(NamedTuple):
    """What reading the days of all articles and ranking them took."""

    reading_seconds: float
    ranking_seconds: float
    characters_a_second: float


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    arguments = parser.parse_args()
    topics = read_topics(arguments.folder)
    scores: dict[str, dict[str, list[float]]] = {method: {} for method in _METHODS}
    characters = 0
    reading = ranking = 0.0
    for topic in topics:
        articles = list(read_articles(topic.articles))
        characters += sum(len(article.text) for article in articles)
        start = time.perf_counter()
        read = [read_days(article) for article in articles]
        middle = time.perf_counter()
        salience = Salience()
        for article in read:
            salience.add(article)
        ranked = [one.day for one in salience.rank(salience.topic())]
        reading, ranking = reading + middle - start, ranking + time.perf_counter() - middle
        published = (parse_moment(article.published_at).day for article in articles if article.published_at)
        named = (sentence.day for article in read for sentence in article.days)
        for method, days in zip(_METHODS, (_by_count(published), _by_count(named), ranked), strict=True):
            scores[method][topic.name] = [date_f1(timeline, days) for timeline in topic.timelines]
    speed = Speed(reading, ranking, characters / (reading + ranking))
    groups = {method: by_group(topics, scores[method]) for method in _METHODS}
    means = {topic.name: {method: fmean(scores[method][topic.name]) for method in _METHODS} for topic in topics}
    if arguments.json:
        print(json.dumps({"topics": means, "groups": groups, "speed": speed._asdict()}, indent=2))
    else:
        print(_table(means, groups, speed))


def _by_count(days: Iterable[int]) -> list[int]:
    return [day for day, _ in sorted(Counter(days).items(), key=lambda pair: (-pair[1], pair[0]))]


def _table(means: dict[str, dict[str, float]], groups: dict[str, dict[str, float]], speed: Speed) -> str:
    lines = [f"{'date-F1':34}" + "".join(f"{method:>12}" for method in _METHODS)]
    for name, one in means.items():
        lines.append(f"{name:34}" + "".join(f"{one[method]:12.3f}" for method in _METHODS))
    for name in groups[_METHODS[0]]:
        lines.append(f"{'timelines of ' + name:34}" + "".join(f"{groups[method][name]:12.3f}" for method in _METHODS))
    lines.append(
        f"reading {speed.reading_seconds:.1f} s, ranking {speed.ranking_seconds:.1f} s, "
        f"{speed.characters_a_second:,.0f} characters a second"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
