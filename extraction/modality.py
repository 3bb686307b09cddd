"""Whether a statement is asserted, somebody's word, a plan, a condition or a denial."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from extraction.attribution import attribution
from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.triggers import Trigger
from schemas.vocabulary import Modality


def is_within(spans: list[tuple[int, int]], offset: int) -> bool:
    """Tell whether an offset lies in one of the ordered spans."""
    at = bisect_right(spans, (offset, 1 << 60)) - 1
    return at >= 0 and offset < spans[at][1]


def modality_of(sentence: Sentence, trigger: Trigger, quotes: list[tuple[int, int]]) -> Modality:
    """Return the modality of a trigger; the strongest doubt wins: denied, conditional, planned, reported."""
    reading = trigger.reading
    if trigger.unreal == "denied" or reading.negated or _is_denied(sentence, trigger):
        return "denied"
    if reading.tense == "infinitive" and reading.governor in words("verbs.denied_governors"):
        return "denied"
    if trigger.unreal == "conditional" or sentence.question or _is_condition(sentence, trigger):
        return "conditional"
    told = is_within(quotes, trigger.start) or attribution(sentence, trigger) is not None
    said: Modality = "reported" if told else "asserted"
    if _is_presupposed(sentence, trigger):
        return said
    if reading.tense == "modal":
        return "conditional"
    if reading.tense == "future" or trigger.unreal == "planned" or _is_arranged(sentence, trigger):
        return "planned"
    if reading.tense == "infinitive" and not reading.perfect and reading.governor in words("verbs.planned_governors"):
        return "planned"
    return said


def _clause(sentence: Sentence, trigger: Trigger) -> list[str]:
    first, end = sentence.clause_range(sentence.clause_of(trigger.index))
    return sentence.lower[first:end]


def _is_denied(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "denied attacking", "denied that it had attacked": a denial stands before, in this clause or just before."""
    clause = sentence.clause_of(trigger.index)
    first = sentence.clauses[clause - 1] if clause and sentence.openers[clause] == "that" else sentence.clauses[clause]
    before = sentence.lower[first : trigger.index]
    if any(word in words("modality.denials") for word in before):
        return trigger.noun or bool(trigger.reading.tense != "past" or trigger.reading.auxiliaries) or clause > 0
    return trigger.noun and bool(before) and before[-1] in ("no", "without")


def _is_presupposed(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "will review a film of the robbery", "aims to end the dispute".

    A definite noun behind a preposition is a fact of its own, and so is a trouble that is to be dealt with.
    """
    if not (trigger.noun and trigger.definite) or trigger.unreal:
        return False
    if trigger.entry.lemma in words("context.troubles"):
        return True
    before = sentence.lower[max(0, trigger.index - 3) : trigger.index]
    return any(word in ("of", "about", "over", "into", "from", "after", "during") for word in before)


def _is_arranged(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "a third meeting is planned", "protests planned for Friday": a noun under a verb of planning."""
    if not trigger.noun:
        return False
    after = sentence.lower[trigger.index + 1 : trigger.index + 6]
    arranged = words("modality.arranged")
    if len(after) > 1 and after[0] in arranged and after[1] in ("for", "on", "at"):
        return True
    return any(word in arranged and before in ("is", "are", "been") for before, word in pairwise(after))


def _is_condition(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell whether "if", "unless" opens the trigger's clause."""
    clause = sentence.clause_of(trigger.index)
    first = sentence.clauses[clause]
    return any(
        word in words("modality.conditions") and not (word == "whether" and trigger.noun)
        for word in sentence.lower[first : min(first + 2, trigger.index + 1)]
    )
