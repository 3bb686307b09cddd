"""Find the words of a sentence that say that something happens."""

from __future__ import annotations

from itertools import pairwise

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, GERUND, NOUN, PARTICIPLE, PAST, PRESENT, RESULT
from extraction.lexicon.triggers import Entry, table
from extraction.nouns import definiteness, is_noun, is_of_case, is_result, read_noun, unreal_of
from extraction.occurrences import dated_verb, form_of, is_gerund, is_headline, is_line, occurrence, precedes_bare_verb
from extraction.slight import telling
from extraction.trigger import Trigger
from extraction.verbs import Reading, is_finite_base, read_verb

_PRONOUNS = frozenset({"he", "she", "it", "who", "which", "that"})
_AFTER_NOUN = frozenset({"in", "on", "of", "by", "at", "to", "for", "and", "as", "is", "are", "was", "were", "has"})
_BACKWARD = frozenset({"gerund", "perfect", "participle"})  # "accused of firing", "of having fired"
_OPENING = frozenset({"before", "after", "while", "when", "by", "“", "—"})
_PHRASE_GAP = 3  # words allowed within a phrase: "took (full military) control"
_SENTENCE_REACH = 16  # words between a verdict and "for" its deed


def find(sentence: Sentence, language: str) -> list[Trigger]:
    """Return the triggers of a sentence in order."""
    entries = table(language)
    found: list[Trigger] = []
    taken = -1
    previous = ""
    for i, word in enumerate(sentence.lower):
        senses = entries.get(word)
        # most words are neither, which is to be known at little cost
        listed = senses is not None
        open_class = not listed and (form_of(word)[0] or precedes_bare_verb(previous))
        previous = word
        if i <= taken or not (listed or open_class):
            continue
        trigger = _read(sentence, i, senses) if senses is not None else None
        if open_class or (trigger is None and senses is not None and all(sense.rest for sense in senses)):
            entry = occurrence(sentence, i)
            trigger = _make(sentence, i, i, entry) if entry is not None else None
            if trigger is not None and trigger.reading.negated:
                continue  # what did not happen is told of only where the tables know what it would have been
        if trigger is not None and not _is_state(trigger):
            found.append(trigger)
            taken = sentence.word_at(trigger.end - 1)
    return telling(sentence, found)


def _read(sentence: Sentence, i: int, senses: tuple[Entry, ...]) -> Trigger | None:
    """Return the trigger at word `i` in the sense that its neighbours support, if any."""
    noun = next((e for e in senses if e.bits & NOUN and not e.rest), None)
    for entry in senses:
        if entry.rest:
            end = _phrase_end(sentence.lower, i, entry.rest, 0 if entry.bits & RESULT else _PHRASE_GAP)
            if end and (entry.bits & NOUN or _is_verb(sentence, i, entry, None)):
                return _make(sentence, i, end - 1, entry)
    for verb in senses:
        if not verb.bits & NOUN and not verb.rest and _is_verb(sentence, i, verb, noun):
            return _make(sentence, i, i, verb)
    if noun is not None and (is_result(sentence, i) if noun.bits & RESULT else is_noun(sentence, i, noun)):
        return _make(sentence, i, i, noun)
    return None


def _make(sentence: Sentence, first: int, last: int, entry: Entry) -> Trigger:
    lower = sentence.lower
    noun = bool(entry.bits & NOUN)
    reading = read_noun(sentence, first) if noun else read_verb(lower, first, entry.bits)
    kind = definiteness(sentence, first) if noun else ""
    unreal = unreal_of(lower, first) if noun else ""
    topic = noun and _is_topic(lower, first)
    backward = (noun or reading.tense in _BACKWARD) and _is_backward(lower, first)
    backward = backward or (noun and is_of_case(lower, last, entry))
    start, end = sentence.starts[first], sentence.ends[last]
    return Trigger(
        first, start, end, entry, noun, reading, kind == "definite", kind == "other", unreal, topic, backward
    )


def _is_state(trigger: Trigger) -> bool:
    """Tell what denies a state rather than an occurrence: "is not winning"."""
    return trigger.reading.negated and trigger.reading.tense in ("present", "progressive", "gerund")


def _is_topic(lower: list[str], i: int) -> bool:
    if "under" in lower[max(0, i - 3) : i]:  # "under the treaty"
        return True
    return any(word in words("context.topics") for word in lower[max(0, i - 7) : i])


def _is_backward(lower: list[str], i: int) -> bool:
    before = lower[max(0, i - 5) : i]
    if before[-1:] == ["for"]:  # "sentenced a banker to nine years on Thursday for fraud"
        return any(word in words("context.backward") for word in lower[max(0, i - _SENTENCE_REACH) : i])
    return any(
        word in words("context.backward") and following in ("with", "of", "for", "in", "over", "into", "on")
        for word, following in pairwise(before)
    )


def _phrase_end(lower: list[str], i: int, rest: tuple[str, ...], most: int) -> int:
    """Return the index after a phrase's last word, 0 when its words do not follow."""
    at = i + 1
    for k, word in enumerate(rest):
        gap = most if k == len(rest) - 1 and len(word) > 4 else 0
        while gap and at < len(lower) and lower[at] != word and lower[at].isalpha():
            at, gap = at + 1, gap - 1
        if at >= len(lower) or lower[at] != word:
            return 0
        at += 1
    return at


def _is_verb(sentence: Sentence, i: int, entry: Entry, noun: Entry | None) -> bool:
    lower, raw = sentence.lower, sentence.raw
    previous = lower[i - 1] if i else ""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    bits = entry.bits
    determiners = words("nouns.determiners")
    if bits & (PAST | PARTICIPLE):
        if i and raw[i][0].isupper() and raw[i - 1][0].isupper() and not is_headline(sentence):
            return False
        if noun is not None and previous in determiners:
            return False
        if not bits & PAST and following not in words("nouns.prepositions"):  # "fallen soldiers"
            return read_verb(lower, i, bits).auxiliaries
        # "the injured driver" qualifies a noun; "the minister injured" does not follow a determiner
        return not (previous in words("nouns.articles") and following.isalpha() and following not in determiners)
    if bits & GERUND:
        if previous == ",":
            return True
        if noun is not None or (i == 0 and following in ("", "of")):
            return read_verb(lower, i, bits).auxiliaries and previous not in determiners
        return i == 0 or previous in _OPENING or is_gerund(sentence, i)
    reading = read_verb(lower, i, bits)
    if bits & BASE:
        if raw[i][0].isupper() and not is_headline(sentence):
            return False
        if is_finite_base(lower, i, reading) and previous not in determiners:
            return True
        # "Rioters torch bank", "Three die in crash": a headline's plural subject
        if noun is None and previous in words("nouns.numbers"):
            return is_line(sentence)
        return is_line(sentence) and previous.endswith("s") and following[:1].isalnum() and following not in _AFTER_NOUN
    return bool(bits & PRESENT) and _is_third_person(sentence, i, previous, following, noun)


def _is_third_person(sentence: Sentence, i: int, previous: str, following: str, noun: Entry | None) -> bool:
    """Tell "Fire destroys dairy" from "the strikes": a form in -s is a verb or a plural."""
    if i == 0 or previous in words("nouns.articles"):
        return False
    if not following:  # a headline's last word: "Former mayor resigns", "Anna Lee, aide to the mayor, dies"
        return noun is None and is_line(sentence) and (previous.isalpha() or previous == ",")
    object_follows = following in words("nouns.articles") or following[0].isdigit() or sentence.raw[i + 1][0].isupper()
    if previous in _PRONOUNS:
        return following.isalnum()
    if noun is None and is_line(sentence) and previous not in words("nouns.determiners"):
        return True
    if noun is not None:
        return object_follows and sentence.raw[i - 1][0].isupper() and following not in ("in", "on", "of", "by")
    capitalised = sentence.raw[i - 1][0].isupper() and following.isalnum()
    return previous not in words("nouns.determiners") and previous.isalpha() and (object_follows or capitalised)


_OWN_DATE = Entry("", None, None, 0)


def undeclared(start: int, end: int) -> Trigger:
    """Return the trigger of a text in a language without tables: the date itself, at its offsets."""
    return Trigger(0, start, end, _OWN_DATE, True, Reading("none"))


def find_undated(sentence: Sentence) -> list[Trigger]:
    """Return the verb that a date alone proves to tell of an event."""
    found = dated_verb(sentence)
    return [_make(sentence, found[0], found[0], found[1])] if found else []
