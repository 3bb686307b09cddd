"""The best events of each day: its mentions, merged, in the order of what they say for the day."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from math import fsum

from schemas.civil import format_day
from schemas.dated_article import DatedArticle, NamedDay
from schemas.event import Event
from schemas.mention import Mention
from timeline.bucket import WITHIN_A_DAY, bucket_of
from timeline.corroborate import Corroborator
from timeline.headlines import Headlines
from timeline.salience import sentence_weight
from timeline.topic import Topic

KEPT = 64
"""Mentions that are kept of a day at most: its events count no more articles than that, and memory stays bounded."""


class DayMentions:
    """Keeps the best mentions of each day while articles stream by; their order does not matter."""

    def __init__(self) -> None:
        self._days: dict[str, list[_Kept]] = {}

    def add(self, article: DatedArticle, mentions: Iterable[Mention]) -> None:
        """Keep what an article tells of single days, as far as it is among the best of its day."""
        days_in = Counter(named.sentence_start for named in article.days)
        for mention in mentions:
            if mention.when.granularity not in WITHIN_A_DAY or not mention.when.resolved:
                continue
            day = bucket_of(mention.when)
            named = _named(article, mention, day)
            sure = mention.confidence / (days_in[named.sentence_start] if named else 1)
            kept = self._days.setdefault(day, [])
            entry = _Kept(sure, mention, named)
            if len(kept) < KEPT:
                heapq.heappush(kept, entry)
            else:
                heapq.heappushpop(kept, entry)

    def events(self, day: str, topic: Topic, most: int) -> list[Event]:
        """Return the best events of a day (ISO date).

        An event weighs what the best mention of each of its articles weighs, added up: the confidence of its date,
        divided by the number of days that its sentence names, times what the sentence says for the day
        (`timeline.salience`), times what its title is worth (`timeline.headlines`). Its title is that of its heaviest
        mention; of events whose titles tell the same the best is returned.

        Args:
            day: the day.
            topic: what the articles are about.
            most: events to return at most.
        """
        entries = self._days.get(day, ())
        headlines = Headlines(entry.mention for entry in entries)
        weighed = [(_weight(entry, topic) * headlines.worth(entry.mention), entry.mention) for entry in entries]
        weighed.sort(key=lambda pair: (-pair[0], pair[1].mention_id))
        merged = Corroborator()
        filed = [(weight, mention) for weight, mention in weighed if merged.file(mention) is not None]
        articles: dict[str, dict[str, float]] = {}
        titles: dict[str, str] = {}
        for weight, mention in filed:
            event_id = merged.event_of(mention.mention_id)
            articles.setdefault(event_id, {}).setdefault(mention.article_id, weight)
            titles.setdefault(event_id, mention.title)
        order = sorted(articles, key=lambda event_id: (-fsum(articles[event_id].values()), event_id))
        best: list[Event] = []
        for event_id in order:
            if len(best) == most:
                break
            title = titles[event_id]
            if not any(headlines.alike(title, shown.title) for shown in best):
                best.append(merged.event(event_id).model_copy(update={"title": title}))
        return best


class _Kept:
    """A mention of a day; the first to go is the least sure one with the fewest milestones, equal ones by identity."""

    __slots__ = ("mention", "named", "order", "sure")

    def __init__(self, sure: float, mention: Mention, named: NamedDay | None) -> None:
        self.sure = sure
        self.mention = mention
        self.named = named
        self.order = (sure * (1 + (named.milestones if named else 0)), mention.mention_id)

    def __lt__(self, other: _Kept) -> bool:
        return self.order < other.order


def _named(article: DatedArticle, mention: Mention, day: str) -> NamedDay | None:
    """Return what the sentence of a mention says of its day; None when it does not name that day."""
    for named in article.days:
        if named.sentence_start <= mention.sentence_start < named.sentence_end and format_day(named.day) == day:
            return named
    return None


def _weight(entry: _Kept, topic: Topic) -> float:
    named = entry.named
    if named is None:
        return entry.sure * sentence_weight(0.0, 0)
    return entry.sure * sentence_weight(topic.share(named.names), named.milestones)
