"""Which temporal expression of a sentence dates which trigger, without a parser."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.triggers import Trigger
from schemas.when import Timex

Attached = tuple[Timex, str, float]
"""The expression, the rule that attached it, and how sure that is (0 to 1)."""

_NEAR_NOUN = 4  # words between "Tuesday's" and the noun it dates
_OTHER_TRIGGER = 6  # what another verb between costs, in words
_BEFORE = 3  # what it costs to stand before the verb without opening the sentence
_UNRESOLVED = 12
_PARTING = frozenset({"after", "before", "since", "until", "following", "because", "if", "although", "though"})


def dated(timexes: list[Timex]) -> list[Timex]:
    """Return the expressions that carry an interval, or that would with a publication date."""
    return [t for t in timexes if t.when is not None and t.type in ("DATE", "TIME")]


def attach(sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timexes: list[Timex]) -> Attached | None:
    """Return the expression that dates a trigger: of its own clause, else of another clause of the sentence."""
    best: tuple[float, Timex, str, float] | None = None
    for timex in dated(timexes):
        scored = _score(sentence, trigger, triggers, timex)
        if scored is not None and (best is None or scored[0] < best[0]):
            best = (scored[0], timex, scored[1], scored[2])
    return best[1:] if best else None


def _score(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timex: Timex
) -> tuple[float, str, float] | None:
    """Return (cost, rule, confidence) of a pair, None when they do not go together."""
    at = sentence.word_at(timex.start)
    cost = float(abs(at - trigger.index)) + (0 if timex.when and timex.when.resolved else _UNRESOLVED)
    head = _qualified(sentence, timex, at)
    if head is not None:
        return _score_qualifier(sentence, trigger, triggers, at, head, cost)
    own = sentence.clause_of(trigger.index)
    other = sentence.clause_of(min(at, len(sentence.raw) - 1))
    low, high = min(at, trigger.index), max(at, trigger.index)
    cost += _OTHER_TRIGGER * sum(1 for t in triggers if low < t.index < high and not t.noun)
    if _dates_saying(sentence, at, timex):
        return cost + 30, "attached.saying", 0.5
    if own != other and timex.when is not None and timex.when.start is not None and timex.when.end is None:
        return None  # "since 2014" tells how long a state has lasted, never when another clause's event happened
    if own == other:
        opens = at - sentence.clauses[other] <= 2
        return cost + (_BEFORE if at < trigger.index and not opens else 0), "attached.clause", 0.9
    if sentence.openers[own] in _PARTING or sentence.openers[other] in _PARTING:
        return cost + 40, "attached.sentence", 0.4
    return cost + 15, "attached.sentence", 0.65


def _qualified(sentence: Sentence, timex: Timex, at: int) -> int | None:
    """Return the first word of the noun phrase that an expression qualifies: "Tuesday's attack", "his 2012 crash"."""
    after = sentence.word_at(timex.end - 1) + 1
    if after >= len(sentence.lower):
        return None
    if sentence.lower[after] == "'s":
        return after + 1
    previous = sentence.lower[at - 1] if at else ""
    following = sentence.lower[after]
    in_phrase = previous in words("nouns.articles") and following.isalpha()
    return after if in_phrase and following not in words("time.after_phrase") else None


def _score_qualifier(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], at: int, head: int, cost: float
) -> tuple[float, str, float] | None:
    if trigger.noun and head <= trigger.index <= head + _NEAR_NOUN:
        return cost, "attached.qualifier", 0.9
    same = sentence.clause_of(trigger.index) == sentence.clause_of(at)
    dates_noun = any(t.noun and head <= t.index <= head + _NEAR_NOUN for t in triggers)
    if same and not dates_noun:
        return cost + 20, "attached.clause", 0.6
    if same and at < trigger.index and sentence.clauses[sentence.clause_of(at)] >= at - 3:
        return cost + 12, "attached.subject", 0.6  # "Tuesday's attack killed five"
    return cost + 45, "attached.sentence", 0.35


def _dates_saying(sentence: Sentence, at: int, timex: Timex) -> bool:
    """Tell "police said Monday that", "police said on Monday": the date is the statement's."""
    k = at - 1
    while k >= 0 and sentence.lower[k] in ("on", "late", "early", "in", "a", "statement", "reporters"):
        k -= 1
    return k >= 0 and sentence.lower[k] in words("reporting.verbs")
