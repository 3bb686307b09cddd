"""Who takes part in a statement and where it happens, from the names around its trigger."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.dispatch import Dateline
from extraction.distinct import Statement
from extraction.gazetteer.countries import known_names
from extraction.names import Name
from extraction.quantities import Found
from extraction.triggers import Trigger
from schemas.mention import Actor, Place, Quantity

_MOST = 8  # names kept a mention; a longer list is a list, not participants


def actors_of(sentence: Sentence, trigger: Trigger, names: list[Name]) -> tuple[Actor, ...]:
    """Return those who take part: people, organisations and states of the sentence, nearest clause first.

    A verb's subject is the agent and its object the patient, the other way round in the passive; `role` stays None
    where that is not plain.
    """
    first, end = _clause_offsets(sentence, trigger)
    chosen: dict[str, Actor] = {}
    for name in sorted(names, key=lambda n: not first <= n.start < end):
        if name.located and not name.demonym:
            continue
        if name.type == "LOC" and name.country is None:
            continue
        role = _role(sentence, trigger, name) if first <= name.start < end else None
        known = chosen.get(name.name)
        if known is None or (known.role is None and role is not None):
            chosen[name.name] = Actor(name=name.name, type=name.type, role=role)
    return tuple(chosen.values())[:_MOST]


def places_of(
    sentence: Sentence, triggers: list[Trigger], others: list[Trigger], names: list[Name], dateline: Dateline | None
) -> tuple[Place, ...]:
    """Return where it happened: located names of the triggers' clauses, else the nearest, else the dateline's town.

    A clause where one of `others` happens keeps its place for itself.
    """
    located = [name for name in names if name.located and name.type == "LOC" and not name.demonym]
    clauses = {sentence.clause_of(trigger.index) for trigger in triggers}
    own = [name for name in located if _clause(sentence, name) in clauses]
    taken = {sentence.clause_of(t.index) for t in others} if not triggers[0].entry.weak else set()
    free = [name for name in located if _clause(sentence, name) not in taken]
    if not own and free:
        near = min(free, key=lambda name: abs(name.start - triggers[0].start))
        own = [name for name in free if _clause(sentence, name) == _clause(sentence, near)]
    chosen = {name.name: Place(name=name.name, country=name.country) for name in own}
    if not chosen and dateline is not None:
        known = known_names().get(dateline.place) or known_names().get(dateline.region or "")
        return (Place(name=dateline.place, country=known.code if known else None),)
    return tuple(chosen.values())[:_MOST]


def owned_by(
    sentence: Sentence, statement: Statement, triggers: list[Trigger], found: list[Found]
) -> tuple[Quantity, ...]:
    """Return the numbers that belong to a statement: those whose nearest trigger is its own or one that it leads."""
    mine = [statement.trigger, *statement.others]
    return tuple(item.quantity for item in found if _owner(sentence, item, triggers) in mine)


def _owner(sentence: Sentence, item: Found, triggers: list[Trigger]) -> Trigger:
    """Return the trigger that a number belongs to: one within its words, else the nearest, of its clause first."""
    inside = [t for t in triggers if item.start <= t.start < item.end]
    if inside:
        return inside[0]
    clause = sentence.clause_of(sentence.word_at(item.start))
    own = [t for t in triggers if sentence.clause_of(t.index) == clause]
    return min(own or triggers, key=lambda t: abs(t.start - item.start))


def _clause(sentence: Sentence, name: Name) -> int:
    return sentence.clause_of(sentence.word_at(name.start))


def _clause_offsets(sentence: Sentence, trigger: Trigger) -> tuple[int, int]:
    first, end = sentence.clause_range(sentence.clause_of(trigger.index))
    return sentence.starts[first], sentence.ends[end - 1]


def _role(sentence: Sentence, trigger: Trigger, name: Name) -> str | None:
    """Return agent or patient for the name next to a verb on either side, None for the others."""
    if trigger.noun or not trigger.entry.lemma:
        return None
    passive = trigger.reading.passive
    at = sentence.word_at(name.start)
    if at < trigger.index:
        if sentence.lower[trigger.index - 1] in ("and", "or") and not trigger.reading.auxiliaries:
            return None  # "was arrested and charged": who did it shows only at the first verb
        return "patient" if passive else "agent"
    previous = sentence.lower[at - 1] if at else ""
    if previous == "by":
        return "agent"
    if passive or previous in ("in", "at", "on", "of", "from", "to", "for", "with", "about", "against", "near", "over"):
        return None
    return "patient"
