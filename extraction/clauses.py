"""A sentence as words and clauses, by closed lists and punctuation alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from extraction.lexicon import words
from extraction.sentences import Span

_WORD = re.compile(
    r"\d+(?::\d+)+|[^\W_]+(?:(?:['’](?!(?:s|re|ve|ll|m|d)\b)|[-.])[^\W_]+)*|['’](?:s|re|ve|ll|m|d)\b|[,;:—–\"“”]|-(?=[\s-])"
)
_BREAKS = frozenset(";:—–-")
_PARTS = frozenset({"—", "while", "whereas", "but", "although", "though"})
_TIMED_OPENERS = frozenset({"after", "before", "since", "until", "following"})


@dataclass(slots=True)
class Sentence:
    """A sentence with its words; all offsets are code points into the article's text.

    Attributes:
        span: the sentence in the text.
        raw: words and the punctuation that matters to clauses, as written.
        lower: the same in lower case, with straight apostrophes.
        starts, ends: offsets of each.
        clauses: index of the first word of each clause; the first is 0.
        openers: the word that opens each clause, empty where none does.
        question: whether it asks rather than states.
        memo: what has been found out about the whole sentence, by the name of the question.
    """

    span: Span
    raw: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    clauses: list[int]
    openers: list[str]
    question: bool = False
    memo: dict[str, Any] = field(default_factory=dict)

    def clause_of(self, index: int) -> int:
        """Return the number of the clause that a word lies in."""
        return bisect_right(self.clauses, index) - 1

    def clause_range(self, clause: int) -> tuple[int, int]:
        """Return the words of a clause as [first, end)."""
        end = self.clauses[clause + 1] if clause + 1 < len(self.clauses) else len(self.raw)
        return self.clauses[clause], end

    def same_part(self, first: int, second: int) -> bool:
        """Tell whether no dash, semicolon or contrasting clause stands between two words."""
        low, high = self.clause_of(min(first, second)), self.clause_of(max(first, second))
        return all(opener not in _PARTS for opener in self.openers[low + 1 : high + 1])

    def word_at(self, offset: int) -> int:
        """Return the index of the word at, or first after, an offset of the text."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.ends[index] else index + 1


def analyse(text: str, span: Span, timex_starts: frozenset[int] = frozenset()) -> Sentence:
    """Return the words and clauses of one sentence.

    `timex_starts` are the offsets where temporal expressions begin: "after" before one of them is a preposition.
    """
    found = list(_WORD.finditer(text, span.start, span.end))
    raw = [match.group() for match in found]
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    lower = [word.lower() for word in raw]
    if "’" in text[span.start : span.end]:
        lower = [word.replace("’", "'") for word in lower]
    if "May" in raw[1:]:  # the month is no auxiliary
        lower[1:] = ["may_month" if word == "May" else small for word, small in zip(raw[1:], lower[1:], strict=True)]
    question = text[max(span.start, span.end - 4) : span.end].rstrip('"”’)» ').endswith("?")
    sentence = Sentence(span, raw, lower, starts, ends, [0], [""], question)
    _find_clauses(sentence, timex_starts)
    return sentence


def _find_clauses(sentence: Sentence, timex_starts: frozenset[int]) -> None:
    openers, after_comma = words("clauses.openers"), words("clauses.after_comma")
    lower, starts = sentence.lower, sentence.starts
    finite = words("clauses.finite")
    head = bool(lower) and lower[0] in words("clauses.heads") and (len(starts) < 2 or starts[1] not in timex_starts)
    last = len(lower) - 1
    for i in range(1, len(lower)):
        word, previous = lower[i], lower[i - 1]
        if previous in _BREAKS:
            opener = word if word in openers or word in after_comma else "—"
        elif word in openers:
            if i < last and word in _TIMED_OPENERS and starts[i + 1] in timex_starts:
                continue
            if word == "that" and not _opens_that(lower, i):
                continue
            opener = word
        elif previous == "," and (word in after_comma or (word.endswith("ing") and len(word) > 5)):
            opener = word
        elif previous == "," and (head or (word in finite and sentence.openers[-1])):
            head, opener = False, ""
        elif word in ("and", "but") and i < last and lower[i + 1] in finite:
            opener = word
        else:
            continue
        if sentence.clauses[-1] == i - 1 and i > 1:
            sentence.clauses[-1], sentence.openers[-1] = i, opener
        else:
            sentence.clauses.append(i)
            sentence.openers.append(opener)


def _opens_that(lower: list[str], i: int) -> bool:
    """Tell "said that he", "strikes that killed" from "that day" and "at that"."""
    return (
        i + 1 < len(lower) and lower[i - 1] not in words("nouns.determiners") and lower[i - 1] not in (",", "—", "and")
    )
