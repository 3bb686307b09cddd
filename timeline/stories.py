"""Stories: articles that report the same event, put together as they are published.

An article is the direction of its telling words (`lexis.gist`), a story the sum of its articles. An article joins
the story to which it is nearest on average, two stories that are near enough become one, and the articles nearest to a
new one are asked again where they belong: that makes a single pass nearly as good as comparing all with all, and
nearly independent of the order. Memory holds the stories that were added to lately; `retire` gives up the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lexis.gist import SIZE, weighed
from schemas.civil import SECONDS_A_DAY, parse_moment
from schemas.record import stable_id

NEAR = 0.14
"""Least mean likeness of an article to the articles of its story; see docs/corroboration.md for how flat it is."""

HALF_LIFE = 30.0
"""Days after which two articles have lost half of what distance in time can take from their likeness."""

TIMELESS = 0.5
"""Share of the likeness that no distance in time takes: catalogues date old articles by the day they were collected."""

WORDS = 100
"""Words kept of an article, the heaviest."""

SHARED = 2
"""Words of two gists that must meet before anything is computed."""

ASKED_AGAIN = 10
"""Articles near a new one that are asked again where they belong."""

_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Report:
    """An article as a story sees it.

    Attributes:
        article_id: of the article.
        day: when it was published, in days since 1970 with their fraction; None when unknown.
        words: its telling stems with their weights, heaviest first; the squares sum to 1.
    """

    article_id: str
    day: float | None
    words: dict[str, float]

    @property
    def gist(self) -> list[str]:
        """Its heaviest words."""
        return list(self.words)[:SIZE]

    @property
    def age(self) -> tuple[float, str]:
        """What orders reports from the oldest to the newest, those without a day last."""
        return (math.inf if self.day is None else self.day, self.article_id)


def report(article_id: str, published_at: str | None, title: str | None, text: str) -> Report:
    """Return what a story sees of an article; its text can be forgotten then."""
    heaviest = weighed(title, text)[:WORDS]
    norm = math.sqrt(sum(weight * weight for _, weight in heaviest)) or 1.0
    day = None if published_at is None else parse_moment(published_at).utc_second / SECONDS_A_DAY
    return Report(article_id, day, {word: weight / norm for word, weight in heaviest})


@dataclass(slots=True)
class _Story:
    """The sum of its reports; `days` and `dated` give their mean day."""

    reports: dict[str, Report] = field(default_factory=dict)
    sum: dict[str, float] = field(default_factory=dict)
    days: float = 0.0
    dated: int = 0

    def take(self, report: Report, sign: int) -> None:
        for word, weight in report.words.items():
            self.sum[word] = self.sum.get(word, 0.0) + sign * weight
            if self.sum[word] < _TIE:
                del self.sum[word]
        if report.day is not None:
            self.days += sign * report.day
            self.dated += sign
        if sign > 0:
            self.reports[report.article_id] = report
        else:
            del self.reports[report.article_id]

    @property
    def name(self) -> str:
        """The id that its oldest article gives it."""
        return stable_id("c", min(self.reports.values(), key=lambda report: report.age).article_id)


class Stories:
    """The stories of the recent past. Pure: time is what the articles say."""

    def __init__(self) -> None:
        self._stories: dict[int, _Story] = {}
        self._of: dict[str, int] = {}
        self._by_word: dict[str, Counter[int]] = {}
        self._touched: dict[int, float] = {}
        self._next = 0
        self._latest = -math.inf

    def add(self, report: Report) -> None:
        """Put an article with those that report the same; one with a known id replaces it."""
        if report.article_id in self._of:
            self._remove(report)
        if report.day is not None:
            self._latest = max(self._latest, report.day)
        near, found = self._nearest(report, None)
        if near < NEAR:
            found, self._next = self._next, self._next + 1
        self._put(report, found)
        for other in self._around(report):
            self._ask_again(other)
        self._ask_again(report)
        self._join(self._of[report.article_id])

    def retire(self, days: float) -> Iterator[tuple[str, str]]:
        """Forget the stories that nothing was added to for some days of publication time; yield as `all` does."""
        for number in [known for known, touched in self._touched.items() if touched < self._latest - days]:
            story = self._stories[number]
            name, reports = story.name, list(story.reports.values())
            for one in reports:
                self._remove(one)
                yield one.article_id, name

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield (article_id, story) of all that is remembered; a story is named after its oldest article."""
        for story in self._stories.values():
            name = story.name
            for article_id in story.reports:
                yield article_id, name

    def _put(self, report: Report, number: int) -> None:
        self._stories.setdefault(number, _Story()).take(report, 1)
        self._of[report.article_id] = number
        self._touched[number] = self._latest
        for word in report.gist:
            self._by_word.setdefault(word, Counter())[number] += 1

    def _remove(self, report: Report) -> None:
        number = self._of.pop(report.article_id)
        known = self._stories[number].reports[report.article_id]
        self._stories[number].take(known, -1)
        for word in known.gist:
            numbers = self._by_word[word]
            numbers[number] -= 1
            if not numbers[number]:
                del numbers[number]
            if not numbers:
                del self._by_word[word]
        if not self._stories[number].reports:
            del self._stories[number], self._touched[number]

    def _sharing(self, words: Iterable[str]) -> list[int]:
        """Return the stories that share gist words, in the order they were founded."""
        counts: Counter[int] = Counter()
        for word in words:
            counts.update(self._by_word.get(word, {}).keys())
        return sorted(number for number, count in counts.items() if count >= SHARED)

    def _likeness(self, report: Report, number: int) -> float:
        """Return the mean likeness of a report to the other reports of a story, 0 when there is no other."""
        story = self._stories[number]
        total, count, days, dated = _product(report.words, story.sum), len(story.reports), story.days, story.dated
        if self._of.get(report.article_id) == number:
            total, count = total - 1.0, count - 1
            if report.day is not None:
                days, dated = days - report.day, dated - 1
        if not count:
            return 0.0
        return total / count * _kept(report.day, days / dated if dated else None)

    def _nearest(self, report: Report, current: int | None) -> tuple[float, int]:
        """Return the nearest story, its present one where nothing is nearer, with its likeness."""
        best = (self._likeness(report, current) + _TIE if current is not None else 0.0, current or 0)
        for number in self._sharing(report.gist):
            if number != current:
                best = max(best, (self._likeness(report, number), number))
        return best

    def _around(self, report: Report) -> list[Report]:
        """Return the reports most like a new one."""
        others = (
            (_product(report.words, other.words), other.article_id, other)
            for number in self._sharing(report.gist)
            for other in self._stories[number].reports.values()
            if other is not report
        )
        return [other for _, _, other in sorted(others, key=lambda found: (-found[0], found[1]))[:ASKED_AGAIN]]

    def _ask_again(self, report: Report) -> None:
        current = self._of[report.article_id]
        near, found = self._nearest(report, current)
        if found != current and near >= NEAR:
            self._remove(report)
            self._put(report, found)

    def _join(self, number: int) -> None:
        """Make one of a story and the nearest others, as long as they are near enough."""
        while True:
            story = self._stories[number]
            heaviest = sorted(story.sum.items(), key=lambda pair: (-pair[1], pair[0]))[: 2 * SIZE]
            near, found = 0.0, number
            for other in self._sharing(word for word, _ in heaviest):
                if other != number:
                    near, found = max((near, found), (_mean_likeness(story, self._stories[other]), other))
            if near < NEAR:
                return
            number, younger = sorted((number, found))
            for one in list(self._stories[younger].reports.values()):
                self._remove(one)
                self._put(one, number)


def _product(some: dict[str, float], others: dict[str, float]) -> float:
    if len(some) > len(others):
        some, others = others, some
    return sum(weight * others.get(word, 0.0) for word, weight in some.items())


def _kept(day: float | None, other: float | None) -> float:
    """Return the share of a likeness that the distance in time leaves."""
    if day is None or other is None:
        return 1.0
    return float(TIMELESS + (1 - TIMELESS) * 0.5 ** (abs(day - other) / HALF_LIFE))


def _mean_likeness(story: _Story, other: _Story) -> float:
    days = [known.days / known.dated if known.dated else None for known in (story, other)]
    return _product(story.sum, other.sum) / (len(story.reports) * len(other.reports)) * _kept(days[0], days[1])
