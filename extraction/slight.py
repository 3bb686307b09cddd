"""Triggers that say nothing of their own: verbs that only carry an event noun, nouns that only qualify one."""

from __future__ import annotations

from itertools import pairwise

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.trigger import Trigger

_LIGHT_REACH = 6  # words between a light verb and its noun: "held a crucial diplomatic meeting"
_SUBJECT = 3  # words from an event noun to its verb: "the talks in Arden came amid …"
_AHEAD = frozenset({"future", "modal", "infinitive"})


def telling(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """Return the triggers that tell of an occurrence themselves."""
    weighty = [trigger for trigger in found if not _is_slight(sentence, trigger, found)]
    return _without_qualifiers(_without_carriers(sentence, weighty))


def _is_slight(sentence: Sentence, trigger: Trigger, found: list[Trigger]) -> bool:
    """Tell a setting ("the talks came amid …"), a purpose ("is about saving …") and what only lasts.

    "Will continue to monitor" is such a lasting; a verb of the tables behind it is none ("will continue to strike").
    """
    lower, at = sentence.lower, trigger.index
    if trigger.noun or trigger.entry.rest:
        return False
    before, behind = lower[at - 1] if at else "", lower[at + 1 : at + 2]
    if lower[at] == "came" and behind and behind[0] in words("verbs.after_came"):
        return any(other.noun and 0 < at - other.index <= _SUBJECT for other in found)
    if before == "about" and at > 1 and lower[at - 2] in words("verbs.be"):
        return True
    if lower[at] == "continue" and behind == ["to"]:
        return trigger.reading.tense in _AHEAD
    lasting = before == "to" and at > 1 and lower[at - 2] == "continue"
    return lasting and trigger.entry.category is None and trigger.reading.tense == "future"


def _without_carriers(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """Drop verbs that only carry a neighbouring event noun: "held a meeting", "the attack happened"."""
    light = words("verbs.light")
    kept: list[Trigger] = []
    for position, trigger in enumerate(found):
        if not trigger.noun and not trigger.entry.rest and sentence.lower[trigger.index] in light:
            after = found[position + 1] if position + 1 < len(found) else None
            before = found[position - 1] if position else None
            if after is not None and after.noun and _carries(sentence, trigger.index, after.index):
                continue
            if before is not None and before.noun and _carries(sentence, before.index, trigger.index):
                continue
        kept.append(trigger)
    return kept


def _without_qualifiers(found: list[Trigger]) -> list[Trigger]:
    """Drop general nouns that only qualify the event noun behind them: "an emergency meeting"."""
    qualifiers = {
        first.index
        for first, second in pairwise(found)
        if first.noun and second.noun and first.entry.category is None and second.index == first.index + 1
    }
    return [trigger for trigger in found if trigger.index not in qualifiers]


def _carries(sentence: Sentence, first: int, second: int) -> bool:
    """Tell whether two words belong together: near, in one clause, with no punctuation between."""
    return (
        second - first <= _LIGHT_REACH
        and sentence.clause_of(first) == sentence.clause_of(second)
        and all(word[0].isalnum() or word[0] in "'’" for word in sentence.raw[first:second])
    )
