"""What merging compares of a mention: its trigger, the words around it, its article's gist, When and place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from sys import intern

from lexis.families import Family, family
from lexis.stems import stems
from lexis.weights import telling, weight
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
class Profile:
    """A mention as merging sees it. Tuples hold distinct stems.

    Attributes:
        sentence: article and start of the sentence; the mentions of one sentence share it.
        heads: the stems of the trigger that carry its sense.
        roots: their first letters, where a derived word would share them.
        family: the kind of occurrence that the trigger names.
        rarity: 0 for a trigger as common as "and", 1 for one that is never seen.
        around: telling stems near the trigger.
        heft: the sum of their weights.
        gist: the article's gist, else the telling words of the sentence.
        length: of the vector of the gist's weights.
        when: the interval.
        places: names of the places, without countries: a town does not contradict its country.
        countries: codes of their countries.
        statement: what the mentions of one statement of a sentence share: title, bucket and reality.
        order: the lower, the better its trigger stands for the statement.
    """

    mention_id: str
    sentence: tuple[str, int]
    heads: tuple[str, ...]
    roots: tuple[str, ...]
    family: Family | None
    rarity: float
    around: tuple[str, ...]
    heft: float
    gist: tuple[str, ...]
    length: float
    when: Interval
    category: str | None
    type: str | None
    real: bool
    places: frozenset[str]
    countries: frozenset[str]
    statement: int
    order: Order

    @property
    def kinds(self) -> tuple[str, ...]:
        """What a mention of the same occurrence is looked up by: the trigger's family, else its roots."""
        return self.roots if self.family is None else (self.family.name,)

    @property
    def clues(self) -> list[str]:
        """What a mention of the same occurrence is looked up by, besides: the article's heaviest words."""
        return [word for word in self.gist[: CLUES + len(self.heads)] if word not in self.heads][:CLUES]


def profile_of(mention: Mention) -> Profile:
    """Return what merging compares of a mention."""
    start, end = mention.start - mention.sentence_start, mention.end - mention.sentence_start
    before = stems(mention.sentence[: max(start, 0)])
    trigger = stems(mention.sentence[max(start, 0) : max(end, 0)])
    after = stems(mention.sentence[max(end, 0) :])
    heads = tuple(dict.fromkeys(word for word in trigger if word not in _LIGHT)) or tuple(dict.fromkeys(trigger))
    around = tuple(dict.fromkeys(word for word in (*before[-AROUND:], *after[:AROUND]) if telling(word)))
    gist = mention.gist or sorted({word for word in (*before, *trigger, *after) if telling(word)}, key=_heaviest)
    return Profile(
        mention_id=mention.mention_id,
        sentence=(mention.article_id, mention.sentence_start),
        heads=heads,
        roots=tuple(dict.fromkeys(word[:_ROOT] for word in heads)),
        family=family(trigger),
        rarity=max((weight(word) for word in heads), default=0.0) / weight(""),
        around=around,
        heft=sum(map(weight, around)),
        gist=tuple(map(intern, gist)),
        length=math.sqrt(sum(weight(word) ** 2 for word in gist)),
        when=interval_of(mention.when),
        category=mention.category,
        type=mention.type,
        real=mention.modality in _REAL,
        places=frozenset(place.name for place in mention.places if place.precision != "country"),
        countries=frozenset(place.country for place in mention.places if place.country),
        statement=hash((mention.title, bucket_of(mention.when), mention.modality in _REAL)),
        order=order_of(mention),
    )


def order_of(mention: Mention) -> Order:
    """Return what sorts the mentions of a statement: first those whose trigger says most surely what occurred.

    A family that is not of saying comes before none, a type before none, a rare word before a common one.
    """
    start, end = mention.start - mention.sentence_start, mention.end - mention.sentence_start
    trigger = stems(mention.sentence[max(start, 0) : max(end, 0)])
    found = family(trigger)
    rarest = max((weight(word) for word in trigger if word not in _LIGHT), default=0.0)
    return found is None or found.telling, mention.type is None, -rarest, mention.mention_id


def _heaviest(word: str) -> tuple[float, str]:
    return (-weight(word), word)
