"""Merge mentions into events, one at a time, in any order, never looking at more than a few candidates.

The state is one `Filed` entry per mention: which event it was filed under, which revision that made of the event, and
which events it proved to be one. Everything else is a fold over these entries, so that state can be written one small
record at a time and read back in any order. Filing the same mention again changes nothing; taking one back leaves what
there was without it.

A mention joins the event to whose mentions it is most alike on average (`timeline.likeness`), each sentence counting
once, by the mention whose trigger says most. The triggers of one statement ("strikes that killed 17 and injured 200")
stand where that one stands (`timeline.statement`), also when it comes last. Where a mention is as much like a second
event, and the two are alike themselves, the younger redirects to the older.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain

from schemas.civil import SECONDS_A_DAY
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from timeline.bucket import UNDATED, bucket_of
from timeline.candidates import Candidates
from timeline.filed import Filed, founded_by
from timeline.fold import fold
from timeline.gatherings import Gatherings
from timeline.likeness import SAME, Measured, told_together
from timeline.moment import utc_second
from timeline.profile import Profile, profile_of
from timeline.remembered import COMPARED, KnownEvent, KnownMention, Sentence
from timeline.statement import order, standing


class Corroborator:
    """The events of the recent past, as a fold of filed mentions. Pure: no clock, no randomness."""

    def __init__(self, filed: Iterable[Filed] = ()) -> None:
        self._mentions: dict[str, KnownMention] = {}
        self._events: dict[str, KnownEvent] = {}
        self._sentences: dict[int, list[Profile]] = {}
        self._awaited: dict[str, int] = {}  # revisions of events of which no mention is known (any more)
        self._gatherings = Gatherings(self._founded)
        self._candidates = Candidates()
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
        known = self._entry(message.mention_id)
        if isinstance(message, MentionRetraction):
            if known is None or not known.held:
                return None
            return self._put(self._next(known.event_id, known.mention, known.proves, None))
        if known is not None:
            if known.held and known.mention == message:
                return None
            profile = profile_of(message)
            return self._put(self._next(known.event_id, message, known.proves, profile), profile)
        if bucket_of(message.when) == UNDATED:
            return None
        profile = profile_of(message)
        event_id, near = self._place(profile)
        proves = {} if event_id is None else self._proven(event_id, profile, near)
        return self._put(self._next(event_id or founded_by(message.mention_id), message, proves, profile), profile)

    def event(self, event_id: str) -> Event:
        """Return an event as its filed mentions make it, with those of the events that proved to be it.

        It is `retracted` when none of them is held any longer; `redirect_to` names the older event that it proved to
        be itself.

        Raises:
            KeyError: when no mention was ever filed under the id.
        """
        if event_id not in self._events:
            raise KeyError(event_id)
        members = list(self._gatherings.members(event_id))
        known = [self._events[member] for member in members if member in self._events]
        told = [profile.mention_id for event in known for profile in event.held]
        entries = [self._mentions[name].entry for name in told or chain(*(event.mentions for event in known))]
        redirect = self._gatherings.parent(event_id) or (None if told else self._moved(entries))
        return fold(event_id, entries, self._revision(members), redirect)

    def _moved(self, entries: Iterable[Filed]) -> str | None:
        """Return where the mentions of an event tell of, when all follow better ones of their statements."""
        held = min((entry.mention.mention_id for entry in entries if entry.held), default=None)
        return None if held is None else self.event_of(held)

    def event_of(self, mention_id: str) -> str:
        """Return the event that tells of a mention, which need not be the one it was filed under.

        Raises:
            KeyError: when the mention was never filed.
        """
        return self._gatherings.root(self._mentions[mention_id].event_id)

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
                if event_id not in self._events:
                    continue
                members = self._tied(event_id)
                latest = max(self._events[member].touched for member in members)
                if latest < before // SECONDS_A_DAY:
                    gone.extend(self._forget(members))
                else:
                    self._days[latest].add(event_id)
        return gone

    def _tied(self, event_id: str) -> list[str]:
        """Return the events that one cannot do without: those it is one with, and those its statements stand in."""
        tied: set[str] = set()
        found = {event_id}
        while found:
            event_id = found.pop()
            if event_id in tied or event_id not in self._events:
                continue
            tied.add(event_id)
            event = self._events[event_id]
            found.update(self._gatherings.members(self._gatherings.root(event_id)))
            profiles = (profile for name in event.mentions if (profile := self._mentions[name].profile))
            for profile in (*event.held, *profiles):
                for other in self._sentences[profile.sentence]:
                    known = self._mentions[other.mention_id]
                    found.update((known.filed_under, known.event_id))
        return sorted(tied)

    def _place(self, profile: Profile) -> tuple[str | None, list[str]]:
        """Return the event that a new mention belongs to, and the others that it is as much like."""
        together = [other for other in self._sentences.get(profile.sentence, ()) if told_together(profile, other)]
        together.sort(key=order)
        joined = [*dict.fromkeys(self.event_of(one.mention_id) for one in together)]
        if together and together[0].order < profile.order:
            return joined[0], []
        measured = Measured(profile)
        scores: dict[str, float] = {}
        own: list[str] = []  # events that only its own sentence tells of
        for root in joined:
            rest = [sentence for sentence in self._sample(root) if sentence.voice.sentence != profile.sentence]
            scores[root] = _mean(measured, rest)
            if not rest:
                own.append(root)
        for event_id in self._candidates.of(profile):
            root = self._gatherings.root(event_id)
            if root not in scores:
                scores[root] = _mean(measured, self._sample(root))
        alike = sorted((root for root in scores if scores[root] >= SAME), key=lambda root: (-scores[root], root))
        found = alike or own
        return (found[0], found[1:] if alike else []) if found else (None, [])

    def _proven(self, event_id: str, profile: Profile, others: list[str]) -> dict[str, str]:
        """Return the links that a mention of an event proves: from the younger event to the older."""
        links: dict[str, str] = {}
        for other in others:
            voices = (sentence.voice for sentence in self._sample(event_id))
            own = [*(voice for voice in voices if voice.sentence != profile.sentence), profile]
            theirs = self._sample(other)
            alike = sum(_mean(Measured(some), theirs) for some in own) / len(own)
            if alike >= SAME:
                event_id, younger = sorted((event_id, other), key=self._gatherings.age)
                links[younger] = event_id
        return links

    def _next(self, event_id: str, mention: Mention, proves: dict[str, str], profile: Profile | None) -> Filed:
        touched = {event_id, *proves.keys(), *proves.values()}.union(*map(self._gatherings.targets, proves))
        for name, after in self._after(mention.mention_id, event_id, profile).items():
            known = self._mentions.get(name)
            if known is not None and (known.event_id != after or name == mention.mention_id):
                touched.add(known.event_id)
            if known is None or known.event_id != after or name == mention.mention_id:
                touched.add(after or event_id)
        roots = {self._gatherings.root(one) for one in touched}
        before = max(self._revision(self._gatherings.members(root)) for root in roots)
        return Filed(
            event_id=event_id,
            revision=before + 1,
            bucket=bucket_of(mention.when),
            mention=mention,
            held=profile is not None,
            proves=proves,
            touches=tuple(sorted(touched - {event_id})),
        )

    def _after(self, mention_id: str, event_id: str, profile: Profile | None) -> dict[str, str | None]:
        """Return where the mentions of a mention's sentence stand once it is held as it is now, None where nowhere."""
        known = self._mentions.get(mention_id)
        old = known.profile if known is not None else None
        after: dict[str, str | None] = {mention_id: None}
        for sentence in {one.sentence for one in (old, profile) if one is not None}:
            told = [other for other in self._sentences.get(sentence, ()) if other is not old]
            if profile is not None and profile.sentence == sentence:
                told.append(profile)
            after |= standing(told, lambda n: event_id if n == mention_id else self._mentions[n].filed_under)
        return after

    def _revision(self, members: Iterable[str]) -> int:
        return max(map(self._revision_of, members), default=0)

    def _revision_of(self, event_id: str) -> int:
        event = self._events.get(event_id)
        return self._awaited.get(event_id, 0) if event is None else event.revision

    def _founded(self, event_id: str) -> float:
        event = self._events.get(event_id)
        return math.inf if event is None else event.founded

    def _put(self, entry: Filed, profile: Profile | None = None) -> Filed:
        """Take an entry into the state, with the profile of its mention where it is held."""
        mention, event_id = entry.mention, entry.event_id
        event = self._events.get(event_id)
        if event is None:
            event = self._events[event_id] = KnownEvent(revision=self._awaited.pop(event_id, 0))
        name = mention.mention_id
        known = self._mentions.get(name)
        before = None if known is None else known.entry
        after = self._after(name, event_id, profile)
        if known is None:
            event.mentions.append(name)
        elif known.profile is not None:
            self._remove(known)
            self._drop(known.profile)
        self._mentions[name] = KnownMention(entry, profile)
        if founded_by(name) == event_id and mention.published_at:
            event.founded = utc_second(mention.published_at)
        if profile is not None:
            self._sentences.setdefault(profile.sentence, []).append(profile)
        for other, stands_in in after.items():
            self._stand(self._mentions[other], stands_in, new=other == name)
        self._gatherings.put(entry, before)
        self._raise(event_id, entry.revision)
        for touched in entry.touches:
            self._raise(touched, entry.revision)
        self._touch(event_id, event, mention.published_at)
        return entry

    def _entry(self, mention_id: str) -> Filed | None:
        known = self._mentions.get(mention_id)
        return None if known is None else known.entry

    def _raise(self, event_id: str, revision: int) -> None:
        event = self._events.get(event_id)
        if event is not None:
            event.revision = max(event.revision, revision)
        else:
            self._awaited[event_id] = max(self._awaited.get(event_id, 0), revision)

    def _touch(self, event_id: str, event: KnownEvent, published_at: str | None) -> None:
        day = self._latest if published_at is None else utc_second(published_at) // SECONDS_A_DAY
        self._latest = max(self._latest, day)
        if day > event.touched:
            event.touched = day
            self._days[day].add(event_id)

    def _stand(self, known: KnownMention, event_id: str | None, *, new: bool) -> None:
        """Let a held mention stand in an event."""
        if known.profile is None or event_id is None or (known.event_id == event_id and not new):
            return
        if not new:
            self._remove(known)
        known.event_id = event_id
        self._events[event_id].add(known.profile)
        self._candidates.add(known.profile, event_id)

    def _remove(self, known: KnownMention) -> None:
        """Take a held mention out of the event that it stands in."""
        if known.profile is not None:
            event = self._events[known.event_id]
            event.remove(known.profile)
            self._candidates.remove(known.profile, known.event_id, event.held)

    def _drop(self, profile: Profile) -> None:
        """Take a mention out of its sentence."""
        told = self._sentences[profile.sentence]
        told.remove(profile)
        if not told:
            del self._sentences[profile.sentence]

    def _forget(self, members: list[str]) -> Iterator[Filed]:
        for member in members:
            for mention_id in self._events[member].mentions:
                known = self._mentions.pop(mention_id)
                if known.profile is not None:
                    self._remove(known)
                    self._drop(known.profile)
                yield known.entry
        for member in members:
            self._gatherings.forget(member)
            self._awaited[member] = self._events.pop(member).revision

    def _sample(self, root: str) -> tuple[Sentence, ...]:
        """Return the sentences that an event is compared by, by their lowest mention id."""
        samples = [self._events[member].sample() for member in self._gatherings.members(root) if member in self._events]
        return samples[0] if len(samples) == 1 else tuple(merge(*samples))[:COMPARED]


def _mean(measured: Measured, sample: Sequence[Sentence]) -> float:
    """Return the mean likeness to an event's sentences."""
    return sum(measured.likeness(sentence.voice) for sentence in sample) / len(sample) if sample else 0.0
