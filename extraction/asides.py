"""States told aside ("Ardenne in the east — a flashpoint since 2014"): their words apart from the sentence's event."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.trigger import Trigger

_DASHES = frozenset("—–-")
_LINKS = frozenset({"in", "of", "the", "and", "near", "on"})


def aside_of(text: str, sentence: Sentence, trigger: Trigger) -> str | None:
    """Return the words of a state that a dash sets apart, with the name it is said of; None where it stands in line.

    A reader of "since 2014" must see what has been so since 2014, not the raid that the sentence tells of.
    """
    clause = sentence.clause_of(trigger.index)
    first, end = sentence.clause_range(clause)
    if not trigger.entry.weak or first == 0 or sentence.raw[first - 1] not in _DASHES:
        return None
    k = first - 1
    while k > 0 and (sentence.raw[k - 1][0].isupper() or sentence.lower[k - 1] in _LINKS):
        k -= 1
    while k < first - 1 and sentence.lower[k] in _LINKS:
        k += 1
    return text[sentence.starts[k if k < first - 1 else first] : sentence.ends[end - 1]]
