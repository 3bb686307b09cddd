"""Find the words of a sentence that say that something happens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, GERUND, NOUN, PARTICIPLE, PAST, PRESENT, RESULT
from extraction.lexicon.triggers import Entry, table
from extraction.occurrences import dated_verb, form_of, is_gerund, is_headline, is_line, occurrence, precedes_bare_verb
from extraction.verbs import Reading, is_finite_base, read_verb

_PRONOUNS = frozenset({"he", "she", "it", "who", "which", "that"})
_AFTER_NOUN = frozenset({"in", "on", "of", "by", "at", "to", "for", "and", "as", "is", "are", "was", "were", "has"})
_BACKWARD = frozenset({"gerund", "perfect", "participle"})  # "accused of firing", "of having fired"
_OPENING = frozenset({"before", "after", "while", "when", "by", "“", "—"})
_PLURAL_SUBJECTS = frozenset({"they", "we", "i", "you"})
_PHRASE_GAP = 3  # words allowed within a phrase: "took (full military) control"
_AFTER_END = frozenset({"when", "after", "before", "by", "for", "within", "and", "but", "in", "now"})
_SENTENCE_REACH = 16  # words between a verdict and "for" its deed
_LIGHT_REACH = 6  # words between a light verb and its noun: "held a crucial diplomatic meeting"


@dataclass(slots=True)
class Trigger:
    """A word or phrase that announces an event.

    Attributes:
        index: its (first) word in the sentence.
        start, end: code-point offsets in the text.
        entry: its sense in the table.
        noun: whether it is used as a noun.
        reading: tense and auxiliaries; of the verb that governs it, for a noun.
        definite: "the crash", "their talks": the text may have told of it before.
        other: "the last crash": not the one that the text tells of.
        unreal: "cancelled the match", "the risk of flooding": none, denied or conditional.
        topic: only talked about: "discussed prisoner exchanges".
        backward: lies before what the sentence tells: "charged with murder".
    """

    index: int
    start: int
    end: int
    entry: Entry
    noun: bool
    reading: Reading
    definite: bool = False
    other: bool = False
    unreal: str = ""
    topic: bool = False
    backward: bool = False


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
    return _without_qualifiers(_without_carriers(sentence, found))


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
    if noun is not None and (_is_result(sentence, i) if noun.bits & RESULT else _is_noun(sentence, i, noun)):
        return _make(sentence, i, i, noun)
    return None


def _make(sentence: Sentence, first: int, last: int, entry: Entry) -> Trigger:
    lower = sentence.lower
    noun = bool(entry.bits & NOUN)
    reading = read_noun(sentence, first) if noun else read_verb(lower, first, entry.bits)
    kind = _definiteness(sentence, first) if noun else ""
    unreal = _unreal(lower, first) if noun else ""
    topic = noun and _is_topic(lower, first)
    backward = (noun or reading.tense in _BACKWARD) and _is_backward(lower, first)
    backward = backward or (noun and _is_of_case(lower, last, entry))
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
        # "Rioters torch bank": a headline's plural subject
        return is_line(sentence) and previous.endswith("s") and following.isalpha() and following not in _AFTER_NOUN
    return bool(bits & PRESENT) and _is_third_person(sentence, i, previous, following, noun)


def _is_third_person(sentence: Sentence, i: int, previous: str, following: str, noun: Entry | None) -> bool:
    """Tell "Fire destroys dairy" from "the strikes": a form in -s is a verb or a plural."""
    if i == 0 or previous in words("nouns.articles"):
        return False
    if not following:  # a headline's last word: "Former mayor resigns"
        return noun is None and is_line(sentence) and previous.isalpha()
    object_follows = following in words("nouns.articles") or following[0].isdigit() or sentence.raw[i + 1][0].isupper()
    if previous in _PRONOUNS:
        return following.isalnum()
    if noun is None and is_line(sentence) and previous not in words("nouns.determiners"):
        return True
    if noun is not None:
        return object_follows and sentence.raw[i - 1][0].isupper() and following not in ("in", "on", "of", "by")
    capitalised = sentence.raw[i - 1][0].isupper() and following.isalnum()
    return previous not in words("nouns.determiners") and previous.isalpha() and (object_follows or capitalised)


def _is_noun(sentence: Sentence, i: int, entry: Entry) -> bool:
    raw, lower = sentence.raw, sentence.lower
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if raw[i][0].isupper() and i and not is_headline(sentence):
        return False  # within a name: "Fire Department", "World Cup Final"
    if i == 0 and following and raw[1][0].isupper() and not raw[i].isupper() and not is_headline(sentence):
        return False
    before = lower[i - 1] if i else ""
    if before in words("verbs.future") or before in words("verbs.modal") or before in _PLURAL_SUBJECTS:
        return False  # "will stay closed"
    if before in words("nouns.rights") or (before == "of" and i > 1 and lower[i - 2] in words("nouns.rights")):
        return False
    return following not in words("nouns.heads") or _is_of_case(sentence.lower, i, entry)


def _is_of_case(lower: list[str], i: int, entry: Entry) -> bool:
    """Tell "murder charges", "the bombing suspect": the deed stands before what is about it."""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    return entry.type in words("context.deeds") and following in words("context.of_deeds")


def _is_result(sentence: Sentence, i: int) -> bool:
    """Tell "found dead", "three dead" from "the dead" and "dead calm"."""
    lower = sentence.lower
    previous = lower[i - 1] if i else ""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if sentence.raw[i][0].isupper() and i and not is_headline(sentence):
        return False
    if lower[i] == "over":  # "the strike is over", not "was over the river"
        return previous in words("verbs.be") and (not following.isalnum() or following in _AFTER_END)
    return previous not in words("nouns.articles") and (
        not following.isalpha() or following in words("nouns.prepositions") or following in words("nouns.follow_verb")
    )


def _definiteness(sentence: Sentence, i: int) -> str:
    """Return whether a noun is "definite" ("the crash", up to three words before), "other" ("the last crash") or ""."""
    for k in range(i - 1, max(-1, i - 4), -1):
        word = sentence.lower[k]
        if word in words("nouns.earlier"):
            return "other"
        if word in words("nouns.others"):
            return ""
        if word in words("nouns.definite") or word == "'s":
            return "definite"
        if word in words("nouns.prepositions") or not word.isalpha():
            return ""
    return ""


def _unreal(lower: list[str], i: int) -> str:
    for k in range(i - 1, max(-1, i - 6), -1):
        word = lower[k]
        if word in words("nouns.irreal.undone"):
            return "denied"
        if word in ("no", "without"):
            return "denied"
        if word in words("nouns.irreal.heads"):
            return "conditional"
        if word in ("for", "on", "of") and k and lower[k - 1] in words("nouns.irreal.calls"):
            return "conditional"
        if word in words("modality.planned_adjectives"):
            return "planned"
        if word in (",", ";", "—", "that", "which", "who"):
            break
    return ""


def read_noun(sentence: Sentence, i: int) -> Reading:
    """Return the reading of the verb that an event noun depends on: the nearest verb of its clause."""
    first, end = sentence.clause_range(sentence.clause_of(i))
    best: Reading | None = None
    nearest = end - first + 1
    for k in range(first, end):
        bits = _finite_bits(sentence.lower, k)
        if bits and k != i:
            distance = abs(k - i) + (2 if k < i else 0)
            if distance < nearest:
                reading = read_verb(sentence.lower, k, bits)
                if reading.auxiliaries or bits & (PAST | PRESENT):
                    best, nearest = reading, distance
    return best or Reading("none")


def _finite_bits(lower: list[str], k: int) -> int:
    """Return what the word at `k` is as a verb, 0 when nothing says that it is one."""
    word = lower[k]
    bits = 0
    for entry in table("en").get(word, ()):
        if not entry.bits & NOUN:
            bits |= entry.bits
    if bits & (PAST | PARTICIPLE | GERUND):
        return bits
    if word in words("verbs.light"):
        return PAST if word in words("verbs.light_past") else PRESENT
    if word.endswith("ed") and len(word) > 4:
        return PAST | PARTICIPLE
    if word in words("verbs.be_past"):
        return PAST
    previous = lower[k - 1] if k else ""
    if previous == "to" or previous in words("verbs.modal") or previous in words("verbs.future"):
        return BASE
    return PRESENT if word in ("is", "are", "has", "have") else 0


def _without_carriers(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """Drop verbs that only carry a neighbouring event noun: "held a meeting", "the attack happened"."""
    light = words("verbs.light")
    kept: list[Trigger] = []
    for position, trigger in enumerate(found):
        if not trigger.noun and not trigger.entry.rest and sentence.lower[trigger.index] in light:
            after = found[position + 1] if position + 1 < len(found) else None
            before = found[position - 1] if position else None
            if after is not None and after.noun and _carries(sentence, trigger.index, after.index):
                continue
            if before is not None and before.noun and _carries(sentence, before.index, trigger.index):
                continue
        kept.append(trigger)
    return kept


def _without_qualifiers(found: list[Trigger]) -> list[Trigger]:
    """Drop general nouns that only qualify the event noun behind them: "an emergency meeting"."""
    qualifiers = {
        first.index
        for first, second in pairwise(found)
        if first.noun and second.noun and first.entry.category is None and second.index == first.index + 1
    }
    return [trigger for trigger in found if trigger.index not in qualifiers]


def _carries(sentence: Sentence, first: int, second: int) -> bool:
    """Tell whether two words belong together: near, in one clause, with no punctuation between."""
    return (
        second - first <= _LIGHT_REACH
        and sentence.clause_of(first) == sentence.clause_of(second)
        and all(word[0].isalnum() or word[0] in "'’" for word in sentence.raw[first:second])
    )


_OWN_DATE = Entry("", None, None, 0)


def undeclared(start: int, end: int) -> Trigger:
    """Return the trigger of a text in a language without tables: the date itself, at its offsets."""
    return Trigger(0, start, end, _OWN_DATE, True, Reading("none"))


def find_undated(sentence: Sentence) -> list[Trigger]:
    """Return the verb that a date alone proves to tell of an event."""
    found = dated_verb(sentence)
    return [_make(sentence, found[0], found[0], found[1])] if found else []
