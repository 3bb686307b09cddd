"""Choose the weights of `timeline.salience` on labelled topics, and measure the choice on topics left out.

    python -m training.salience FOLDER

FOLDER holds a folder per topic, see `benchmarks.date_selection`. Every combination in GRID is tried. For each topic the
combination is taken that is best on all others, and measured on this one: the mean of these figures is what to expect
on new topics. What is best on all is printed last; `Weights` holds it. Nothing of the labelled texts is kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from benchmarks.date_selection import Labelled, by_group, date_f1, read_articles, read_topics
from extraction.dated_sentences import read_days
from timeline.salience import Salience, Weights

GRID: dict[str, tuple[float, ...]] = {
    "floor": (0.2, 0.5, 1.0),
    "milestone": (0.0, 0.5, 1.0),
    "crowding": (0.0, 0.5, 1.0),
    "near": (10, 14, 20),
    "contrast": (0.0, 0.5),
}

Figures = dict[str, list[float]]
"""Date-F1 of each timeline, by topic."""


def main() -> None:
    """Run the search."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    topics = read_topics(parser.parse_args().folder)
    tried: list[tuple[Weights, Figures]] = [
        (Weights(**dict(zip(GRID, values, strict=True))), {})  # type: ignore[arg-type]
        for values in product(*GRID.values())
    ]
    for topic in topics:
        salience = Salience()
        for article in read_articles(topic.articles):
            salience.add(read_days(article))
        about = salience.topic()
        for weights, figures in tried:
            days = [one.day for one in salience.rank(about, weights)]
            figures[topic.name] = [date_f1(timeline, days) for timeline in topic.timelines]
    held_out: Figures = {}
    for topic in topics:
        others = [other for other in topics if other.name != topic.name]
        weights, figures = max(tried, key=lambda one: _merit(others, one[1]))
        held_out[topic.name] = figures[topic.name]
        print(f"{topic.name:34} {sum(figures[topic.name]) / len(topic.timelines):.3f}  {_short(weights)}")
    print("left out:", _groups(topics, held_out))
    weights, figures = max(tried, key=lambda one: _merit(topics, one[1]))
    print("best on all:", _groups(topics, figures), _short(weights))
    for name, values in GRID.items():
        for value in values:
            merits = [_merit(topics, figures) for weights, figures in tried if getattr(weights, name) == value]
            print(f"  {name} {value}: {sum(merits) / len(merits):.3f}")


def _merit(topics: Sequence[Labelled], figures: Figures) -> float:
    """Return the mean of the groups' means, so that a group with many topics does not decide alone."""
    means = by_group(topics, figures).values()
    return sum(means) / len(means)


def _groups(topics: Sequence[Labelled], figures: Figures) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in by_group(topics, figures).items())


def _short(weights: Weights) -> str:
    return " ".join(f"{name}={getattr(weights, name)}" for name in GRID)


if __name__ == "__main__":
    main()
