"""How surely two mentions report the same occurrence: one formula, used wherever mentions are merged.

    likeness = agreement of When, place and category × (RARE · rarity + STORY · story + AROUND · around)

if the triggers share a word, a root or a family and the articles tell of the same things, else 0. *rarity* is that of
the commoner trigger; *story* the cosine of the articles' gists, by the weights of their words; *around* the share of
words around the triggers that is common. A logistic regression over twenty features does little better on topics it was
not trained on; docs/corroboration.md has the figures.
"""

from __future__ import annotations

from lexis.weights import weights
from timeline.interval import compatible
from timeline.profile import Gist, Profile

SAME = 0.28
"""Least mean likeness to the mentions of an event."""

RARE, STORY, AROUND = 0.3, 1.0, 0.4

OTHER_STORY = 0.15
"""Likeness of gists below which the articles tell of other things, and a common trigger means nothing."""

TELLING = 0.2
"""Factor where both only tell of saying or thinking: the same story has many such acts."""

OTHER_PLACE = 0.25
"""Factor where both name places and none is the same; 0 where their countries differ, too."""

OTHER_CATEGORY = 0.8


class Measured:
    """A profile made ready to be compared with many others."""

    __slots__ = ("around", "gist", "heads", "profile", "roots", "stories")

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.heads = frozenset(profile.heads)
        self.roots = frozenset(root for root in profile.roots if len(root) > 4)
        self.around = dict(zip(profile.around, weights(profile.around), strict=True))
        self.gist = dict(zip(profile.gist.words, weights(profile.gist.words), strict=True))
        self.stories: dict[int, float] = {}  # by the identity of the other gist, which the mentions of an article share

    def likeness(self, other: Profile) -> float:
        """Return how surely both report the same occurrence: 0 for certainly not; `SAME` and more for yes."""
        mine = self.profile
        if not self._same_kind(other):
            return 0.0
        agreement = compatible(mine.when, other.when) * self._agreement(other)
        if not agreement:
            return 0.0
        story = self._story(other.gist)
        if story < OTHER_STORY:
            return 0.0
        common = sum(self.around[word] for word in other.around if word in self.around)
        around = common / (mine.heft + other.heft - common) if common else 0.0
        return agreement * (RARE * min(mine.rarity, other.rarity) + STORY * story + AROUND * around)

    def _story(self, gist: Gist) -> float:
        known = self.stories.get(id(gist))
        if known is None:
            shared = sum(self.gist[word] ** 2 for word in gist.words if word in self.gist)
            known = self.stories[id(gist)] = shared / (self.profile.gist.length * gist.length) if shared else 0.0
        return known

    def _same_kind(self, other: Profile) -> bool:
        family = self.profile.family
        if family is not None and family == other.family:
            return True
        return not self.heads.isdisjoint(other.heads) or not self.roots.isdisjoint(other.roots)

    def _agreement(self, other: Profile) -> float:
        mine, factor = self.profile, 1.0
        if mine.family is not None and mine.family.telling and mine.family == other.family:
            factor *= TELLING
        if _exclude(mine.places, other.places):
            if _exclude(mine.countries, other.countries):
                return 0.0
            factor *= OTHER_PLACE
        if mine.category and other.category and mine.category != other.category:
            factor *= OTHER_CATEGORY
        return factor


def told_together(some: Profile, other: Profile) -> bool:
    """Tell whether two triggers of one sentence are of one event: "strikes that killed 17 and injured 200".

    They are where they make one statement (`Profile.statement`), of no two places or categories, and of no two types
    unless one is what the other brought about (a consequence, `lexis/families.toml`).
    """
    if some.statement != other.statement:
        return False
    if _exclude(some.places, other.places):
        return False
    if some.category and other.category and some.category != other.category:
        return False
    if some.type is None or other.type is None or some.type == other.type:
        return True
    return any(one.family is not None and one.family.consequence for one in (some, other))


def _exclude(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether both name something and nothing in common."""
    return bool(some) and bool(others) and not any(name in others for name in some)
