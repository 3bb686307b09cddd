"""What a text has said so far, and what its publication date and tense say about an expression.

Resolution asks three things of its surroundings: the publication date, the last period mentioned, and whether the
sentence looks back or ahead.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from extraction.temporal.language import BREAK, Language
from extraction.temporal.period import Period, year_of
from extraction.temporal.reading import Reading
from schemas.civil import Moment
from schemas.vocabulary import Anchor

_SENTENCE_WINDOW = 40
_AHEAD_WINDOW = 14
_REPORTED_NEAR = 3
_FRONTED = 2  # "In 1976, …" sets the scene for what follows; "a campaign planned for 1976" does not
_CALENDAR_UNITS = frozenset(
    (
        "day", "week", "weekend", "month", "quarter", "half", "season",
        "year", "decade", "century", "part_of_day", "hour", "minute", "second",
    )
)  # fmt: skip


@dataclass(slots=True)
class Spoken:
    """An expression read earlier in the text: its tokens and its meaning."""

    start: int
    end: int
    reading: Reading


@dataclass(slots=True)
class Discourse:
    """The text as tokens, with the state of reading it from left to right.

    Attributes:
        language: whose tables are used.
        domain: news, narrative or colloquial.
        tokens: the tokens as they stand, trailing blanks included.
        atoms: one atom a token.
        words: the tokens in lower case without blanks.
        published: publication date or instant, where it is known.
        month_first: whether 03/04 is 4 March.
        country: ISO 3166-1 alpha-2 code of the outlet's country, where it is known.
        spoken: the expressions read so far.
        reference: the last period mentioned, which later expressions may rest on.
        trail: the periods mentioned since a year last set the scene, the last of them at the end.
        quarter: the quarter that the text reports on: the first it names, or one it dates by its end.
        searched: whether the first year has been looked for.
        years: indexes of the tokens that are years in figures, found when first needed.
    """

    language: Language
    domain: str
    tokens: list[str]
    atoms: str
    words: list[str]
    published: Moment | None
    month_first: bool
    country: str | None = None
    spoken: list[Spoken] = field(default_factory=list)
    reference: Period | None = None
    trail: list[Period] = field(default_factory=list)
    quarter: Period | None = None
    searched: bool = False
    years: list[int] | None = None

    @property
    def today(self) -> Period | None:
        """The day of publication."""
        return Period("day", self.published.day) if self.published else None

    @property
    def capitals_name(self) -> bool:
        """Whether a capital inside a sentence makes a name: not in posts, nor where all nouns have one."""
        return self.domain != "colloquial" and bool(self.language.settings.get("capitals_name"))

    @property
    def now(self) -> tuple[Period | None, Anchor]:
        """What an expression such as "last year" counts from: the publication date, in narrative the last mention."""
        if self.domain == "narrative" or not self.published:
            return self.mentioned
        return self.today, "publication_date"

    @property
    def mentioned(self) -> tuple[Period | None, Anchor]:
        """What an expression such as "the next day" counts from: the last mention, else the publication date."""
        if self.reference is None and self.domain == "narrative" and not self.searched:
            self.reference, self.searched = self._first_year(), True
        if self.reference:
            return self.reference, "earlier_date"
        return (self.today, "publication_date") if self.published else (None, "none")

    def _first_year(self) -> Period | None:
        """Return the first year that a narrative names, which dates before it most likely belong to."""
        year = self.next_year(0)
        return None if year is None else year_of(year)

    def next_year(self, index: int) -> int | None:
        """Return the first year that stands in figures at or after a token."""
        if self.years is None:
            atoms = set(self.language.atoms_of("YEAR"))
            self.years = [position for position, atom in enumerate(self.atoms) if atom in atoms]
        place = bisect_left(self.years, index)
        return int(self.words[self.years[place]]) if place < len(self.years) else None

    def note(self, start: int, end: int, reading: Reading) -> None:
        """Remember an expression for those that follow."""
        self.spoken.append(Spoken(start, end, reading))
        period = reading.period
        if period is None or not reading.focus or period.unit not in _CALENDAR_UNITS:
            return
        self.reference = period
        if self.domain == "narrative":
            if period.unit == "year" and start - self.sentence_start(start) <= _FRONTED:
                self.trail.clear()
            self.trail.append(period)
        if period.unit == "quarter" and self.quarter is None:
            self.quarter = period

    def before(self, index: int, count: int = 1) -> str:
        """Return the word that stands `count` tokens before a token, or nothing."""
        return self.words[index - count] if index >= count else ""

    def after(self, index: int, count: int = 0) -> str:
        """Return the word at or after a token index, or nothing."""
        return self.words[index + count] if index + count < len(self.words) else ""

    def sentence_start(self, index: int) -> int:
        """Return the first token of the sentence around a token, at most 40 tokens back."""
        stops = self.language.values["SENTENCE_END"]
        lowest = max(0, index - _SENTENCE_WINDOW)
        for position in range(index - 1, lowest - 1, -1):
            if self.words[position] in stops or self.atoms[position] == BREAK:
                return position + 1
        return lowest

    def direction(self, start: int, end: int) -> int:
        """Tell whether the clause around an expression looks back (-1), ahead (1) or neither (0)."""
        for position in range(start - 1, self.sentence_start(start) - 1, -1):
            cue = self._cue(position)
            if cue:
                return cue
            if start - position <= _REPORTED_NEAR and self.words[position] in self.language.values["REPORTING"]:
                return -1
        stops = self.language.values["SENTENCE_END"]
        for position in range(end, min(len(self.words), end + _AHEAD_WINDOW)):
            if self.words[position] in stops or self.atoms[position] == BREAK:
                break
            cue = self._cue(position)
            if cue:
                return cue
        return 0

    def _cue(self, position: int) -> int:
        """Return what a word says of the clause's tense; reporting verbs ("said") say nothing of what they report."""
        values, settings = self.language.values, self.language.settings
        word = self.words[position]
        if word in values["REPORTING"]:
            return 0
        if word in values["FUTURE_CUE"]:
            return 0 if self._was_to(position) or self._is_name(position) else 1
        if word in values["ARRANGED"] and self.before(position) in values["AUXILIARY"]:
            return 1
        if word in values["PAST_CUE"]:
            return -1
        if word.endswith(tuple(settings.get("past_suffixes", ()))) and len(word) > 4:
            return 0 if self.before(position) in values["AUXILIARY"] else -1
        if word == settings.get("infinitive_marker"):
            following = self.after(position, 1)
            if following.isalpha() and following not in values["NO_VERB"] and self.tokens[position + 1][:1].islower():
                return 0 if self._was_to(position) else 1
        return 0

    def _is_name(self, position: int) -> bool:
        """Tell Theresa May from "may": a capital inside a sentence."""
        return self.tokens[position][:1].isupper() and self.sentence_start(position) != position

    def _was_to(self, position: int) -> bool:
        """Tell whether a past auxiliary stands shortly before: "had been due", "was to close"."""
        past = self.language.values["PAST_AUXILIARY"]
        return any(word in past for word in self.words[max(0, position - 4) : position])
