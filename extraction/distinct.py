"""One event, one mention: triggers of a sentence that speak of the same event are told as one."""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.clauses import Sentence
from extraction.dating import Dated
from extraction.lexicon import words
from extraction.triggers import Trigger
from schemas.vocabulary import Modality


@dataclass(slots=True)
class Statement:
    """A trigger with what is known of it, and the other triggers of the sentence that tell of the same event."""

    trigger: Trigger
    dated: Dated
    modality: Modality
    others: list[Trigger] = field(default_factory=list)

    @property
    def triggers(self) -> list[Trigger]:
        """All triggers that tell of the event."""
        return [self.trigger, *self.others]


def distinct(sentence: Sentence, statements: list[Statement]) -> list[Statement]:
    """Return the statements with those of one event folded into the one that names it best, in text order.

    "Strikes that killed 17 people in Arden and injured 200" is one event, told by three triggers.
    """
    kept: list[Statement] = []
    for statement in statements:
        same = next((known for known in kept if _same_event(sentence, known, statement)), None)
        if same is None:
            kept.append(statement)
        elif _names_better(statement.trigger, same.trigger):
            statement.others = [*same.triggers, *statement.others]
            kept[kept.index(same)] = statement
        else:
            same.others.append(statement.trigger)
    return sorted(kept, key=lambda statement: statement.trigger.start)


def _same_event(sentence: Sentence, known: Statement, new: Statement) -> bool:
    a, b = known.trigger, new.trigger
    if known.modality != new.modality or not sentence.same_part(a.index, b.index):
        return False
    first, second = known.dated.when, new.dated.when
    if (first.start, first.end, first.value) != (second.start, second.end, second.value):
        return False
    if b.reading.tense == "gerund" and not b.noun and _opens_with(sentence, b):
        return True
    if a.entry.category is None and b.entry.category is None:
        return a.entry.lemma == b.entry.lemma and sentence.clause_of(a.index) == sentence.clause_of(b.index)
    if _is_object(sentence, known, new):
        return True
    if None in (a.entry.category, b.entry.category):
        return sentence.clause_of(a.index) == sentence.clause_of(b.index) and not _coordinated(sentence, a, b)
    if is_consequence(b) or is_consequence(a):
        return True
    if a.entry.type == b.entry.type:
        return True
    return a.entry.category == b.entry.category and sentence.clause_of(a.index) == sentence.clause_of(b.index)


def _is_object(sentence: Sentence, known: Statement, new: Statement) -> bool:
    """Tell whether a noun is what a verb before it is about: "appeal the verdict", with no date of its own."""
    a, b = known.trigger, new.trigger
    return (
        not a.noun
        and b.noun
        and b.definite
        and new.dated.when.rule.startswith("tense.")
        and sentence.clause_of(a.index) == sentence.clause_of(b.index)
    )


def _coordinated(sentence: Sentence, a: Trigger, b: Trigger) -> bool:
    """Tell whether "and" with a subject of its own stands between: "men blocked a bridge and police detained 14"."""
    between = sentence.lower[a.index + 1 : b.index]
    return "and" in between[:-1]


def _opens_with(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell whether a clause such as ", toppling chimneys and injuring 50" elaborates on the one before it."""
    return sentence.openers[sentence.clause_of(trigger.index)].endswith("ing")


def is_consequence(trigger: Trigger) -> bool:
    """Tell whether a trigger says what an event brought about: killed, injured, destroyed."""
    return trigger.entry.lemma in words("consequences.lemmas")


def _names_better(new: Trigger, known: Trigger) -> bool:
    """Tell whether a trigger names the event better: a noun before a verb, both before a consequence."""
    if new.reading.tense == "gerund" and not new.noun:
        return False
    if (new.entry.category is None) != (known.entry.category is None):
        return known.entry.category is None
    if is_consequence(known) != is_consequence(new):
        return is_consequence(known)
    return new.noun and not known.noun and is_consequence(known)


def without_references(statements: list[Statement]) -> list[Statement]:
    """Drop nouns that only point back to an event told before, beside what is told now: "praised the accord"."""
    told_now = [s for s in statements if not (s.trigger.noun and s.dated.when.rule.startswith("reference."))]
    return told_now or statements[:1]
