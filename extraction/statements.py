"""From an article to its statements: what each trigger tells, dated, in the order of the text.

The text is read twice. First each sentence alone: its triggers, their modality, the expressions that date them. Then
in order, as a story, for what is left without a date.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from extraction import dating
from extraction.attachment import dated
from extraction.attribution import is_attribution
from extraction.clauses import Sentence, analyse
from extraction.distinct import Statement, grouped
from extraction.modality import modality_of
from extraction.schedule import with_scheduled
from extraction.sentences import Span
from extraction.story import DAY_OR_FINER, HAPPENED, Story, subject_of
from extraction.trigger import Trigger
from extraction.triggers import find, find_undated, undeclared
from schemas.vocabulary import Modality
from schemas.when import Timex

_MOST_IN_SENTENCE = 16  # more triggers or dates than this are a list or noise, and cost the square of their number
_POINTERS = frozenset({"it", "this", "that", "these", "those"})
_COPULAS = frozenset({"is", "was", "are", "were"})
_JOINTS = frozenset(
    {"and", "or", "but", "then", ",", ";", ":", "that", "which", "who", "as", "when", "while", "before", "after"}
)
_PAST = frozenset({"past", "past_perfect"})
_FINITE = frozenset({"past", "past_perfect", "perfect", "present", "progressive", "future", "modal"})


@dataclass(slots=True)
class Told:
    """A sentence with what it tells.

    Attributes:
        span: the sentence in the text.
        words: its words and clauses.
        triggers, modalities, own: its triggers, and for each its modality and the date it has by words of its own.
        statements: what the triggers tell, dated.
    """

    span: Span
    words: Sentence
    triggers: list[Trigger]
    modalities: list[Modality]
    own: list[dating.Dated | None]
    statements: list[Statement] = field(default_factory=list)


def tell(
    text: str, spans: list[Span], timexes: list[Timex], quotes: list[tuple[int, int]], language: str | None,
    story: Story,
) -> Iterator[Told]:  # fmt: skip
    """Give the sentences that tell of events, with their dated statements, and keep none that was given.

    Args:
        text: the article's text.
        spans: its sentences without junk and dateline.
        timexes: its temporal expressions in order.
        quotes: its quotations as code-point offsets.
        language: a language with tables, None for the others.
        story: the publication day, and nothing told yet.
    """
    starts = [timex.start for timex in timexes]
    found: list[Told] = []
    for span in spans:
        within = timexes[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        told = _read(text, span, within, quotes, language, story.published)
        if told is None:
            continue
        for trigger, modality, own in zip(told.triggers, told.modalities, told.own, strict=True):
            if own is not None and own.sets_day:
                story.announce(len(found), trigger, own.when, modality)
        found.append(told)
    found.reverse()
    for number in range(len(found)):
        told = found.pop()
        told.statements = grouped(told.words, _date(told, number, story))
        yield told


def _read(
    text: str, span: Span, timexes: list[Timex], quotes: list[tuple[int, int]], language: str | None,
    published: int | None,
) -> Told | None:  # fmt: skip
    words = analyse(text, span, frozenset(timex.start for timex in timexes))
    timexes = [timex for timex in timexes if timex.end <= span.end][: _MOST_IN_SENTENCE * 2]
    triggers = _triggers(words, timexes, language, published)
    if not triggers:
        return None
    modalities = [modality_of(words, trigger, quotes) for trigger in triggers]
    own = [
        dating.own_date(words, trigger, triggers, timexes, modality, published) if timexes else None
        for trigger, modality in zip(triggers, modalities, strict=True)
    ]
    return Told(span, words, triggers, modalities, own)


def _triggers(sentence: Sentence, timexes: list[Timex], language: str | None, published: int | None) -> list[Trigger]:
    """Return the triggers that count: weak ones only with a date, any verb when only a date says that there is one."""
    own = dated(timexes)[:_MOST_IN_SENTENCE]
    if language is None:
        return [undeclared(own[0].start, own[0].end)] if own else []
    clauses = {sentence.clause_of(sentence.word_at(timex.start)) for timex in own}
    found = find(sentence, language)[:_MOST_IN_SENTENCE]
    found = [t for t in found if not t.topic and not any(x.start <= t.start < x.end for x in timexes)]
    found = [t for t in found if not (t.noun and _is_opinion(sentence, t, clauses))]
    found = [t for t in found if not is_attribution(sentence, t.index)] or found[:1]
    found = [t for t in found if not t.entry.weak or sentence.clause_of(t.index) in clauses]
    if not found and own:
        return with_scheduled(sentence, [], own, published) or find_undated(sentence)
    return with_scheduled(sentence, found, own, published)


def _is_opinion(sentence: Sentence, trigger: Trigger, dated_clauses: set[int]) -> bool:
    """Tell "it was the hardest decision of my life": "it" or "this" is called something, and nothing dates it."""
    clause = sentence.clause_of(trigger.index)
    first = sentence.clauses[clause]
    opening = [word for word in sentence.lower[first : first + 4] if word.isalpha()][:2]
    return clause not in dated_clauses and len(opening) == 2 and opening[0] in _POINTERS and opening[1] in _COPULAS


def _date(told: Told, number: int, story: Story) -> list[Statement]:
    """Return the statements of a sentence: finite verbs are dated first, what hangs on them shares their date."""
    found: dict[int, dating.Dated] = {}
    headline = dating.of_headline(told.words, told.triggers, story)
    order = sorted(range(len(told.triggers)), key=lambda k: (told.own[k] is None, _rank(told.triggers[k]), k))
    for k in order:
        trigger, modality, own = told.triggers[k], told.modalities[k], told.own[k]
        if own is None and modality in ("planned", "conditional") and _is_known(trigger, story):
            modality = told.modalities[k] = "asserted"
        if own is not None:
            again = dating.told_again(told.words, own, trigger, number, story)
            when = again or (dating.of_story(own, number, story) if modality in HAPPENED else own)
        elif headline is not None and modality in ("asserted", "reported"):
            when = headline
        else:
            governing = None if _rank(trigger) == 0 else _governing(told, k, found)
            when = dating.without_words(told.words, number, trigger, modality, governing, story)
            paired = _paired(told, k, found)
            if paired is not None and when.when.rule == "tense.past.publication":
                when = paired
        found[k] = when
    statements = []
    days: list[tuple[bool, int]] = []
    for k, trigger in enumerate(told.triggers):
        date, modality, own = found[k].when, told.modalities[k], told.own[k]
        statements.append(Statement(trigger, found[k], modality))
        if (own is not None and (own.sets_day or own.clock)) or date.rule.startswith(("reference.", "narrative.same")):
            story.tell(number, trigger, date, modality, own=own is not None)
            if date.granularity in DAY_OR_FINER and modality in HAPPENED:
                days.append((not _is_finite(trigger), k))
    if days:
        main = min(days)[1]
        story.reach(number, found[main].when, subject_of(told.triggers[main]))
    return statements


def _is_known(trigger: Trigger, story: Story) -> bool:
    """Tell "the crash could have been prevented": what was told before is a fact whatever the verb beside it."""
    return trigger.noun and trigger.definite and not trigger.unreal and story.is_told(trigger)


def _is_finite(trigger: Trigger) -> bool:
    return not trigger.noun and trigger.reading.tense in _FINITE


def _rank(trigger: Trigger) -> int:
    """Return in which turn a trigger is dated: verbs of a category, other finite verbs, what hangs on them."""
    if not _is_finite(trigger):
        return 2
    return 0 if trigger.entry.category is not None or trigger.reading.tense not in _PAST else 1


def _governing(told: Told, k: int, found: dict[int, dating.Dated]) -> dating.Dated | None:
    """Return the date of the verb that a trigger hangs on: the nearest finite one in its part of the sentence.

    A past verb without a category hangs on one that has a category: "she braked and hit a tree".
    """
    trigger = told.triggers[k]
    near = [
        (abs(told.triggers[other].index - trigger.index), other)
        for other in found
        if _governs(told.triggers[other], trigger)
        and not _qualifies_subject(told.words, told.triggers[other], trigger)
        and told.modalities[other] in ("asserted", "reported")
        and told.words.same_part(trigger.index, told.triggers[other].index)
    ]
    return found[min(near)[1]] if near else None


def _paired(told: Told, k: int, found: dict[int, dating.Dated]) -> dating.Dated | None:
    """Return the date of the verb that "and" joins to a past verb without a subject: "blocked a road and hurt two"."""
    trigger = told.triggers[k]
    if trigger.noun or trigger.reading.tense != "past" or told.words.lower[trigger.index - 1] != "and":
        return None
    before = [j for j in found if j < k and not told.triggers[j].noun and told.triggers[j].reading.tense == "past"]
    if not before or not told.words.same_part(told.triggers[max(before)].index, trigger.index):
        return None
    date = found[max(before)]
    return date if date.when.rule == "narrative.same_day" else None


def _qualifies_subject(sentence: Sentence, other: Trigger, trigger: Trigger) -> bool:
    """Tell "a clerk dismissed on Monday returned" from "she braked and hit a tree": nothing joins the two verbs."""
    if other.index > trigger.index or trigger.reading.tense not in _PAST:
        return False
    return not any(word in _JOINTS for word in sentence.lower[other.index + 1 : trigger.index])


def _governs(other: Trigger, trigger: Trigger) -> bool:
    if not _is_finite(other):
        return False
    return _rank(trigger) == 2 or (other.entry.category is not None and other.reading.tense in _PAST)
