"""Who takes part in a statement and where it happens, from the names around its trigger."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.dispatch import Dateline
from extraction.distinct import Statement
from extraction.gazetteer.countries import known_names
from extraction.gazetteer.places import Known, Surroundings, resolve
from extraction.lexicon import words
from extraction.names import Name
from extraction.quantities import Found
from extraction.trigger import Trigger
from schemas.mention import Actor, Place, Quantity

_NOUN_REACH = 4  # words between a possessive and its noun: "Russia's latest drone attack"
_MOST = 8  # names kept a mention; a longer list is a list, not participants


def actors_of(sentence: Sentence, trigger: Trigger, names: list[Name]) -> tuple[Actor, ...]:
    """Return those who take part: people, organisations and states of the sentence, nearest clause first.

    A verb's subject is the agent and its object the patient, the other way round in the passive; `role` stays None
    where that is not plain.
    """
    first, end = _clause_offsets(sentence, trigger)
    chosen: dict[str, Actor] = {}
    for name in sorted(names, key=lambda n: not first <= n.start < end):
        if (name.located or _is_struck(sentence, trigger, name)) and not name.demonym:
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
    located = [
        name
        for name in names
        if name.type == "LOC"
        and not name.demonym
        and (name.located or any(_is_struck(sentence, trigger, name) for trigger in triggers))
    ]
    clauses = {sentence.clause_of(trigger.index) for trigger in triggers}
    own = [name for name in located if _clause(sentence, name) in clauses]
    taken = {sentence.clause_of(t.index) for t in others} if not triggers[0].entry.weak else set()
    free = [name for name in located if _clause(sentence, name) not in taken]
    if not own and free:
        near = min(free, key=lambda name: abs(name.start - triggers[0].start))
        own = [name for name in free if _clause(sentence, name) == _clause(sentence, near)]
    chosen = {name.name: _place(name.name, name.place, name.country) for name in own}
    if not chosen and dateline is not None:
        return (_of_dateline(dateline),)
    return tuple(chosen.values())[:_MOST]


def _place(name: str, known: Known | None, country: str | None) -> Place:
    if known is None:
        return Place(name=name, country=country)
    return Place(
        name=name,
        country=known.country,
        latitude=known.latitude,
        longitude=known.longitude,
        precision=known.kind,
    )


def _of_dateline(dateline: Dateline) -> Place:
    """Return the town of a dateline; its region or country tells it from others of its name."""
    region = known_names().get(dateline.region or "")
    inside = frozenset(filter(None, [region.code if region else dateline.region]))
    known = resolve(dateline.place, Surroundings(inside=inside))
    return _place(dateline.place, known, region.code if region else None)


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
    if trigger.noun:
        return _role_beside_noun(sentence, trigger, name)
    if not trigger.entry.lemma:
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


def _role_beside_noun(sentence: Sentence, trigger: Trigger, name: Name) -> str | None:
    """Return the role that an event noun gives: "Russia's attack", "Russian strikes", "an attack by", "attack on"."""
    at, behind = sentence.word_at(name.start), sentence.word_at(name.end)
    if behind <= trigger.index:
        gap = sentence.lower[behind : trigger.index]
        if (gap[:1] == ["'s"] or (name.demonym and behind == at + 1)) and len(gap) <= _NOUN_REACH:
            plain = not any(word in words("nouns.prepositions") or word == "," for word in gap)
            return "agent" if plain else None
        return None
    between = sentence.lower[trigger.index + 1 : at]
    if between and all(word in ("the", "a") for word in between[1:]):
        if between[0] == "by":
            return "agent"
        if between[0] in ("on", "against"):
            return "patient"
    return None


def _is_struck(sentence: Sentence, trigger: Trigger, name: Name) -> bool:
    """Tell whether a town or region is where an event noun happens: "the attack on Kharkiv"."""
    if not trigger.noun or name.type != "LOC" or name.place is None or name.place.kind == "country":
        return False
    at = sentence.word_at(name.start)
    return trigger.index < at and sentence.lower[trigger.index + 1 : at] in (["on"], ["on", "the"])
