"""What an event says, as a fold over its mentions; their order does not matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar, get_args

from schemas.event import Event, Stage
from schemas.mention import Mention
from schemas.vocabulary import Modality
from schemas.when import When
from timeline.bucket import bucket_of
from timeline.figures import figures_of
from timeline.filed import Filed, founded_by
from timeline.independence import independent
from timeline.interval import Interval, interval_of
from timeline.moment import utc_second

MAX_EVIDENCE = 3
MAX_OTHER_WHENS = 5
_STRENGTH: tuple[Modality, ...] = get_args(Modality)
_GIVEN = 0.5  # confidence from which a mention's text gives the date


def fold(event_id: str, entries: Sequence[Filed], revision: int, redirect_to: str | None = None) -> Event:
    """Make an event of the mentions filed under its id and under those of the events that proved to be it.

    Title, category, type and the first sentence of evidence are those of the mention that tells it best: the surest, to
    a tenth; of equal ones that which founded the event, else one with numbers and a place. A retracted event shows what
    it last said, with counts of 0.

    Args:
        event_id: the event.
        entries: at least one.
        revision: of the event.
        redirect_to: the event that it proved to be.
    """
    held = [entry.mention for entry in entries if entry.held]
    mentions = sorted(held or [entry.mention for entry in entries], key=lambda mention: mention.mention_id)
    lead = max(mentions, key=lambda mention: _telling(mention, founder=founded_by(mention.mention_id) == event_id))
    seen = sorted((m.published_at for m in mentions if m.published_at), key=utc_second)
    when, *other_whens = whens_of(mentions)
    return Event(
        event_id=event_id,
        revision=revision,
        retracted=not held,
        redirect_to=redirect_to,
        bucket=bucket_of(when),
        title=lead.title,
        when=when,
        other_whens=tuple(other_whens[:MAX_OTHER_WHENS]),
        category=lead.category,
        type=lead.type,
        actors=_distinct(actor for mention in mentions for actor in mention.actors),
        places=_distinct(place for mention in mentions for place in mention.places),
        quantities=_distinct(quantity for mention in mentions for quantity in mention.quantities),
        figures=figures_of(mentions),
        modality=min((mention.modality for mention in mentions), key=_STRENGTH.index),
        stages=stages_of(mentions),
        confidence=max(mention.confidence for mention in mentions),
        mention_count=len(held),
        article_count=len({mention.article_id for mention in held}),
        source_count=independent(held),
        mention_ids=tuple(mention.mention_id for mention in held_order(held)),
        sources=tuple(sorted({mention.source for mention in held if mention.source})),
        languages=tuple(sorted({mention.language for mention in held if mention.language})),
        evidence=_distinct([lead.sentence, *(mention.sentence for mention in mentions)])[:MAX_EVIDENCE],
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
    )


def _telling(mention: Mention, *, founder: bool) -> tuple[float, bool, bool, bool, float]:
    sure = round(mention.confidence, 1)
    return sure, founder, bool(mention.quantities), bool(mention.places), mention.confidence


def whens_of(mentions: Sequence[Mention]) -> list[When]:
    """Return one When for each bucket that mentions speak of, the best supported first.

    A When has the support of the articles that say it, each by its surest mention; one that a text gives (not guessed
    from the day of publication) has that of the coarser ones that contain it, too. Of equal ones the finer comes first.
    """
    whens: dict[str, tuple[float, str, When]] = {}
    support: dict[str, dict[str, float]] = defaultdict(dict)
    for mention in mentions:
        bucket = bucket_of(mention.when)
        surest = (mention.confidence, mention.mention_id, mention.when)
        whens[bucket] = max(whens.get(bucket, surest), surest, key=lambda one: one[:2])
        articles = support[bucket]
        articles[mention.article_id] = max(articles.get(mention.article_id, 0.0), mention.confidence)
    spans = {bucket: interval_of(when) for bucket, (_, _, when) in whens.items()}
    totals = {bucket: sum(support[bucket].values()) for bucket in whens}

    def backing(bucket: str) -> float:
        own = totals[bucket]
        if whens[bucket][0] < _GIVEN:
            return own
        return own + sum(totals[other] for other in spans if other != bucket and _within(spans[bucket], spans[other]))

    order = sorted(whens, key=lambda bucket: (-round(backing(bucket), 6), _length(spans[bucket]), bucket))
    return [whens[bucket][2] for bucket in order]


def stages_of(mentions: Iterable[Mention]) -> tuple[Stage, ...]:
    """Return the modalities of mentions in the order in which they were first published, those without a date last."""
    counts: dict[Modality, int] = defaultdict(int)
    first: dict[Modality, str] = {}
    for mention in mentions:
        counts[mention.modality] += 1
        if mention.published_at:
            known = first.setdefault(mention.modality, mention.published_at)
            first[mention.modality] = min(known, mention.published_at, key=_instant)
    order = sorted(counts, key=lambda one: (one not in first, _instant(first[one]) if one in first else (0, "")))
    return tuple(Stage(modality=one, since=first.get(one), mention_count=counts[one]) for one in order)


def held_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Sort mentions as a reader wants them: by publication, then by identity."""
    return sorted(
        mentions,
        key=lambda m: (
            utc_second(m.published_at) if m.published_at else 0,
            m.article_id,
            m.start,
            m.mention_id,
        ),
    )


def _instant(text: str) -> tuple[int, str]:
    return utc_second(text), text


def _within(some: Interval, other: Interval) -> bool:
    return other.start <= some.start and some.end <= other.end and _length(some) < _length(other)


def _length(span: Interval) -> float:
    return span.end - span.start


_Item = TypeVar("_Item")


def _distinct(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))
