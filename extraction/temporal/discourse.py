"""What a text has said so far, and what its publication date and tense say about an expression.

Resolution asks three things of its surroundings: the publication date, the last period mentioned, and whether the
sentence looks back or ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.temporal.language import BREAK, Language
from extraction.temporal.period import Period, bounds
from extraction.temporal.reading import Reading
from schemas.civil import Moment
from schemas.vocabulary import Anchor, Granularity

_SENTENCE_WINDOW = 40
_AHEAD_WINDOW = 14
_CALENDAR_UNITS = frozenset(
    ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "part_of_day")
    + ("hour", "minute", "second")
)


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
        spoken: the expressions read so far.
        reference: the last period mentioned, which later expressions may rest on.
    """

    language: Language
    domain: str
    tokens: list[str]
    atoms: str
    words: list[str]
    published: Moment | None
    month_first: bool
    spoken: list[Spoken] = field(default_factory=list)
    reference: Period | None = None
    quarter: Period | None = None
    quarter_token: int = -1000

    @property
    def today(self) -> Period | None:
        """The day of publication."""
        return Period("day", self.published.day) if self.published else None

    @property
    def now(self) -> tuple[Period | None, Anchor]:
        """What an expression such as "last year" counts from: the publication date, in narrative the last mention."""
        if self.domain == "narrative" and self.reference:
            return self.reference, "earlier_date"
        return (self.today, "publication_date") if self.published else (None, "none")

    @property
    def mentioned(self) -> tuple[Period | None, Anchor]:
        """What an expression such as "the next day" counts from: the last mention, else the publication date."""
        if self.reference:
            return self.reference, "earlier_date"
        return (self.today, "publication_date") if self.published else (None, "none")

    def note(self, start: int, end: int, reading: Reading) -> None:
        """Remember an expression for those that follow."""
        self.spoken.append(Spoken(start, end, reading))
        period = reading.period
        if period is None or not reading.focus or period.unit not in _CALENDAR_UNITS:
            return
        self.reference = period
        if period.unit == "quarter":
            self.quarter, self.quarter_token = period, start

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
        stops = self.language.values["SENTENCE_END"]
        for position in range(end, min(len(self.words), end + _AHEAD_WINDOW)):
            if self.words[position] in stops or self.atoms[position] == BREAK:
                break
            cue = self._cue(position)
            if cue:
                return cue
        return 0

    def _cue(self, position: int) -> int:
        values = self.language.values
        word = self.words[position]
        if word in values["FUTURE_CUE"]:
            return 1
        if word in values["PAST_CUE"]:
            return -1
        suffixes = self.language.settings.get("past_suffixes", ())
        if suffixes and word.endswith(tuple(suffixes)) and len(word) > 4:
            return -1
        marker = self.language.settings.get("infinitive_marker")
        if marker and word == marker:
            following = self.after(position, 1)
            if following.isalpha() and following not in values["NO_VERB"] and self.tokens[position + 1][:1].islower():
                return 1
        return 0


def contains(outer: Period, inner: Period) -> bool:
    """Tell whether a period lies within another."""
    (start, end), (first, last) = bounds(outer), bounds(inner)
    return start <= first and last <= end


def finer(one: Granularity, other: Granularity) -> bool:
    """Tell whether a granularity is finer than another."""
    order = ["second", "minute", "hour", "part_of_day", "day", "weekend", "week", "month", "quarter", "season", "half"]
    order += ["year", "decade", "century", "millennium"]
    return order.index(one) < order.index(other)
