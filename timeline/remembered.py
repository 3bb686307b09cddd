"""What is remembered of a mention and of an event, in as few bytes as may be: there are millions."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from timeline.filed import Filed
from timeline.packed import pack, unpack
from timeline.profile import Profile
from timeline.statement import order

COMPARED = 8
"""Sentences of an event that a mention is compared with: always the same ones, those of the lowest mention ids."""

NEVER = -sys.maxsize
"""A day before all others."""


class Sentence(NamedTuple):
    """A sentence that tells of an event: the lowest mention id of it, and the mention whose trigger says most."""

    lowest: str
    voice: Profile


class KnownMention:
    """A mention: its entry, and while it is held what merging compares of it.

    Attributes:
        filed_under: the event of its entry.
        event_id: the event that it stands in, with the foremost mention of its statement.
        profile: None while it is not held.
    """

    __slots__ = ("_entry", "event_id", "filed_under", "profile")

    def __init__(self, entry: Filed, profile: Profile | None) -> None:
        self._entry = pack(entry.to_json())
        self.filed_under = self.event_id = entry.event_id
        self.profile = profile

    @property
    def entry(self) -> Filed:
        """The entry as it was put."""
        return Filed.from_json(unpack(self._entry))


@dataclass(slots=True, eq=False)
class KnownEvent:
    """An event, without those that proved to be it.

    Attributes:
        mentions: ids of all that were ever filed under it.
        held: what merging compares of those that stand in it.
        revision: the highest that an entry gave it.
        touched: the latest day of publication of what was filed under it.
        founded: when its founding mention was published, in seconds since 1970; infinite while that is unknown.
    """

    mentions: list[str] = field(default_factory=list)
    held: list[Profile] = field(default_factory=list)
    revision: int = 0
    touched: int = NEVER
    founded: float = math.inf
    _sample: tuple[Sentence, ...] | None = None

    def add(self, profile: Profile) -> None:
        """Take a mention that stands in it."""
        self.held.append(profile)
        sample = self._sample
        if sample is not None and not (
            len(sample) == COMPARED
            and profile.mention_id > sample[-1].lowest
            and all(known.voice.sentence != profile.sentence for known in sample)
        ):
            self._sample = None

    def remove(self, profile: Profile) -> None:
        """Take back what `add` took."""
        self.held.remove(profile)
        self._sample = None

    def sample(self) -> tuple[Sentence, ...]:
        """Return the sentences that the event is compared by, by their lowest mention id."""
        if self._sample is None:
            self._sample = tuple(sorted(self._sentences(), key=lambda sentence: sentence.lowest)[:COMPARED])
        return self._sample

    def _sentences(self) -> Iterator[Sentence]:
        sentences: dict[int, list[Profile]] = {}
        for profile in self.held:
            sentences.setdefault(profile.sentence, []).append(profile)
        for told in sentences.values():
            yield Sentence(min(profile.mention_id for profile in told), min(told, key=order))
