"""What an article tells of dates outside a sentence: the day its story has reached, and the days of what it told.

News gives a day once and goes on without it. The day of the last statement that was dated by its own words holds for
the undated past behind it; a thing told again ("the crash", "he was shot") keeps the day it was told with.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from extraction.lexicon import words
from extraction.trigger import Trigger
from schemas.civil import format_day, parse_moment
from schemas.vocabulary import Anchor, Modality
from schemas.when import When

DAY_OR_FINER = frozenset({"day", "part_of_day", "hour", "minute", "second"})
_RECENT = 7  # days before publication that news means by "on Friday"; further back is background
_BACKGROUND = ("en.relative.later",)  # "a week after", "four days earlier": told of what went before the news
HAPPENED = frozenset({"asserted", "reported", "denied"})


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that has its day.

    Attributes:
        sentence: number of its sentence in the article.
        when: its When.
        day: day number of its start, None while it is unresolved.
        own: whether by its own words, rather than by the story's day.
        category: that of its trigger.
    """

    sentence: int
    when: When
    day: int | None
    own: bool
    category: str | None


@dataclass(slots=True)
class Story:
    """The dated statements of an article so far, and those ahead that have words of their own.

    Attributes:
        published: day number of the publication, None when unknown.
        anchor: what the publication day rests on.
        reached: the last statement that has a day.
    """

    published: int | None
    anchor: Anchor = "publication_date"
    reached: Told | None = None
    _told: dict[str, Told] = field(default_factory=dict)
    _news_days: set[int] = field(default_factory=set)
    _deed: Told | None = None
    _ahead: dict[str, Told] = field(default_factory=dict)

    def announce(self, sentence: int, trigger: Trigger, when: When, modality: Modality) -> None:
        """Note a statement dated by its own words, in the order of the text, before the text is told."""
        told = self._as_told(sentence, when, modality, trigger.entry.category, own=True)
        if told is None or told.day is None:
            return
        for key in _keys(trigger):
            self._ahead.setdefault(key, told)
        if trigger.entry.type in words("context.deeds") and told.day != self.published:
            self._deed = self._deed or told
        if self._is_told_as_news(told):
            self._news_days.add(told.day)

    def tell(self, sentence: int, trigger: Trigger, when: When, modality: Modality, *, own: bool) -> None:
        """Note a statement with its day; what is to come, or coarser than a day, sets no day of the story."""
        told = self._as_told(sentence, when, modality, trigger.entry.category, own=own)
        if told is None:
            return
        for key in _keys(trigger):
            known = self._told.get(key)
            if own or known is None or not known.own:
                self._told[key] = told
        if self._deed is None and trigger.entry.type in words("context.deeds") and told.day != self.published:
            self._deed = told

    def reach(self, sentence: int, when: When, category: str | None) -> None:
        """Note the day of a sentence's main statement as the one that the story has reached.

        One that only carries on keeps the story's category, so that a summit does not turn into a raid on the way.
        """
        told = self._as_told(sentence, when, "asserted", category, own=True)
        if told is None or told.day is None:
            return
        if self.reached is not None and when.rule.startswith("narrative."):
            told = replace(told, category=self.reached.category)
        self.reached = told

    def is_news(self, told: Told) -> bool:
        """Tell whether a day is one that the article's news is of."""
        return told.day in self._news_days

    def _is_told_as_news(self, told: Told) -> bool:
        """Tell whether a day is told by weekday or as "yesterday", not by its full date as background is."""
        if self.published is None or told.day is None or not 0 <= self.published - told.day <= _RECENT:
            return False
        return told.when.anchor != "explicit"

    def same(self, sentence: int, trigger: Trigger) -> Told | None:
        """Return what a trigger repeats: the last of its word, for a noun of its kind; else what will be told."""
        keys = _keys(trigger) if trigger.noun else _keys(trigger)[:1]
        return self._find(sentence, *keys)

    def coming(self, trigger: Trigger) -> Told | None:
        """Return what the text will tell of the event that a headline's trigger announces."""
        found = (self._ahead.get(key) for key in _keys(trigger))
        return next((told for told in found if told is not None and self.is_news(told)), None)

    def is_told(self, trigger: Trigger) -> bool:
        """Tell whether the text has told of an event by the same word, of a deed also by another of its kind."""
        keys = _keys(trigger) if trigger.entry.type in words("context.deeds") else _keys(trigger)[:1]
        return any(key in self._told for key in keys)

    def known(self, trigger: Trigger) -> Told | None:
        """Return what was told by the same word and dated by its own words."""
        told = self._told.get(_keys(trigger)[0])
        return told if told is not None and told.own else None

    def deed(self) -> Told | None:
        """Return the deed that a charge, a court or a search is about, of a day before the publication."""
        return self._deed

    def _find(self, sentence: int, *keys: str) -> Told | None:
        for key in keys:
            if key in self._told:
                return self._told[key]
        ahead = (self._ahead[key] for key in keys if key in self._ahead)
        return next((told for told in ahead if told.sentence > sentence), None)

    def _as_told(
        self, sentence: int, when: When, modality: Modality, category: str | None, *, own: bool
    ) -> Told | None:
        if modality not in HAPPENED or when.rule.startswith(_BACKGROUND):
            return None
        if not when.resolved:
            return Told(sentence, when, None, own, category)
        if when.start is None or when.granularity not in DAY_OR_FINER:
            return None
        day = parse_moment(when.start).day
        return None if self.published is not None and day > self.published else Told(sentence, when, day, own, category)


def _keys(trigger: Trigger) -> tuple[str, ...]:
    """Return what a trigger may be told again by: its word, then its kind."""
    kind = trigger.entry.type
    return (f"word {trigger.entry.lemma}",) if kind is None else (f"word {trigger.entry.lemma}", f"kind {kind}")


_HARM = frozenset({"conflict", "disaster", "law_crime", "health_environment"})


def is_one_story(category: str | None, trigger: Trigger) -> bool:
    """Tell whether a trigger may go on with a story: a crash with its dead, but not a summit with a raid.

    Verbs of rise and fall stand in the tables for markets, and tell of walls too.
    """
    other = subject_of(trigger)
    if category is None or other is None or trigger.entry.type == "RESULT":
        return True
    return category == other or (category in _HARM and other in _HARM)


def subject_of(trigger: Trigger) -> str | None:
    """Return the category of a trigger's word, None for a word of many subjects: teams win, and so do films."""
    return None if trigger.entry.lemma in words("context.of_any_story") else trigger.entry.category


def as_earlier(told: Told, rule: str) -> When:
    """Return the day of an earlier statement as the When of another one that shares it."""
    return _shared(told.when, told.day, rule)


@lru_cache(maxsize=4096)
def _shared(when: When, day: int | None, rule: str) -> When:
    if day is None:
        return when.model_copy(update={"rule": f"{rule}.unresolved"})
    if when.granularity == "day":
        return when.model_copy(update={"anchor": "earlier_date", "rule": rule, "alternatives": ()})
    text, end = format_day(day), format_day(day + 1)
    return When(start=text, end=end, granularity="day", value=text, edtf=text, anchor="earlier_date", rule=rule)
