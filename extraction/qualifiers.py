"""Expressions that qualify a noun: "Tuesday's attack", "his 2012 crash"."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.trigger import Trigger
from schemas.when import Timex

_NEAR_NOUN = 4  # words between "Tuesday's" and the noun it dates
_DAY_OR_FINER = frozenset({"day", "part_of_day", "hour", "minute", "second", "unknown"})
_WITHIN = frozenset({"in", "during", "at", "amid"})


def qualified(sentence: Sentence, timex: Timex, at: int) -> int | None:
    """Return the first word of the noun phrase that an expression qualifies: "Tuesday's attack", "his 2012 crash"."""
    after = sentence.word_at(timex.end - 1) + 1
    if after >= len(sentence.lower):
        return None
    if sentence.lower[after] == "'s":
        return after + 1
    if "of" in sentence.lower[at:after]:
        return None  # "in the summer of 1892 fever killed many": a phrase with a head of its own
    previous = sentence.lower[at - 1] if at else ""
    following = sentence.lower[after]
    articles = words("nouns.articles")
    in_phrase = (previous in articles or sentence.lower[at] in articles) and following.isalpha()
    return after if in_phrase and following not in words("time.after_phrase") else None


def score_qualifier(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timex: Timex, at: int, head: int, cost: float
) -> tuple[float, str, float] | None:
    """Return (cost, rule, confidence) of a trigger and an expression that qualifies the noun at `head`.

    None when they do not go together; `at` is the expression's first word, `cost` its distance.
    """
    if trigger.noun and head <= trigger.index <= head + _NEAR_NOUN:
        return cost, "attached.qualifier", 0.9
    if timex.when is not None and timex.when.rule.startswith("en.date.day_alone"):
        return None  # "the 3rd floor"
    if timex.when is not None and timex.when.granularity not in _DAY_OR_FINER:
        return None  # "a 2012 crash" dates the crash, not the trial that is about it
    same = sentence.clause_of(trigger.index) == sentence.clause_of(at)
    dates_noun = any(t.noun and head <= t.index <= head + _NEAR_NOUN for t in triggers)
    if same and not dates_noun:
        return cost + 20, "attached.clause", 0.6
    first = sentence.clauses[sentence.clause_of(at)]
    is_subject = first >= at - 3 and not any(word in words("nouns.prepositions") for word in sentence.lower[first:at])
    if same and at < trigger.index and is_subject:
        return cost + 12, "attached.subject", 0.6  # "Tuesday's attack killed five"
    before = sentence.lower[max(0, at - 2) : at]
    if at > trigger.index and not any(word in _WITHIN for word in before):
        return None  # "convicted of the 3 May robbery" does not date the conviction, "hurt in the 3 May crash" does
    if same and at < trigger.index:
        return None  # "a suspect in Monday's raid was found"
    return cost + 45, "attached.sentence", 0.6
