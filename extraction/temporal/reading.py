"""What a rule makes of its words: a match with its word values, and the reading that a builder returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extraction.temporal.numerals import number
from extraction.temporal.period import Period
from schemas.vocabulary import Anchor, TimexType

if TYPE_CHECKING:
    from extraction.temporal.discourse import Discourse
    from extraction.temporal.language import Language, Rule


@dataclass(slots=True)
class Reading:
    """The normalised meaning of one expression.

    Attributes:
        type: TIMEX3 type.
        value: TIMEX3 value; empty when `period` gives it.
        period: the stretch of the calendar it denotes, where it denotes one.
        mod: TIMEX3 modifier.
        anchor: what the resolution rests on.
        suffix: added to the rule's identifier, to tell which way was taken.
        alternatives: other periods that the words allow.
        focus: whether later expressions may refer to this one ("the same day").
    """

    type: TimexType
    value: str = ""
    period: Period | None = None
    mod: str | None = None
    anchor: Anchor = "explicit"
    suffix: str = ""
    alternatives: tuple[Period, ...] = ()
    focus: bool = True


@dataclass(slots=True)
class Match:
    """A rule's match in a text: token indexes, and the captured groups' words and values.

    Attributes:
        rule: the rule.
        start: index of the first token.
        end: index after the last token.
        groups: captured groups as (first token, token after the last, classes joined by `|`).
        discourse: the text's tokens and what has been read so far.
    """

    rule: Rule
    start: int
    end: int
    groups: dict[str, tuple[int, int, str]]
    discourse: Discourse

    def __contains__(self, name: str) -> bool:
        return name in self.groups

    @property
    def span(self) -> tuple[int, int]:
        """First token and the token after the last, without the group `omit` at either end, which is only context."""
        if "omit" not in self.groups:
            return self.start, self.end
        first, last, _ = self.groups["omit"]
        return (last, self.end) if first == self.start else (self.start, first)

    @property
    def language(self) -> Language:
        """The language whose tables made the match."""
        return self.discourse.language

    def words(self, name: str) -> list[str]:
        """Return a group's words in lower case; empty when it did not take part."""
        if name not in self.groups:
            return []
        first, last, _ = self.groups[name]
        return self.discourse.words[first:last]

    def word(self, name: str) -> str:
        """Return a group's words joined by blanks."""
        return " ".join(self.words(name))

    def number(self, name: str) -> float | None:
        """Return the number that a group's words denote; None when they denote none."""
        return number(self.words(name), self.language.values["NUMBER_WORD"], self.language.decimal)

    def value(self, name: str, default: Any = None) -> Any:
        """Return what the word lists say about a captured word (the word itself when they say nothing).

        Without such a group, the rule's column of that name holds.
        """
        group = self.groups.get(name)
        if group is None:
            return self.rule.options.get(name, default)
        word = self.discourse.words[group[0]]
        for cls in group[2].split("|"):
            meaning = self.language.values.get(cls.removesuffix("_LOWER"), {}).get(word)
            if meaning is not None:
                return meaning
        return word
