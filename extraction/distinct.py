"""Which triggers of a sentence tell of one event, and which of them names it.

Each trigger has a mention of its own, for each is something that happened. "Strikes that killed 17 people in Arden and
injured 200" is one event all the same, told by three triggers: the one that names it best leads, has all the numbers,
and lends the others its category, so that a timeline shows them as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.clauses import Sentence
from extraction.dating import Dated
from extraction.lexicon import words
from extraction.trigger import Trigger
from schemas.vocabulary import Modality

_HARMFUL = frozenset({"conflict", "disaster", "law_crime", "health_environment"})


@dataclass(slots=True)
class Statement:
    """A trigger with what is known of it.

    Attributes:
        trigger, dated, modality: the word, its When, and who stands for it.
        others: the other triggers that tell of the same event, when this one leads them.
        leader: the statement that leads, None for the leader itself.
        category: that of its leader, else of the nearest statement of the sentence with the same When.
    """

    trigger: Trigger
    dated: Dated
    modality: Modality
    others: list[Trigger] = field(default_factory=list)
    leader: Statement | None = None
    category: str | None = None

    @property
    def type(self) -> str | None:
        """Finer type, of the leader where the trigger's own is of another category ("beating" of a match)."""
        entry, lead = self.trigger.entry, (self.leader or self).trigger.entry
        return entry.type if entry.type and entry.category == self.category else lead.type

    @property
    def triggers(self) -> list[Trigger]:
        """All triggers that tell of the event."""
        lead = self.leader or self
        return [lead.trigger, *lead.others]


def grouped(sentence: Sentence, statements: list[Statement]) -> list[Statement]:
    """Return the statements with those of one event gathered under the one that names it best, in text order."""
    leaders: list[Statement] = []
    for statement in statements:
        known = next((lead for lead in leaders if _same_event(sentence, lead, statement)), None)
        if known is None:
            leaders.append(statement)
        elif _names_better(statement.trigger, known.trigger):
            statement.others = [*known.triggers]
            leaders[leaders.index(known)] = statement
            for member in statements:
                if member is known or member.leader is known:
                    member.leader = statement
            known.others = []
        else:
            known.others.append(statement.trigger)
            statement.leader = known
    for statement in statements:
        statement.category = (statement.leader or statement).trigger.entry.category
    given = [(s, s.category) for s in statements if s.category is not None]
    for statement in statements:
        if statement.category is None and given:
            statement.category = _nearest_category(statement, given)
    return statements


def _nearest_category(statement: Statement, given: list[tuple[Statement, str]]) -> str | None:
    """Return the category of the nearest statement of the same time: "walked in" of "walked in and shot three"."""
    same = [(abs(s.trigger.index - statement.trigger.index), c) for s, c in given if _same_time(s, statement)]
    return min(same)[1] if same else None


def _same_time(first: Statement, second: Statement) -> bool:
    a, b = first.dated.when, second.dated.when
    return (a.start, a.end, a.value) == (b.start, b.end, b.value)


def _same_event(sentence: Sentence, known: Statement, new: Statement) -> bool:
    a, b = known.trigger, new.trigger
    if known.modality != new.modality or not sentence.same_part(a.index, b.index):
        return False
    if not _same_time(known, new):
        return False
    if b.reading.tense == "gerund" and not b.noun and _opens_with(sentence, b):
        return True
    if (is_consequence(b) and a.entry.category in _HARMFUL) or (is_consequence(a) and b.entry.category in _HARMFUL):
        return True
    if a.entry.category is None and b.entry.category is None:
        return a.entry.lemma == b.entry.lemma and sentence.clause_of(a.index) == sentence.clause_of(b.index)
    if _is_object(sentence, known, new):
        return True
    if None in (a.entry.category, b.entry.category):
        return sentence.clause_of(a.index) == sentence.clause_of(b.index) and not _coordinated(sentence, a, b)
    if (is_consequence(b) and a.entry.category in _HARMFUL) or (is_consequence(a) and b.entry.category in _HARMFUL):
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
    lemma = trigger.entry.lemma
    return lemma in words("consequences.lemmas") or f"{lemma}e" in words("consequences.lemmas")


def _names_better(new: Trigger, known: Trigger) -> bool:
    """Tell whether a trigger names the event better: a noun before a verb, both before a consequence."""
    if new.reading.tense == "gerund" and not new.noun:
        return False
    if (new.entry.category is None) != (known.entry.category is None):
        return known.entry.category is None
    if is_consequence(known) != is_consequence(new):
        return is_consequence(known)
    return new.noun and not known.noun and is_consequence(known)
