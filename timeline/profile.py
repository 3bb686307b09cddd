"""What merging compares of a mention: its trigger, the words around it, its article's gist, When and place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from lexis.families import Family, family
from lexis.stems import stem, stems, words
from lexis.weights import UNKNOWN, telling, weight, weights
from schemas.mention import Mention
from timeline.bucket import bucket_of
from timeline.interval import Interval, interval_of

AROUND = 6
"""Words on each side of the trigger that belong to it."""

CLUES = 8
"""Words that a mention is found by."""

Order = tuple[bool, bool, float, str]

_REAL = ("asserted", "reported")
_ROOT = 5  # letters that a derived word keeps: acqui-re, acqui-sition
# words that a trigger may hold and that name no occurrence
_LIGHT = frozenset(
    stems(
        "up down out into in on off over of to himself herself themselves itself the a an it be been was were is are"
        " had has have go went gone take took taken make made get got give gave"
    )
)


@dataclass(frozen=True, slots=True)
class Gist:
    """The telling words of an article, as distinct stems, heaviest first.

    Attributes:
        words: the stems.
        length: of the vector of their weights.
    """

    words: tuple[str, ...]
    length: float


@dataclass(slots=True, eq=False)
class Profile:
    """A mention as merging sees it. Millions are kept: what mentions share is one object, what follows is not stored.

    Attributes:
        sentence: hash of article and start of the sentence; the mentions of one sentence share it.
        heads: the distinct stems of the trigger that carry its sense.
        family: the kind of occurrence that the trigger names.
        rarity: 0 for a trigger as common as "and", 1 for one that is never seen.
        around: distinct telling stems near the trigger.
        heft: the sum of their weights.
        gist: the article's gist, else the telling words of the sentence.
        when: the interval.
        places: names of the places, without countries: a town does not contradict its country.
        countries: codes of their countries.
        statement: what the mentions of one statement of a sentence share: title, bucket and reality.
    """

    mention_id: str
    sentence: int
    heads: tuple[str, ...]
    family: Family | None
    rarity: float
    around: tuple[str, ...]
    heft: float
    gist: Gist
    when: Interval
    category: str | None
    type: str | None
    places: tuple[str, ...]
    countries: tuple[str, ...]
    statement: int

    @property
    def roots(self) -> tuple[str, ...]:
        """The first letters of the heads, where a derived word would share them."""
        return tuple(word[:_ROOT] for word in self.heads)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What a mention of the same occurrence is looked up by: the trigger's family, else its roots."""
        return tuple(dict.fromkeys(self.roots)) if self.family is None else (self.family.name,)

    @property
    def clues(self) -> list[str]:
        """What a mention of the same occurrence is looked up by, besides: the article's heaviest words."""
        return [word for word in self.gist.words[: CLUES + len(self.heads)] if word not in self.heads][:CLUES]

    @property
    def order(self) -> Order:
        """What sorts the mentions of a statement: the lower, the better its trigger stands for it."""
        return _order(self.family, self.type, self.rarity, self.mention_id)


def profile_of(mention: Mention) -> Profile:
    """Return what merging compares of a mention."""
    sentence = mention.sentence
    start, end = _trigger(mention)
    near = (*words(sentence[:start])[-AROUND:], *words(sentence[end:])[:AROUND])
    around = tuple(intern(word) for word in dict.fromkeys(map(stem, near)) if telling(word))
    heads, found, rarity = _sense(sentence[start:end])
    return Profile(
        mention_id=mention.mention_id,
        sentence=hash((mention.article_id, mention.sentence_start)),
        heads=heads,
        family=found,
        rarity=rarity,
        around=around,
        heft=sum(weights(around)),
        gist=_gist(mention.gist or _telling(sentence)),
        when=interval_of(mention.when),
        category=mention.category and intern(mention.category),
        type=mention.type and intern(mention.type),
        places=_names(place.name for place in mention.places if place.precision != "country"),
        countries=_names(place.country for place in mention.places if place.country),
        statement=hash((mention.title, bucket_of(mention.when), mention.modality in _REAL)),
    )


def order_of(mention: Mention) -> Order:
    """Return what sorts the mentions of a statement: first those whose trigger says most surely what occurred.

    A family that is not of saying comes before none, a type before none, a rare word before a common one.
    """
    start, end = _trigger(mention)
    _, found, rarity = _sense(mention.sentence[start:end])
    return _order(found, mention.type, rarity, mention.mention_id)


def _order(found: Family | None, kind: str | None, rarity: float, mention_id: str) -> Order:
    return found is None or found.telling, kind is None, -rarity, mention_id


def _trigger(mention: Mention) -> tuple[int, int]:
    return max(mention.start - mention.sentence_start, 0), max(mention.end - mention.sentence_start, 0)


@lru_cache(maxsize=1 << 14)
def _sense(trigger: str) -> tuple[tuple[str, ...], Family | None, float]:
    """Return the heads of a trigger, its family and its rarity."""
    told = stems(trigger)
    found = tuple(map(intern, dict.fromkeys(told)))
    heads = tuple(word for word in found if word not in _LIGHT) or found
    return heads, family(told), max(weights(heads), default=0.0) / UNKNOWN


@lru_cache(maxsize=1 << 10)
def _gist(gist: tuple[str, ...]) -> Gist:
    """Return a gist, the same one for the mentions of an article, which come together."""
    return Gist(tuple(map(intern, gist)), math.hypot(*weights(gist)))


def _telling(sentence: str) -> tuple[str, ...]:
    return tuple(sorted({word for word in stems(sentence) if telling(word)}, key=lambda word: (-weight(word), word)))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, dict.fromkeys(names)))
