"""Verbs in the present that tell of what is arranged: "the film opens in cinemas in November"."""

from __future__ import annotations

from functools import cache

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, PRESENT, verb_forms
from extraction.lexicon.triggers import Entry, table
from extraction.occurrences import is_line
from extraction.trigger import Trigger
from extraction.verbs import Reading, read_verb
from schemas.civil import parse_moment
from schemas.when import Timex

_FUTURE = Reading("future")


def with_scheduled(
    sentence: Sentence, found: list[Trigger], timexes: list[Timex], published: int | None
) -> list[Trigger]:
    """Return the triggers, and verbs in the present that a date to come behind them in their clause says are arranged.

    Only verbs of `verbs.scheduled` are used so, for what a calendar can hold, and in no headline: its present is past.
    A noun before such a verb ("the trial opens on 3 May") is arranged with it. `published` is the publication's day.
    """
    coming = [sentence.word_at(timex.start) for timex in timexes if _is_to_come(timex, published)]
    if not coming or is_line(sentence):
        return found
    for i in range(1, len(sentence.lower)):
        lemma = _forms().get(sentence.lower[i])
        if lemma is None or not _is_scheduled(sentence, i, lemma, coming):
            continue
        clause = sentence.clause_of(i)
        here = [trigger for trigger in found if sentence.clause_of(trigger.index) == clause]
        verbs = [trigger for trigger in here if not trigger.noun]
        if any(trigger.index != i for trigger in verbs):
            continue
        for trigger in here:
            if trigger.index <= i:
                trigger.reading = _FUTURE
        if not verbs:
            added = Trigger(i, sentence.starts[i], sentence.ends[i], _entry(lemma), False, _FUTURE)
            others = [trigger for trigger in found if trigger.index != i]  # "starts" as a noun
            return sorted([*others, added], key=lambda trigger: trigger.index)
    return found


@cache
def _forms() -> dict[str, str]:
    """Return the verb of each form in the present."""
    verbs = words("verbs.scheduled")
    return {form: verb for verb in verbs for form, bits in verb_forms(verb, {}) if bits & (BASE | PRESENT)}


@cache
def _entry(lemma: str) -> Entry:
    senses = (sense for sense in table("en").get(lemma, ()) if sense.bits & BASE and not sense.rest)
    return next(senses, Entry(lemma, None, None, PRESENT))


def _is_to_come(timex: Timex, published: int | None) -> bool:
    when = timex.when
    if published is None or when is None or when.start is None:
        return False
    return bool(when.alternatives) or parse_moment(when.start).day > published


def _is_scheduled(sentence: Sentence, i: int, lemma: str, coming: list[int]) -> bool:
    lower = sentence.lower
    if not sentence.raw[i][0].islower() or lower[i - 1] in words("nouns.determiners") or not lower[i - 1].isalpha():
        return False
    if lower[i - 1] == "to" or read_verb(lower, i, BASE | PRESENT).auxiliaries:
        return False
    if not any(i < at and sentence.clause_of(at) == sentence.clause_of(i) for at in coming):
        return False
    following = lower[i + 1]
    placed = following != "of" and (following in words("nouns.prepositions") or i + 1 in coming)
    return placed or lemma in words("verbs.scheduled_with")
