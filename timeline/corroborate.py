"""Merge mentions into events, one at a time, in any order, never looking at more than a few candidates.

The state is one `Filed` entry per mention: which event it was filed under, which revision that made of the event, and
which events it proved to be one. Everything else is a fold over these entries, so that state can be written one small
record at a time and read back in any order. Filing the same mention again changes nothing; taking one back leaves what
there was without it.

A mention joins the event to whose mentions it is most alike on average (`timeline.likeness`), each sentence counting
once, by the mention whose trigger says most. The triggers of one statement ("strikes that killed 17 and injured 200")
go where the one that says most went before them: `timeline.revision` sends it first, for the outcome would otherwise
hang on the order of words. Where a mention is as much like a second event, and the two are alike themselves, the
younger redirects to the older.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge

from schemas.civil import SECONDS_A_DAY, parse_moment
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from timeline.bucket import UNDATED, bucket_of
from timeline.candidates import Candidates
from timeline.filed import Filed, founded_by
from timeline.fold import fold
from timeline.gatherings import Gatherings
from timeline.likeness import SAME, Measured, told_together
from timeline.profile import Order, Profile, profile_of

COMPARED = 8
"""Sentences of an event that a mention is compared with: always the same ones, those of the lowest mention ids."""


_Sentence = tuple[str, Profile]
"""The lowest mention id of a sentence, and the mention whose trigger says most."""


class Corroborator:
    """The events of the recent past, as a fold of filed mentions. Pure: no clock, no randomness."""

    def __init__(self, filed: Iterable[Filed] = ()) -> None:
        self._filed: dict[str, bytes] = {}  # as JSON: a tenth of the memory of records
        self._event_of: dict[str, str] = {}
        self._by_event: dict[str, list[str]] = defaultdict(list)
        self._sentences: dict[tuple[str, int], dict[str, Profile]] = {}
        self._events: dict[str, dict[tuple[str, int], dict[str, Profile]]] = {}
        self._samples: dict[str, tuple[_Sentence, ...]] = {}
        self._bumps: dict[str, int] = {}
        self._gatherings = Gatherings()
        self._candidates = Candidates()
        self._touched: dict[str, int] = {}
        self._days: dict[int, set[str]] = defaultdict(set)
        self._latest = 0
        self.restore(filed)

    def restore(self, entries: Iterable[Filed]) -> None:
        """Read entries back, in any order: those kept before a restart, or those of events that were forgotten."""
        for entry in entries:
            self._put(entry, profile_of(entry.mention) if entry.held else None)

    def file(self, message: Mention | MentionRetraction) -> Filed | None:
        """File a mention under its event, or take it back.

        Returns:
            The entry to be kept, or None when nothing changes: the mention is known as it is, was never known when it
            is taken back, or has no date.
        """
        known = self._known(message.mention_id)
        if isinstance(message, MentionRetraction):
            if known is None or not known.held:
                return None
            return self._put(self._next(known.event_id, known.mention, known.proves, held=False))
        if known is not None:
            if known.held and known.mention == message:
                return None
            return self._put(self._next(known.event_id, message, known.proves, held=True), profile_of(message))
        if bucket_of(message.when) == UNDATED:
            return None
        profile = profile_of(message)
        event_id, near = self._place(profile)
        proves = {} if event_id is None else self._proven(event_id, profile, near)
        return self._put(self._next(event_id or founded_by(message.mention_id), message, proves, held=True), profile)

    def event(self, event_id: str) -> Event:
        """Return an event as its filed mentions make it, with those of the events that proved to be it.

        It is `retracted` when none of them is held any longer; `redirect_to` names the older event that it proved to
        be itself.

        Raises:
            KeyError: when no mention was ever filed under the id.
        """
        if event_id not in self._by_event:
            raise KeyError(event_id)
        members = list(self._gatherings.members(event_id))
        entries = [
            Filed.from_json(self._filed[mention_id]) for member in members for mention_id in self._by_event[member]
        ]
        return fold(event_id, entries, self._revision(members), self._gatherings.parent(event_id))

    def changed(self, entry: Filed) -> tuple[str, ...]:
        """Return the events that an entry, when it was put, has given a new revision."""
        touched = (entry.event_id, *entry.touches)
        return tuple(dict.fromkeys((*touched, *(self._gatherings.root(event_id) for event_id in touched))))

    def evict(self, before: int) -> list[Filed]:
        """Forget the events to which nothing published since a moment was added; bounds memory by what is recent.

        A report that comes later founds an event of its own, and a retraction finds nothing to take back, unless the
        entries are restored first.

        Args:
            before: seconds since 1970 (UTC) of the oldest publication to be remembered.

        Returns:
            The entries of what was forgotten. Revisions are remembered: what touched an event may stand in an entry of
            another that stays, and a lower revision would be ignored wherever it went.
        """
        gone: list[Filed] = []
        for day in [known for known in self._days if known < before // SECONDS_A_DAY]:
            for event_id in sorted(self._days.pop(day)):
                if event_id not in self._by_event:
                    continue
                members = list(self._gatherings.members(self._gatherings.root(event_id)))
                latest = max(self._touched[member] for member in members)
                if latest < before // SECONDS_A_DAY:
                    gone.extend(self._forget(members))
                else:
                    self._days[latest].add(event_id)
        return gone

    def _place(self, profile: Profile) -> tuple[str | None, list[str]]:
        """Return the event that a new mention belongs to, and the others that it is as much like."""
        sentence = self._sentences.get(profile.sentence, {}).values()
        together = [other for other in sentence if told_together(profile, other)]
        lead = min(together, key=_order, default=profile)
        joined = [self._gatherings.root(self._event_of[lead.mention_id])] if together else []
        if joined and lead.order < profile.order:
            return joined[0], []
        measured = Measured(profile)
        scores: dict[str, float] = {}
        for event_id in self._candidates.of(profile):
            root = self._gatherings.root(event_id)
            if root not in scores:
                scores[root] = _mean(measured, self._sample(root))
        alike = sorted((root for root in scores if scores[root] >= SAME), key=lambda root: (-scores[root], root))
        found = [*dict.fromkeys((*joined, *alike))]
        return (found[0], found[1:]) if found else (None, [])

    def _proven(self, event_id: str, profile: Profile, others: list[str]) -> dict[str, str]:
        """Return the links that a mention of an event proves: from the younger event to the older."""
        links: dict[str, str] = {}
        for other in others:
            own = [*self._sample(event_id), (profile.mention_id, profile)]
            theirs = self._sample(other)
            alike = sum(_mean(Measured(some), theirs) for _, some in own) / len(own)
            if alike >= SAME:
                event_id, younger = sorted((event_id, other), key=self._gatherings.age)
                links[younger] = event_id
        return links

    def _next(self, event_id: str, mention: Mention, proves: dict[str, str], *, held: bool) -> Filed:
        touched = {event_id, *proves.keys(), *proves.values()}.union(*map(self._gatherings.targets, proves))
        roots = {self._gatherings.root(one) for one in touched}
        before = max(self._revision(self._gatherings.members(root)) for root in roots)
        return Filed(
            event_id=event_id,
            revision=before + 1,
            bucket=bucket_of(mention.when),
            mention=mention,
            held=held,
            proves=proves,
            touches=tuple(sorted(touched - {event_id})),
        )

    def _revision(self, members: Iterable[str]) -> int:
        return max((self._bumps.get(member, 0) for member in members), default=0)

    def _put(self, entry: Filed, profile: Profile | None = None) -> Filed:
        """Take an entry into the state, with the profile of its mention where it is held."""
        mention_id, event_id = entry.mention.mention_id, entry.event_id
        known = self._known(mention_id)
        if known is not None and known.held:
            self._remove(self._sentences[_sentence(known)][mention_id], event_id)
        if known is None:
            self._by_event[event_id].append(mention_id)
            self._event_of[mention_id] = event_id
        self._filed[mention_id] = entry.to_json()
        if profile is not None:
            self._add(profile, event_id)
        self._gatherings.put(entry, known)
        for one in (event_id, *entry.touches):
            self._bumps[one] = max(self._bumps.get(one, 0), entry.revision)
        self._touch(event_id, entry.mention.published_at)
        return entry

    def _known(self, mention_id: str) -> Filed | None:
        raw = self._filed.get(mention_id)
        return None if raw is None else Filed.from_json(raw)

    def _touch(self, event_id: str, published_at: str | None) -> None:
        day = self._latest if published_at is None else parse_moment(published_at).utc_second // SECONDS_A_DAY
        self._latest = max(self._latest, day)
        if event_id not in self._touched or day > self._touched[event_id]:
            self._touched[event_id] = day
            self._days[day].add(event_id)

    def _add(self, profile: Profile, event_id: str) -> None:
        self._sentences.setdefault(profile.sentence, {})[profile.mention_id] = profile
        self._events.setdefault(event_id, {}).setdefault(profile.sentence, {})[profile.mention_id] = profile
        self._candidates.add(profile, event_id)
        self._samples.pop(event_id, None)

    def _remove(self, profile: Profile, event_id: str) -> None:
        for sentences in (self._sentences, self._events[event_id]):
            del sentences[profile.sentence][profile.mention_id]
            if not sentences[profile.sentence]:
                del sentences[profile.sentence]
        if not self._events[event_id]:
            del self._events[event_id]
        self._candidates.remove(profile, event_id)
        self._samples.pop(event_id, None)

    def _forget(self, members: list[str]) -> Iterator[Filed]:
        for member in members:
            for mention_id in self._by_event.pop(member):
                entry = Filed.from_json(self._filed.pop(mention_id))
                del self._event_of[mention_id]
                if entry.held:
                    self._remove(self._sentences[_sentence(entry)][mention_id], member)
                yield entry
            self._gatherings.forget(member)
            del self._touched[member]

    def _sample(self, root: str) -> tuple[_Sentence, ...]:
        """Return the sentences that an event is compared by, by their lowest mention id."""
        samples = [self._sample_of_one(member) for member in self._gatherings.members(root)]
        return samples[0] if len(samples) == 1 else tuple(merge(*samples))[:COMPARED]

    def _sample_of_one(self, event_id: str) -> tuple[_Sentence, ...]:
        sample = self._samples.get(event_id)
        if sample is None:
            sentences = self._events.get(event_id, {}).values()
            told = ((min(profiles), min(profiles.values(), key=_order)) for profiles in sentences)
            sample = self._samples[event_id] = tuple(sorted(told, key=lambda one: one[0])[:COMPARED])
        return sample


def _order(profile: Profile) -> Order:
    return profile.order


def _mean(measured: Measured, sample: tuple[_Sentence, ...]) -> float:
    """Return the mean likeness to an event's sentences."""
    return sum(measured.likeness(profile) for _, profile in sample) / len(sample) if sample else 0.0


def _sentence(entry: Filed) -> tuple[str, int]:
    return entry.mention.article_id, entry.mention.sentence_start
