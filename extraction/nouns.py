"""Words that announce an event as nouns or results: whether they do, whether it is known, and by which verb."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, GERUND, NOUN, PARTICIPLE, PAST, PRESENT
from extraction.lexicon.triggers import Entry, table
from extraction.occurrences import is_headline
from extraction.verbs import Reading, read_verb

_PLURAL_SUBJECTS = frozenset({"they", "we", "i", "you"})
_BROUGHT = frozenset({"back", "brought", "came", "come", "comes", "go", "goes", "went"})
_AFTER_END = frozenset({"when", "after", "before", "by", "for", "within", "and", "but", "in", "now"})


def is_noun(sentence: Sentence, i: int, entry: Entry) -> bool:
    """Tell whether an event noun is used as one: not within a name, nor before the noun that it qualifies."""
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
    return following not in words("nouns.heads") or is_of_case(sentence.lower, i, entry)


def is_of_case(lower: list[str], i: int, entry: Entry) -> bool:
    """Tell "murder charges", "the bombing suspect": the deed stands before what is about it."""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    return entry.type in words("context.deeds") and following in words("context.of_deeds")


def is_result(sentence: Sentence, i: int) -> bool:
    """Tell "found dead", "three dead" from "the dead" and "dead calm"."""
    lower = sentence.lower
    previous = lower[i - 1] if i else ""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if sentence.raw[i][0].isupper() and i and not is_headline(sentence):
        return False
    if lower[i] == "over":  # "the strike is over", not "was over the river"
        return previous in words("verbs.be") and (not following.isalnum() or following in _AFTER_END)
    if lower[i] == "online" and lower[i - 1] in _BROUGHT:
        return True
    return previous not in words("nouns.articles") and (
        not following.isalpha() or following in words("nouns.prepositions") or following in words("nouns.follow_verb")
    )


def definiteness(sentence: Sentence, i: int) -> str:
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


def unreal_of(lower: list[str], i: int) -> str:
    """Return "denied", "conditional" or "planned" where the words before a noun say that it has not happened."""
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
