"""The When of a statement: its own date, one it shares with its sentence, an earlier one, or the tense's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extraction.attachment import attach
from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.sides import side_of_publication
from extraction.triggers import Trigger
from schemas.civil import format_day, parse_moment
from schemas.vocabulary import Anchor, Granularity, Modality
from schemas.when import Timex, When

_DAY_OR_FINER = frozenset({"day", "part_of_day", "hour", "minute", "second"})


@dataclass(slots=True)
class Context:
    """What the article tells about dates outside a sentence.

    Attributes:
        published: day number of the publication, None when unknown.
        anchor: what the publication day rests on.
        told: the When of each kind of event that was dated by its own words so far, by lemma and type.
        last: the day of the last event that was dated by its own words, or carried on from such a one.
        last_sentence: the sentence it stood in, numbered as `sentence` is.
        sentence: number of the sentence that is being read.
    """

    published: int | None
    anchor: Anchor = "publication_date"
    told: dict[str, When] = field(default_factory=dict)
    last: When | None = None
    last_sentence: int = -1
    sentence: int = 0


class Dated(NamedTuple):
    """A When and how sure it is (0 to 1)."""

    when: When
    confidence: float


def date(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timexes: list[Timex], modality: Modality,
    context: Context,
) -> Dated:  # fmt: skip
    """Return when a statement holds: own date, then the sentence's, then an earlier one, then the tense's."""
    attached = attach(sentence, trigger, triggers, timexes)
    if attached is not None:
        timex, _, confidence = attached
        assert timex.when is not None  # attach() takes only dates that carry one
        when = _planned_bound(timex.when, modality, context)
        when = _done_by(when, timex, modality)
        when = side_of_publication(when, "" if trigger.noun else trigger.reading.tense, modality, context.published)
        if when.resolved:
            if confidence >= 0.6 and when.granularity in _DAY_OR_FINER:
                _remember(trigger, when, context)
            return Dated(when, confidence if when.anchor == "explicit" else confidence * 0.95)
        _remember(trigger, when, context)
        return Dated(when, 0.3)
    earlier = _told_before(trigger, context)
    if earlier is not None and _may_refer(trigger, modality):
        return _referring(earlier)
    if _carries_on(sentence, trigger, modality, context):
        assert context.last is not None
        context.last_sentence = context.sentence
        return Dated(context.last.model_copy(update={"anchor": "earlier_date", "rule": "narrative.same_day"}), 0.4)
    tense = "none" if trigger.unreal else trigger.reading.tense
    dated = by_tense(tense, modality, context)
    if trigger.backward:
        return dated._replace(confidence=0.2)
    if trigger.reading.tense == "infinitive" and modality not in ("planned", "conditional"):
        return dated._replace(confidence=dated.confidence * _PURPOSE)
    return dated


def _remember(trigger: Trigger, when: When, context: Context) -> None:
    context.told[trigger.entry.lemma] = when
    if when.resolved:
        context.last, context.last_sentence = when, context.sentence
    if trigger.entry.type:
        context.told[trigger.entry.type] = when


def _referring(earlier: When) -> Dated:
    if not earlier.resolved:
        return Dated(earlier.model_copy(update={"rule": "reference.same_event.unresolved"}), 0.2)
    return Dated(earlier.model_copy(update={"anchor": "earlier_date", "rule": "reference.same_event"}), 0.5)


def _carries_on(sentence: Sentence, trigger: Trigger, modality: Modality, context: Context) -> bool:
    """Tell whether a sentence goes on with the story of the one before: "He fired at the deputy and ran."."""
    return (
        context.last is not None
        and context.sentence - context.last_sentence == 1
        and modality in ("asserted", "reported")
        and trigger.reading.tense == "past"
        and bool(sentence.lower)
        and sentence.lower[0] in words("time.narrative")
    )


def _told_before(trigger: Trigger, context: Context) -> When | None:
    """Return the When of the event that a trigger may repeat: the same word, or another noun of its type."""
    told = context.told.get(trigger.entry.lemma)
    if told is None and trigger.noun and trigger.entry.type:
        told = context.told.get(trigger.entry.type)
    return told


def by_tense(tense: str, modality: Modality, context: Context) -> Dated:
    """Return the When of a statement without a date: the publication day, or from it on for what is to come."""
    ahead = modality == "planned" or (modality == "conditional" and tense in ("modal", "infinitive", "none", "present"))
    name = "future" if ahead else _TENSES.get(tense, "past")
    if context.published is None:
        value = {"future": "FUTURE_REF", "present": "PRESENT_REF"}.get(name, "PAST_REF")
        return Dated(_unresolved(value, f"tense.{name}.unresolved"), 0.15)
    day = format_day(context.published)
    if ahead:
        when = When(
            start=day, end=None, granularity="open", value="FUTURE_REF", edtf=f"{day}/..", anchor=context.anchor,
            rule="tense.future.publication",
        )  # fmt: skip
        return Dated(when, 0.4)
    when = When(
        start=day, end=format_day(context.published + 1), granularity="day", value=day, edtf=day, anchor=context.anchor,
        rule=f"tense.{name}.publication",
    )  # fmt: skip
    return Dated(when, _CONFIDENCE[name])


_GRAIN_OF_LENGTH: dict[int, Granularity] = {4: "year", 7: "month", 10: "day"}
_TENSES = {
    "perfect": "perfect", "past_perfect": "past_perfect", "present": "present", "progressive": "present",
    "past": "past",
}  # fmt: skip
_PURPOSE = 0.6  # "came to inspect": whether it came to that is not told
_CONFIDENCE = {"past": 0.4, "perfect": 0.45, "past_perfect": 0.25, "present": 0.35}


def _unresolved(value: str, rule: str) -> When:
    return When(start=None, end=None, granularity="unknown", value=value, edtf=None, anchor="none", rule=rule)


def _may_refer(trigger: Trigger, modality: Modality) -> bool:
    """Tell whether a trigger may speak of an event told before: "the crash", "he was shot" a second time."""
    if modality in ("planned", "conditional") or trigger.reading.tense in ("future", "modal", "infinitive", "perfect"):
        return False
    return (trigger.definite or trigger.backward) if trigger.noun else True


def _planned_bound(when: When, modality: Modality, context: Context) -> When:
    """Let a plan with only an end begin at its announcement: "by 2035" is 2025-06-26/2035."""
    if modality != "planned" or when.start is not None or when.end is None or context.published is None:
        return when
    day = format_day(context.published)
    if when.end <= day:
        return when
    bound = (when.edtf or "").rpartition("/")[2]
    grain = _GRAIN_OF_LENGTH.get(len(bound), when.granularity)
    return when.model_copy(update={"start": day, "edtf": f"{day}/{bound}" if bound else None, "granularity": grain})


def _done_by(when: When, timex: Timex, modality: Modality) -> When:
    """Date what was done "by 7 a.m." to that day: news tells it of the same morning."""
    if timex.type != "TIME" or when.start is not None or when.end is None or modality in ("planned", "conditional"):
        return when
    day = parse_moment(when.end).day
    text = format_day(day)
    return when.model_copy(
        update={"start": text, "end": format_day(day + 1), "granularity": "day", "edtf": text, "rule": "bound.same_day"}
    )
