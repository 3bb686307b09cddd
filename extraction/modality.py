"""Whether a statement is asserted, somebody's word, a plan, a condition or a denial."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from extraction.attribution import attribution
from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.trigger import Trigger
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
        return "planned" if told and _is_announced(sentence, trigger) else "conditional"
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
    if trigger.noun:
        return bool(before) and before[-1] in ("no", "without")
    return _has_negative_subject(sentence, trigger)


def _has_negative_subject(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "no soldier entered", "nobody died", "none of them sank" from "no fewer than ten died"."""
    words_before = _clause(sentence, trigger)[: trigger.index - sentence.clauses[sentence.clause_of(trigger.index)]]
    subject = [word for word in words_before if word[0].isalnum()]
    if subject[:1] and subject[0] in ("and", "but", "that"):
        subject = subject[1:]
    if not subject or subject[0] not in ("no", "nobody", "none", "neither"):
        return False
    if len(subject) > 1 and (subject[1] in words("modality.no_denial") or subject[1].isdigit()):
        return False
    return not any(_is_verb_like(word) for word in subject[1:])


def _is_verb_like(word: str) -> bool:
    return word in words("clauses.finite") or word in words("reporting.verbs") or word.endswith("ed")


def _is_presupposed(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "will review a film of the robbery", "aims to end the dispute".

    A definite noun behind a preposition is a fact of its own, and so is a trouble that is to be dealt with.
    """
    if not (trigger.noun and trigger.definite) or trigger.unreal:
        return False
    if trigger.entry.lemma in words("context.troubles"):
        return True
    before = sentence.lower[max(0, trigger.index - 3) : trigger.index]
    if any(word in words("context.of_facts") for word in before):
        return True  # "will investigate the crash"
    return any(word in ("of", "about", "over", "into", "from", "after", "during") for word in before)


def _is_announced(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell "he said that he would resign", a "will" told in the past, from "it would sink if", "would have sunk"."""
    lower, at = sentence.lower, trigger.index
    if trigger.reading.perfect or "would" not in lower[max(0, at - 3) : at]:
        return False
    said = any(word in words("reporting.verbs") and word.endswith(("ed", "said", "told")) for word in lower[:at])
    return said and not any(word in words("modality.conditions") for word in lower)


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
