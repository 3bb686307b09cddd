"""To which other verb of its sentence an expression belongs, so that a trigger does not get its day."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon.inflection import PARTICIPLE
from extraction.trigger import Trigger
from schemas.civil import parse_moment
from schemas.when import Timex, When

_PLAN = 3  # words from "scheduled" to "resume"
_NEAR_NOUN = 4  # words between a noun and the clause that says something of it
_FINITE_PAST = frozenset({"past", "past_perfect", "perfect", "present", "progressive"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})
_JOINS = frozenset({"and", "but", "or", ",", ";", "—", "–", "who", "which", "that"})


def has_date_of_its_own(
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


def dates_a_relative(sentence: Sentence, trigger: Trigger, triggers: list[Trigger], clause: int) -> bool:
    """Tell whether a clause dates only what it says of a noun: "a clerk who was dismissed on Monday".

    What it is said of shares the date: "the fire that broke out on Monday", and so does what that brought about:
    "was burned by the fire that broke out on Monday".
    """
    if sentence.openers[clause] not in _RELATIVE or not any(sentence.clause_of(t.index) == clause for t in triggers):
        return False
    first = sentence.clauses[clause]
    brought_about = trigger.reading.passive and sentence.lower[trigger.index + 1 : trigger.index + 2] == ["by"]
    return not ((trigger.noun or brought_about) and first - _NEAR_NOUN <= trigger.index < first)


def is_governors(
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


def is_of_plan(trigger: Trigger, triggers: list[Trigger], timex: Timex, published: int | None) -> bool:
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


def is_of_relative(sentence: Sentence, trigger: Trigger, triggers: list[Trigger], at: int) -> bool:
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


def is_of_deed(trigger: Trigger, triggers: list[Trigger], at: int, when: When | None) -> bool:
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
