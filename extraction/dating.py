"""The When of a statement: its own date, else one of the story, else the tense's."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extraction.attachment import attach
from extraction.clauses import Sentence
from extraction.clock import is_clock_alone, on_day
from extraction.lexicon import words
from extraction.sides import side_of_publication
from extraction.story import HAPPENED, Story, Told, as_earlier, is_one_story
from extraction.trigger import Trigger
from schemas.civil import format_day, parse_moment
from schemas.vocabulary import Anchor, Granularity, Modality
from schemas.when import Timex, When


class Dated(NamedTuple):
    """A When and how sure it is.

    Attributes:
        when: the interval.
        confidence: 0 to 1.
        clock: a clock time alone, which waits for the day of the story.
        loose: of the same clause, but not next to the trigger.
        said: the day of a saying ("police said on Monday"), for want of one that is the trigger's own.
    """

    when: When
    confidence: float
    clock: bool = False
    loose: bool = False
    said: bool = False

    @property
    def sets_day(self) -> bool:
        """Whether the date is sure enough to set the day of the story."""
        return not self.clock and (self.confidence >= 0.55 or not self.when.resolved)


def own_date(
    sentence: Sentence, trigger: Trigger, triggers: list[Trigger], timexes: list[Timex], modality: Modality,
    published: int | None,
) -> Dated | None:  # fmt: skip
    """Return when a statement holds by an expression of its sentence, None when none dates it."""
    attached = attach(sentence, trigger, triggers, timexes, published)
    if attached is None:
        return None
    timex, rule, confidence = attached
    assert timex.when is not None  # attach() takes only dates that carry one
    when = _planned_bound(timex.when, modality, published)
    when = _done_by(when, timex, modality)
    when = side_of_publication(when, _tense(trigger), modality, published)
    loose = rule != "attached.qualifier" and not 0 <= timex.start - trigger.end <= _NEAR
    said = rule == "attached.saying"
    if not when.resolved:
        return Dated(when, 0.3, loose=loose, said=said)
    sure = confidence if when.anchor == "explicit" else confidence * 0.95
    return Dated(when, sure, is_clock_alone(timex), loose, said)


def of_story(dated: Dated, number: int, story: Story) -> Dated:
    """Return a date of its own words, with a clock time alone set to the day that the story has reached."""
    reached = story.reached
    if not dated.clock or reached is None or reached.day is None:
        return dated
    if not story.is_news(reached) and number - reached.sentence > 1:
        return dated
    return Dated(on_day(dated.when, reached.day), dated.confidence * 0.9)


def told_again(sentence: Sentence, dated: Dated, trigger: Trigger, number: int, story: Story) -> Dated | None:
    """Return the date that an event is told with elsewhere, where the expression beside it is of something else.

    In "a film of the shooting was shown on Monday" the day is that of the showing, in "he shot her, police said on
    Monday" that of the saying, and what is said in court has the day of the deed.
    """
    if dated.said:
        in_court = any(word in words("context.courts") for word in sentence.lower[trigger.index :])
        told = story.same(number, trigger) or (story.deed() if in_court else None)
        return _referring(told) if told is not None and told.day is not None else None
    if not (dated.loose and trigger.noun and trigger.definite):
        return None
    told = story.known(trigger)
    return _referring(told) if told is not None and told.day is not None else None


def without_words(
    sentence: Sentence, number: int, trigger: Trigger, modality: Modality, governing: Dated | None, story: Story
) -> Dated:
    """Return when a statement holds that no expression of its sentence dates.

    Args:
        sentence: its sentence.
        number: the sentence's number in the text.
        trigger: the word that tells it.
        modality: who stands for it.
        governing: the date of the verb that it hangs on, for a noun, an infinitive or a participle.
        story: what the article has told.
    """
    if _may_refer(trigger, modality):
        deed = story.deed() if trigger.backward or trigger.entry.type == "CRIME" else None
        told = deed or story.same(number, trigger)
        if told is not None:
            return _referring(told)
    if governing is not None and not trigger.backward and not trigger.other and not _is_ahead(trigger, modality):
        reached = story.reached.category if story.reached is not None else None
        # a summit's day does not pass from "the summit came amid" to the raids it came amid
        if governing.when.anchor != "earlier_date" or is_one_story(reached, trigger):
            return governing
    carried = None if trigger.backward or trigger.other else _carried_on(sentence, number, trigger, modality, story)
    if carried is not None:
        return carried
    tense: str = "none" if trigger.unreal else trigger.reading.tense
    if tense == "modal" and trigger.reading.perfect:
        tense = "perfect"  # "may have left"
    dated = by_tense(tense, modality, story)
    if trigger.backward or trigger.other:
        return dated._replace(confidence=0.2)
    if trigger.reading.tense == "infinitive" and modality not in ("planned", "conditional"):
        return dated._replace(confidence=dated.confidence * _PURPOSE)
    return dated


def _tense(trigger: Trigger) -> str:
    """Return the tense that tells on which side of the publication a weekday lies: a purpose is as past as its verb."""
    reading = trigger.reading
    purpose = reading.tense == "infinitive" and reading.governor not in words("verbs.planned_governors")
    return "past" if purpose else reading.tense


def _referring(told: Told) -> Dated:
    return Dated(as_earlier(told, "reference.same_event"), 0.2 if told.day is None else _CARRIED)


def _is_ahead(trigger: Trigger, modality: Modality) -> bool:
    return modality in ("planned", "conditional") or trigger.reading.tense in ("future", "modal")


def _carried_on(sentence: Sentence, number: int, trigger: Trigger, modality: Modality, story: Story) -> Dated | None:
    """Return the day that the story has reached, for a statement that goes on with it."""
    reached, tense = story.reached, trigger.reading.tense
    if reached is None or modality not in HAPPENED:
        return None
    if not is_one_story(reached.category, trigger) or sentence.lower[0] in words("time.turns"):
        return None
    if story.is_news(reached):
        return None if tense in _NOW else Dated(as_earlier(reached, "narrative.same_day"), _CARRIED)
    # of the far past only what hangs on the sentence before: "He fired at the deputy and ran."
    follows = (
        number - reached.sentence <= _FOLLOWS and bool(sentence.lower) and sentence.lower[0] in words("time.narrative")
    )
    stands = tense == "present" and trigger.reading.passive  # "is scheduled"
    if follows and not stands and tense not in ("perfect", "progressive", "future", "modal"):
        return Dated(as_earlier(reached, "narrative.same_day"), _CARRIED)
    return None


def of_headline(sentence: Sentence, triggers: list[Trigger], story: Story) -> Dated | None:
    """Return the day of the news that a headline announces: that of the statement below which repeats a word of it."""
    if story.reached is not None or not _is_headline(sentence):
        return None
    coming = next(filter(None, map(story.coming, triggers)), None)
    return Dated(as_earlier(coming, "narrative.headline"), _CARRIED) if coming is not None else None


def _is_headline(sentence: Sentence) -> bool:
    """Tell whether a line ends without a stop, as a headline does."""
    return bool(sentence.ends) and sentence.ends[-1] == sentence.span.end


def by_tense(tense: str, modality: Modality, story: Story) -> Dated:
    """Return the When of a statement without a date: the publication day, or from it on for what is to come."""
    ahead = modality == "planned" or (modality == "conditional" and tense in ("modal", "infinitive", "none", "present"))
    name = "future" if ahead else _TENSES.get(tense, "past")
    return Dated(
        _guessed(name, story.published, story.anchor), _CONFIDENCE[name] if story.published is not None else 0.15
    )


@lru_cache(maxsize=1024)
def _guessed(name: str, published: int | None, anchor: Anchor) -> When:
    if published is None:
        value = {"future": "FUTURE_REF", "present": "PRESENT_REF"}.get(name, "PAST_REF")
        return _unresolved(value, f"tense.{name}.unresolved")
    day = format_day(published)
    if name == "future":
        return When(
            start=day, end=None, granularity="open", value="FUTURE_REF", edtf=f"{day}/..", anchor=anchor,
            rule="tense.future.publication",
        )  # fmt: skip
    return When(
        start=day, end=format_day(published + 1), granularity="day", value=day, edtf=day, anchor=anchor,
        rule=f"tense.{name}.publication",
    )  # fmt: skip


_GRAIN_OF_LENGTH: dict[int, Granularity] = {4: "year", 7: "month", 10: "day"}
_TENSES = {
    "perfect": "perfect", "past_perfect": "past_perfect", "present": "present", "progressive": "present",
    "past": "past",
}  # fmt: skip
_NOW = frozenset({"present", "progressive", "perfect", "future", "modal"})
_REFERS = frozenset({"past", "past_perfect", "perfect"})
_FOLLOWS = 2  # sentences behind one with a date that go on with its far past
_NEAR = 8  # code points: "the crash late on Monday"
_PURPOSE = 0.6  # "came to inspect": whether it came to that is not told
# Measured on EventStoryLine 1.5: of the triggers in sentences with a labelled event, the share that the label puts on
# this day (narrative and reference .63 to .67 of 221, past .51 of 114, present .59 of 39, perfect .42 of 33). A trigger
# without a label counts as wrong, for its day is one that a reader could not tell.
_CARRIED = 0.6
_CONFIDENCE = {"future": 0.4, "past": 0.5, "perfect": 0.4, "past_perfect": 0.25, "present": 0.5}


def _unresolved(value: str, rule: str) -> When:
    return When(start=None, end=None, granularity="unknown", value=value, edtf=None, anchor="none", rule=rule)


def _may_refer(trigger: Trigger, modality: Modality) -> bool:
    """Tell whether a trigger may speak of an event told before: "the crash", "he was shot" a second time."""
    if modality in ("planned", "conditional"):
        return False
    if trigger.backward or trigger.entry.type == "CRIME":
        return True
    return trigger.definite if trigger.noun else trigger.reading.tense in _REFERS


def _planned_bound(when: When, modality: Modality, published: int | None) -> When:
    """Let a plan with only an end begin at its announcement: "by 2035" is 2025-06-26/2035."""
    if modality != "planned" or when.start is not None or when.end is None or published is None:
        return when
    day = format_day(published)
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
