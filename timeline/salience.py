"""Choose the dates that matter most in a set of articles.

Each article votes for the days that its sentences name, and a day's score is what it gathers against its surroundings:

    weight(sentence) = closeness(article) x (FLOOR + share(sentence)) x (1 + MILESTONE * milestones) / told
    vote(article, d) = the greatest weight of its sentences that name d / sqrt(number of days the article names)
    mass(d)          = sum of the votes for d x (1 + coverage(d)) ^ FOLLOWED
    score(d)         = mass(d) / sqrt(mean mass of the days from d - NEAR to d + NEAR)

`closeness` and `share` say how much an article and a sentence are about what all articles are about (`timeline.topic`);
`milestones` counts its words of decisive events, `told` the articles that have the same sentence; `coverage` says how
much was published from d to d + WEEK (`timeline.coverage`). The reasons, and what was tried and left out, are in
docs/timeline.md.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from schemas.dated_article import DatedArticle
from timeline.coverage import Coverage
from timeline.topic import Names, Topic


class Weights(NamedTuple):
    """The parameters of the ranking: round values from the flat top of what `training/salience.py` tries."""

    floor: float = 0.5
    """share of a sentence that names nothing of the topic"""
    milestone: float = 0.5
    """what each word of a decisive event adds to a weight of 1"""
    most_milestones: int = 3
    """as many of them count: a sentence with more is a list"""
    crowding: float = 0.5
    """power of the number of days that an article names, by which its votes are divided"""
    followed: float = 0.3
    """power of how much is published in the week after a day"""
    near: int = 14
    """days on each side against which a day is measured"""
    contrast: float = 0.5
    """power of their mean mass: 0 compares days of all times as they are, 1 days of equal times only"""


WEIGHTS = Weights()


class RankedDay(NamedTuple):
    """A day number and its score, of which the best day has 1."""

    day: int
    score: float


class _Sentence(NamedTuple):
    day: int
    names: array[int]
    milestones: int
    digest: int


class Salience:
    """Collects articles, some hundred bytes of each, and ranks the days that they name."""

    def __init__(self) -> None:
        self._names = Names()
        self._sentences: dict[str, list[_Sentence]] = {}
        self._published: dict[str, int] = {}
        self._told: Counter[int] = Counter()

    def add(self, article: DatedArticle) -> bool:
        """Take an article in; return False, changing nothing, when its id was taken in before."""
        if article.article_id in self._sentences:
            return False
        self._names.add(article.article_id, article.names, article.plain)
        self._sentences[article.article_id] = [
            _Sentence(named.day, self._names.numbers(sorted(named.names)), named.milestones, named.digest)
            for named in article.days
        ]
        self._told.update({named.digest for named in article.days})
        if article.published is not None:
            self._published[article.article_id] = article.published
        return True

    def topic(self) -> Topic:
        """Return what the articles are about."""
        return Topic(vector for _, vector in self._names.vectors())

    def rank(self, topic: Topic, weights: Weights = WEIGHTS) -> list[RankedDay]:
        """Return every day that is named, the one that matters most first, equal ones by date.

        A pure function of the articles: their order does not matter, to the last bit, and there is no clock.

        Args:
            topic: what the articles are about, from `topic()`.
            weights: the parameters.
        """
        votes: dict[int, list[float]] = {}
        published: list[tuple[int, float]] = []
        words = self._names.words()
        for article_id, vector in self._names.vectors():
            closeness = topic.closeness(vector)
            if article_id in self._published:
                published.append((self._published[article_id], closeness))
            best: dict[int, float] = {}
            for sentence in self._sentences[article_id]:
                share = topic.share(words[number] for number in sentence.names)
                weight = sentence_weight(share, sentence.milestones, weights) / self._told[sentence.digest]
                best[sentence.day] = max(best.get(sentence.day, 0.0), closeness * weight)
            for day, weight in best.items():
                votes.setdefault(day, []).append(weight / len(best) ** weights.crowding)
        coverage = Coverage(published)
        mass = {day: fsum(votes[day]) * (1 + coverage.after(day)) ** weights.followed for day in sorted(votes)}
        return best_first(contrasted(mass, weights))


def rank(articles: Iterable[DatedArticle], weights: Weights = WEIGHTS) -> list[RankedDay]:
    """Return the days that articles name, the one that matters most first; see `Salience.rank`."""
    salience = Salience()
    for article in articles:
        salience.add(article)
    return salience.rank(salience.topic(), weights)


def sentence_weight(share: float, milestones: int, weights: Weights = WEIGHTS) -> float:
    """Return how much a sentence says for the day that it names; the formula is in the module's docstring."""
    return (weights.floor + share) * (1 + weights.milestone * min(milestones, weights.most_milestones))


def contrasted(mass: dict[int, float], weights: Weights = WEIGHTS) -> dict[int, float]:
    """Measure each day against the days around it, so that one loud fortnight does not take all places.

    Args:
        mass: by day number, in the order of days.
        weights: the parameters.
    """
    days = list(mass)
    sums = list(accumulate(mass.values(), initial=0.0))
    scores = {}
    for day, value in mass.items():
        first, last = bisect_left(days, day - weights.near), bisect_left(days, day + weights.near + 1)
        level = (sums[last] - sums[first]) / (2 * weights.near + 1)
        scores[day] = value / level**weights.contrast if value > 0 else 0.0
    return scores


def best_first(scores: dict[int, float]) -> list[RankedDay]:
    """Return the days in the order of their scores, equal ones by date; the best score becomes 1."""
    top = max(scores.values(), default=0.0) or 1.0
    found = (RankedDay(day, score / top) for day, score in scores.items())
    return sorted(found, key=lambda ranked: (-ranked.score, ranked.day))
