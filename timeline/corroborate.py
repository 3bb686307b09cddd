"""Merge mentions into events: a fold over the mentions of each event-date bucket.

The state is one `Filed` entry per mention: which event it was filed under, and which revision that made of the event.
An event is nothing but the fold of its entries, so that state can be written one small record at a time and read back
in any order. Filing the same mention again changes nothing.

Two mentions report the same event when they share the bucket and their sentences share enough words (Jaccard index of
their content words at least `SIMILARITY`), with neither categories nor places that contradict. The mentions of one
category in one sentence are one event, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar, get_args

from pydantic import Field

from schemas.civil import parse_moment
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from schemas.record import Record, stable_id
from schemas.vocabulary import Modality
from timeline.bucket import UNDATED, bucket_of

SIMILARITY = 0.5
MAX_EVIDENCE = 3
_STRENGTH: tuple[Modality, ...] = get_args(Modality)

_WORD = re.compile(r"[^\W_]{4,}")


class Filed(Record):
    """A mention's place in the state: its event, and the event's revision that filing it made."""

    event_id: str
    revision: int = Field(ge=1)
    bucket: str
    mention: Mention
    held: bool = Field(description="whether its article still says so")


class Corroborator:
    """The events of the buckets it has seen, as a fold of filed mentions. Pure: no clock, no randomness."""

    def __init__(self, filed: Iterable[Filed] = ()) -> None:
        self._filed: dict[str, Filed] = {}
        self._by_event: dict[str, list[str]] = defaultdict(list)
        self._events_by_word: dict[tuple[str, str], set[str]] = defaultdict(set)
        for entry in filed:
            self._put(entry)

    def file(self, message: Mention | MentionRetraction) -> Filed | None:
        """File a mention under its event, or take it back.

        Returns:
            The entry to be kept, or None when nothing changes: the mention is known as it is, was never known when it
            is taken back, or has no date.
        """
        known = self._filed.get(message.mention_id)
        if isinstance(message, MentionRetraction):
            if known is None or not known.held:
                return None
            return self._put(self._next(known.event_id, known.bucket, known.mention, held=False))
        if known is not None:
            if known.held and known.mention == message:
                return None
            return self._put(self._next(known.event_id, known.bucket, message, held=True))
        bucket = bucket_of(message.when)
        if bucket == UNDATED:
            return None
        event_id = self._same_event(bucket, message) or founded_by(message.mention_id)
        return self._put(self._next(event_id, bucket, message, held=True))

    def event(self, event_id: str) -> Event:
        """Return an event as its filed mentions make it; `retracted` when none of them is held any longer.

        Raises:
            KeyError: when no mention was ever filed under the id.
        """
        entries = [self._filed[mention_id] for mention_id in self._by_event.get(event_id, ())]
        if not entries:
            raise KeyError(event_id)
        return fold(event_id, entries)

    def _next(self, event_id: str, bucket: str, mention: Mention, *, held: bool) -> Filed:
        revision = 1 + max((self._filed[known].revision for known in self._by_event.get(event_id, ())), default=0)
        return Filed(event_id=event_id, revision=revision, bucket=bucket, mention=mention, held=held)

    def _put(self, entry: Filed) -> Filed:
        mention = entry.mention
        if mention.mention_id not in self._filed:
            self._by_event[entry.event_id].append(mention.mention_id)
        self._filed[mention.mention_id] = entry
        for word in content_words(mention.sentence):
            self._events_by_word[entry.bucket, word].add(entry.event_id)
        return entry

    def _same_event(self, bucket: str, mention: Mention) -> str | None:
        words = content_words(mention.sentence)
        candidates = {event for word in words for event in self._events_by_word.get((bucket, word), ())}
        scored = ((self._similarity(event, words, mention), event) for event in candidates)
        best, event_id = max(scored, default=(0.0, ""))
        return event_id if best >= SIMILARITY else None

    def _similarity(self, event_id: str, words: frozenset[str], mention: Mention) -> float:
        entries = (self._filed[mention_id] for mention_id in self._by_event[event_id])
        return max((similarity(words, mention, entry.mention) for entry in entries if entry.held), default=0.0)


def founded_by(mention_id: str) -> str:
    """Return the id of the event that a mention founds."""
    return stable_id("e", mention_id)


def content_words(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that can carry its content: four letters or more, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(sentence))


def similarity(words: frozenset[str], mention: Mention, other: Mention) -> float:
    """Return the Jaccard index of two mentions' content words, 0 when their categories or places contradict.

    Of one sentence, mentions of one category are one event ("the strikes killed five"), others are several.
    """
    here, there = ({place.name for place in one.places} for one in (mention, other))
    if here and there and not here & there:
        return 0.0
    if mention.article_id == other.article_id and mention.sentence_start == other.sentence_start:
        return 1.0 if mention.category == other.category else 0.0
    if mention.category and other.category and mention.category != other.category:
        return 0.0
    if _tells_again(mention, other) or _tells_again(other, mention):
        return 1.0
    others = content_words(other.sentence)
    union = len(words | others)
    return len(words & others) / union if union else 0.0


def _tells_again(mention: Mention, other: Mention) -> bool:
    """Tell whether a mention has its day from an earlier one of its article: "the meeting" behind "met on Monday"."""
    same = mention.article_id == other.article_id and mention.type is not None and mention.type == other.type
    return same and mention.when.rule == "reference.same_event"


def fold(event_id: str, entries: Sequence[Filed]) -> Event:
    """Make an event of the mentions filed under its id; their order does not matter.

    Title, When, category and type are those of the mention that founded the event while it is held, else of the most
    confident one. A retracted event shows what it last said, with counts of 0.

    Args:
        event_id: the event.
        entries: at least one, all of this event.
    """
    held = [entry.mention for entry in entries if entry.held]
    mentions = sorted(held or [entry.mention for entry in entries], key=lambda mention: mention.mention_id)
    lead = max(mentions, key=lambda mention: (founded_by(mention.mention_id) == event_id, mention.confidence))
    seen = sorted((m.published_at for m in mentions if m.published_at), key=lambda text: parse_moment(text).utc_second)
    outlets = {mention.source or mention.article_id for mention in held}
    return Event(
        event_id=event_id,
        revision=max(entry.revision for entry in entries),
        retracted=not held,
        bucket=entries[0].bucket,
        title=lead.title,
        when=lead.when,
        category=lead.category,
        type=lead.type,
        actors=_distinct(actor for mention in mentions for actor in mention.actors),
        places=_distinct(place for mention in mentions for place in mention.places),
        quantities=_distinct(quantity for mention in mentions for quantity in mention.quantities),
        modality=min((mention.modality for mention in mentions), key=_STRENGTH.index),
        confidence=max(mention.confidence for mention in mentions),
        mention_count=len(held),
        article_count=len({mention.article_id for mention in held}),
        source_count=len(outlets),
        mention_ids=tuple(mention.mention_id for mention in held_order(held)),
        sources=tuple(sorted({mention.source for mention in held if mention.source})),
        languages=tuple(sorted({mention.language for mention in held if mention.language})),
        evidence=_distinct([lead.sentence, *(mention.sentence for mention in mentions)])[:MAX_EVIDENCE],
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
    )


def held_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Sort mentions as a reader wants them: by publication, then by identity."""
    return sorted(
        mentions,
        key=lambda m: (
            parse_moment(m.published_at).utc_second if m.published_at else 0,
            m.article_id,
            m.start,
            m.mention_id,
        ),
    )


_Item = TypeVar("_Item")


def _distinct(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))
