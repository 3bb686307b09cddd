"""Which temporal expression of a sentence dates which trigger, without a parser."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import PARTICIPLE
from extraction.trigger import Trigger
from schemas.civil import parse_moment
from schemas.when import Timex, When

Attached = tuple[Timex, str, float]
"""The expression, the rule that attached it, and how sure that is (0 to 1)."""

_NEAR_DEED = 7  # words between "accused of beating" and the day of the beating
_PLAN = 3  # words from "scheduled" to "resume"
_NEAR_NOUN = 4  # words between "Tuesday's" and the noun it dates
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
_FINITE_PAST = frozenset({"past", "past_perfect", "perfect", "present", "progressive"})
_WITHIN = frozenset({"in", "during", "at", "amid"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})
_JOINS = frozenset({"and", "but", "or", ",", ";", "—", "–", "who", "which", "that"})
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
    if _is_too_late(trigger, timex, published) or _is_of_plan(trigger, triggers, timex, published):
        return None
    at = min(sentence.word_at(timex.start), len(sentence.raw) - 1)
    cost = float(abs(at - trigger.index)) + (0 if timex.when and timex.when.resolved else _UNRESOLVED)
    head = _qualified(sentence, timex, at)
    if head is not None:
        return _score_qualifier(sentence, trigger, triggers, timex, at, head, cost)
    own, other = sentence.clause_of(trigger.index), sentence.clause_of(at)
    low, high = min(at, trigger.index), max(at, trigger.index)
    cost += _OTHER_TRIGGER * sum(1 for t in triggers if low < t.index < high and not t.noun)
    if any(t is not trigger and not t.noun and 0 < at - t.index <= 2 for t in triggers) and at < trigger.index:
        cost += _OWNED
    if _is_governors(sentence, trigger, triggers, at, timex.when, published) or _is_of_relative(
        sentence, trigger, triggers, at
    ):
        return None
    if at < trigger.index and _has_date_of_its_own(sentence, trigger, triggers, at, timexes):
        return None
    if trigger.backward and (trigger.noun or at - trigger.index not in range(1, _NEAR_DEED)):
        return None  # "charged with fraud on Monday", but "accused of beating a clerk on Monday"
    if _is_of_deed(trigger, triggers, at, timex.when):
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
    if _is_relative(sentence, trigger, triggers, other):
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


def _has_date_of_its_own(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], at: int, timexes: list[Timex]
) -> bool:
    """Tell "opened in 1951 and won a prize in 1978": "and" joins verbs that have a date behind each."""
    first = trigger.index
    if trigger.noun or sentence.lower[first - 1] not in ("and", "then", "but"):
        return False
    if not any(not other.noun and other.index < at for other in triggers):
        return False
    _, end = sentence.clause_range(sentence.clause_of(first))
    behind = (sentence.word_at(timex.start) for timex in timexes)
    nearest = min((place for place in behind if first < place < end), default=None)
    return nearest is not None and not any(not t.noun and first < t.index < nearest for t in triggers)


def _is_relative(sentence: Sentence, trigger: Trigger, triggers: list[Trigger], clause: int) -> bool:
    """Tell whether a clause dates only what it says of a noun: "a clerk who was dismissed on Monday".

    What it is said of shares the date: "the fire that broke out on Monday".
    """
    if sentence.openers[clause] not in _RELATIVE or not any(sentence.clause_of(t.index) == clause for t in triggers):
        return False
    first = sentence.clauses[clause]
    return not (trigger.noun and first - _NEAR_NOUN <= trigger.index < first)


def _qualified(sentence: Sentence, timex: Timex, at: int) -> int | None:
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


def _score_qualifier(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timex: Timex, at: int, head: int, cost: float
) -> tuple[float, str, float] | None:
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


def _saying_before(sentence: Sentence, at: int) -> int | None:
    """Return the reporting verb before an expression that dates it: "police said Monday", "said on Monday"."""
    k = at - 1
    while k >= 0 and sentence.lower[k] in ("on", "late", "early", "in", "a", "statement", "reporters"):
        k -= 1
    return k if k >= 0 and sentence.lower[k] in words("reporting.verbs") else None


def _is_governors(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], at: int, when: When | None, published: int | None
) -> bool:
    """Tell whether an expression belongs to the verb that a plan depends on: "agreed on Monday to sell"."""
    if trigger.reading.tense != "infinitive" or at > trigger.index:
        return False
    if any(not t.noun and t.index < at < trigger.index for t in triggers):
        return True
    # "asked on Monday to see the film", but "by 2035 they aim to build it"
    if when is None or when.start is None or published is None:
        return False
    if parse_moment(when.start).day > published and not when.alternatives:
        return False
    return trigger.reading.governor in sentence.lower[at + 1 : trigger.index]


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


def _is_of_plan(trigger: Trigger, triggers: list[Trigger], timex: Timex, published: int | None) -> bool:
    """Tell "is scheduled to resume on Monday": the day to come is that of the infinitive, the plan stands today."""
    when = timex.when
    if trigger.noun or trigger.reading.tense not in ("present", "progressive") or published is None or when is None:
        return False
    if when.start is None or parse_moment(when.start).day <= published:
        return False
    return any(
        t.reading.tense == "infinitive" and 0 < t.index - trigger.index <= _PLAN and t.start < timex.start
        for t in triggers
    )


def _is_of_relative(sentence: Sentence, trigger: Trigger, triggers: list[Trigger], at: int) -> bool:
    """Tell whether an expression and a verb stand on different sides of a participle's end.

    In "a clerk dismissed on Monday returned and broke the door", the day is that of the dismissal alone; in "a film of
    a clerk beaten in the yard was shown on Monday", that of the showing alone.
    """
    clause = sentence.clause_of(trigger.index)
    for other in triggers:
        if other is trigger or other.noun or sentence.clause_of(other.index) != clause:
            continue
        near = 0 < at - other.index <= 2 and at < trigger.index
        if near and any(at < t.index <= trigger.index and _is_reduced(sentence, other, t) for t in triggers):
            return True
        if _ends_relative(sentence, other, trigger, at):
            return True
        if trigger.index < other.index < at and not trigger.noun and _is_reduced(sentence, trigger, other):
            return True
        if trigger.index < other.index < at <= other.index + 3 and _has_reduced_object(sentence, trigger, other):
            return True
    return False


def _ends_relative(sentence: Sentence, other: Trigger, trigger: Trigger, at: int) -> bool:
    """Tell whether a verb stands behind a relative clause with a date: "a man who was fired on Monday shot a dog"."""
    clause = sentence.clause_of(trigger.index)
    if sentence.openers[clause] not in _RELATIVE or not other.index < at < trigger.index or trigger.noun:
        return False
    return not any(word in _JOINS for word in sentence.lower[at + 1 : trigger.index])


def _is_of_deed(trigger: Trigger, triggers: list[Trigger], at: int, when: When | None) -> bool:
    """Tell "charged with robbing a bank a month ago": that is the day of the deed, not of the charge."""
    if when is None or when.alternatives or not when.rule.startswith("en.relative.ago"):
        return False
    return any(t.backward and not t.noun and trigger.index < t.index < at for t in triggers)


def _has_reduced_object(sentence: Sentence, trigger: Trigger, other: Trigger) -> bool:
    """Tell whether the date behind a participle is its noun's: "found a bridge built around 1480"."""
    if trigger.noun or trigger.reading.passive or other.reading.auxiliaries or not other.entry.bits & PARTICIPLE:
        return False
    if trigger.reading.tense not in _FINITE_PAST:
        return False
    between = sentence.lower[trigger.index + 1 : other.index]
    return len(between) > 1 and all(word[0].isalnum() and word not in _JOINS for word in between)


def _is_reduced(sentence: Sentence, first: Trigger, second: Trigger) -> bool:
    """Tell whether the first verb is a participle in the subject of the second: "a clerk dismissed … returned"."""
    if first.noun or second.noun or first.reading.auxiliaries or not first.entry.bits & PARTICIPLE:
        return False
    if second.reading.tense not in _FINITE_PAST:
        return False
    before = sentence.lower[max(first.index + 1, second.index - 4) : second.index]
    return not any(word in _JOINS for word in before)
