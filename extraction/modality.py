"""Whether a statement is asserted, somebody's word, a plan, a condition or a denial."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.triggers import Trigger
from schemas.vocabulary import Modality

_TAIL = 9  # words after a reporting verb at a sentence's end: `, Anna Lee, a spokeswoman, told reporters.`


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
    if reading.tense == "modal":
        return "conditional"
    if reading.tense == "future" or trigger.unreal == "planned" or _is_arranged(sentence, trigger):
        return "planned"
    if reading.tense == "infinitive" and not reading.perfect and reading.governor in words("verbs.planned_governors"):
        return "planned"
    if is_within(quotes, trigger.start) or _is_reported(sentence, trigger):
        return "reported"
    return "asserted"


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


def _is_reported(sentence: Sentence, trigger: Trigger) -> bool:
    lower = sentence.lower
    if any(word in words("reporting.hedges") for word in lower[max(0, trigger.index - 6) : trigger.index]):
        return True
    if trigger.reading.governor in words("verbs.reported_governors"):
        return True
    verbs = words("reporting.verbs")
    for k, word in enumerate(lower):
        if word in words("reporting.according") and k + 1 < len(lower) and lower[k + 1] == "to":
            if sentence.same_part(k, trigger.index):
                return True
        elif word in verbs and k != trigger.index and _is_saying(sentence, k):
            if k < trigger.index and sentence.same_part(k, trigger.index):
                return True
            if k > trigger.index and _closes(sentence, k) and sentence.same_part(trigger.index, k):
                return True
    return False


def _is_saying(sentence: Sentence, k: int) -> bool:
    """Tell "police said" from "said to", "announced plans": content follows or came before."""
    following = sentence.lower[k + 1] if k + 1 < len(sentence.lower) else ""
    return following not in ("of", "by", "in") and sentence.lower[k] != "according"


def _closes(sentence: Sentence, k: int) -> bool:
    """Tell whether a reporting verb belongs to an attribution behind a comma or quote: ", police said Monday"."""
    if len(sentence.lower) - k > _TAIL * 2:
        return False
    return any(word in (",", '"', "”") for word in sentence.lower[max(0, k - _TAIL) : k])


def is_attribution(sentence: Sentence, index: int) -> bool:
    """Tell whether a word is the verb of an attribution at the sentence's end: ", the companies announced."."""
    return sentence.lower[index] in words("reporting.verbs") and _closes(sentence, index) and index > 3
