"""Choose the weights of `timeline.salience` on labelled topics, and measure the choice on topics left out.

    python -m training.salience FOLDER

FOLDER holds a folder per topic, see `benchmarks.date_selection`. Every combination in GRID is tried. For each topic the
combination is taken that is best on all others, and measured on this one: the mean of these figures is what to expect
on new topics. What is best on all is printed last; `Weights` holds it. Nothing of the labelled texts is kept.

One date more or less moves Date-F1 by up to a tenth in a short timeline. So combinations are compared by its mean over
rankings cut to LENGTHS of the timeline's number of dates, and only measured at that number.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.date_selection import Labelled, by_group, date_f1, read_articles, read_topics
from extraction.dated_sentences import read_days
from timeline.salience import Salience, Weights

GRID: dict[str, tuple[float, ...]] = {
    "milestone": (0.25, 0.5, 0.75),
    "crowding": (0.25, 0.5, 0.75),
    "followed": (0.0, 0.3, 0.5),
    "near": (10, 14, 20),
    "contrast": (0.4, 0.5),
}

LENGTHS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)

Figures = dict[str, list[float]]
"""A figure of each timeline, by topic."""


class Tried(NamedTuple):
    """A combination, its Date-F1, and the mean of that over LENGTHS."""

    weights: Weights
    date_f1: Figures
    smooth: Figures


def main() -> None:
    """Run the search."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    topics = read_topics(parser.parse_args().folder)
    tried = [
        Tried(Weights(**dict(zip(GRID, values, strict=True))), {}, {})  # type: ignore[arg-type]
        for values in product(*GRID.values())
    ]
    for topic in topics:
        salience = Salience()
        for article in read_articles(topic.articles):
            salience.add(read_days(article))
        about = salience.topic()
        for one in tried:
            days = [ranked.day for ranked in salience.rank(about, one.weights)]
            one.date_f1[topic.name] = [date_f1(timeline, days) for timeline in topic.timelines]
            one.smooth[topic.name] = [
                fmean(date_f1(timeline, days, length) for length in LENGTHS) for timeline in topic.timelines
            ]
    held_out: Figures = {}
    for topic in topics:
        others = [other for other in topics if other.name != topic.name]
        best = max(tried, key=lambda one: _merit(others, one.smooth))
        held_out[topic.name] = best.date_f1[topic.name]
        print(f"{topic.name:34} {fmean(best.date_f1[topic.name]):.3f}  {_short(best.weights)}")
    print("left out:", _groups(topics, held_out))
    best = max(tried, key=lambda one: _merit(topics, one.smooth))
    print("best on all:", _groups(topics, best.date_f1), _short(best.weights))
    for name, values in GRID.items():
        for value in values:
            merits = [_merit(topics, one.smooth) for one in tried if getattr(one.weights, name) == value]
            print(f"  {name} {value}: {fmean(merits):.4f}")


def _merit(topics: Sequence[Labelled], figures: Figures) -> float:
    """Return the mean of the groups' means, so that a group with many topics does not decide alone."""
    return fmean(by_group(topics, figures).values())


def _groups(topics: Sequence[Labelled], figures: Figures) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in by_group(topics, figures).items())


def _short(weights: Weights) -> str:
    return " ".join(f"{name}={getattr(weights, name)}" for name in GRID)


if __name__ == "__main__":
    main()
