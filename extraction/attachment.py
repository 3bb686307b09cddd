"""Which temporal expression of a sentence dates which trigger, without a parser."""

from __future__ import annotations

from extraction.belonging import (
    dates_a_relative,
    has_date_of_its_own,
    is_governors,
    is_of_deed,
    is_of_plan,
    is_of_relative,
)
from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.qualifiers import qualified, score_qualifier
from extraction.trigger import Trigger
from schemas.civil import parse_moment
from schemas.when import Timex

Attached = tuple[Timex, str, float]
"""The expression, the rule that attached it, and how sure that is (0 to 1)."""

_NEAR_DEED = 7  # words between "accused of beating" and the day of the beating
# Costs, in words of distance; found by reading, not fitted.
_OTHER_TRIGGER = 5  # another verb between
_OWNED = 15  # another verb stands right before the expression: "was fired last week"
_BEFORE = 3  # before the verb without opening the sentence
_COARSE = 5  # a week where the clause has a day
_UNRESOLVED = 12
_OTHER_CLAUSE = 15
_OTHER_PART = 25
_SAYING = 30
_PARTED = 40  # "died after he was shot on Monday"
_DAY_OR_FINER = frozenset({"day", "part_of_day", "hour", "minute", "second", "unknown"})
_AHEAD = frozenset({"future", "modal"})
_TO_COME = frozenset({"future", "modal", "infinitive"})
_BEHIND = frozenset({"past", "past_perfect", "perfect"})
_PARTING = frozenset({"after", "before", "since", "until", "following", "because", "if", "although", "though"})


def dated(timexes: list[Timex]) -> list[Timex]:
    """Return the expressions that carry an interval, or that would with a publication date."""
    return [t for t in timexes if t.when is not None and t.type in ("DATE", "TIME")]


def attach(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timexes: list[Timex], published: int | None
) -> Attached | None:
    """Return the expression that dates a trigger: of its own clause, else of another clause of the sentence.

    `published` is the day number of the publication: what happened before it has no date behind it.
    """
    best: tuple[float, Timex, str, float] | None = None
    own = dated(timexes)
    has_day = any(t.when is not None and t.when.granularity in _DAY_OR_FINER for t in own)
    for timex in own:
        scored = _score(sentence, trigger, triggers, timex, own, published)
        if scored is None:
            continue
        coarse = has_day and timex.when is not None and timex.when.granularity not in _DAY_OR_FINER
        cost = scored[0] + (_COARSE if coarse else 0)
        if best is None or cost < best[0]:
            best = (cost, timex, scored[1], scored[2])
    return best[1:] if best else None


def _score(
    sentence: Sentence,
    trigger: Trigger,
    triggers: list[Trigger],
    timex: Timex,
    timexes: list[Timex],
    published: int | None,
) -> tuple[float, str, float] | None:
    """Return (cost, rule, confidence) of a pair, None when they do not go together."""
    if trigger.reading.tense in _AHEAD and timex.when and timex.when.start and not timex.when.end:
        return None  # what will be has not been so "since 1984"
    if _is_too_late(trigger, timex, published) or is_of_plan(trigger, triggers, timex, published):
        return None
    at = min(sentence.word_at(timex.start), len(sentence.raw) - 1)
    cost = float(abs(at - trigger.index)) + (0 if timex.when and timex.when.resolved else _UNRESOLVED)
    head = qualified(sentence, timex, at)
    if head is not None:
        return score_qualifier(sentence, trigger, triggers, timex, at, head, cost)
    own, other = sentence.clause_of(trigger.index), sentence.clause_of(at)
    low, high = min(at, trigger.index), max(at, trigger.index)
    cost += _OTHER_TRIGGER * sum(1 for t in triggers if low < t.index < high and not t.noun)
    if any(t is not trigger and not t.noun and 0 < at - t.index <= 2 for t in triggers) and at < trigger.index:
        cost += _OWNED
    if is_governors(sentence, trigger, triggers, at, timex.when, published) or is_of_relative(
        sentence, trigger, triggers, at
    ):
        return None
    if at < trigger.index and has_date_of_its_own(sentence, trigger, triggers, at, timexes):
        return None
    if trigger.backward and (trigger.noun or at - trigger.index not in range(1, _NEAR_DEED)):
        return None  # "charged with fraud on Monday", but "accused of beating a clerk on Monday"
    if is_of_deed(trigger, triggers, at, timex.when):
        return None
    saying = _saying_before(sentence, at)
    if saying is not None and saying != trigger.index:
        if trigger.reading.tense in _TO_COME:
            return None  # "hoped to catch him, police said on Monday"
        if trigger.noun and _is_occasion(sentence, trigger, at):
            return cost, "attached.clause", 0.85
        return cost + _SAYING, "attached.saying", 0.5
    if own == other:
        opens = at - sentence.clauses[other] <= 2
        return cost + (_BEFORE if at < trigger.index and not opens else 0), "attached.clause", 0.9
    return _score_other_clause(sentence, trigger, triggers, timex, at, cost)


def _score_other_clause(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timex: Timex, at: int, cost: float
) -> tuple[float, str, float] | None:
    """Return what it costs to borrow the date of another clause, None where it cannot be lent."""
    own, other = sentence.clause_of(trigger.index), sentence.clause_of(at)
    if timex.when is not None and timex.when.granularity == "open" and timex.type == "DATE":
        return None  # "since 2014" says nothing of what happened elsewhere in the sentence
    if dates_a_relative(sentence, trigger, triggers, other):
        return None
    ahead = trigger.reading.tense in _AHEAD
    if any(sentence.clause_of(t.index) == other and (t.reading.tense in _AHEAD) != ahead for t in triggers):
        return None  # "scored twice and will leave in July"
    if not sentence.same_part(trigger.index, at):
        lender_busy = any(sentence.same_part(t.index, at) for t in triggers)
        return None if lender_busy else (cost + _OTHER_PART, "attached.sentence", 0.5)
    if sentence.openers[own] in _PARTING or sentence.openers[other] in _PARTING:
        return cost + _PARTED, "attached.sentence", 0.4
    return cost + _OTHER_CLAUSE, "attached.sentence", 0.65


def _saying_before(sentence: Sentence, at: int) -> int | None:
    """Return the reporting verb before an expression that dates it: "police said Monday", "said on Monday"."""
    k = at - 1
    while k >= 0 and sentence.lower[k] in ("on", "late", "early", "in", "a", "statement", "reporters"):
        k -= 1
    return k if k >= 0 and sentence.lower[k] in words("reporting.verbs") else None


def _is_occasion(sentence: Sentence, trigger: Trigger, at: int) -> bool:
    """Tell whether a noun is where something was said: "he said on Monday at a rally in Arden"."""
    return 0 < trigger.index - at <= 6 and any(w in ("at", "during") for w in sentence.lower[at + 1 : trigger.index])


def _is_too_late(trigger: Trigger, timex: Timex, published: int | None) -> bool:
    """Tell whether a date lies behind the publication while the verb is in the past, and the text allows no other."""
    when = timex.when
    if published is None or when is None or when.alternatives or trigger.reading.tense not in _BEHIND:
        return False
    if when.start is None:
        return when.end is not None and parse_moment(when.end).day > published + 1
    return parse_moment(when.start).day > published
