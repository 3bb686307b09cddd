"""Verbs that stand in no list and still tell that something happened, by their form and what stands around them.

News tells of more deeds than a list can hold: "she slipped through the gate", "the crane toppled". Such a verb is a
trigger without a category. Left out are states, opinions and sayings (`verbs.not_events`, `reporting.verbs`), and
what may as well be an adjective or a noun ("a charred barn", "the building").
"""

from __future__ import annotations

from functools import cache, lru_cache

from extraction.clauses import Sentence
from extraction.deeds import forms, is_deed
from extraction.lexicon import read, words
from extraction.lexicon.inflection import BASE, GERUND, PARTICIPLE, PAST, PRESENT
from extraction.lexicon.triggers import Entry
from extraction.verbs import PRONOUNS, read_verb

_SHORTEST = 4  # "lied", "dying"
_BEFORE_BARE = frozenset({"to", "not", "also", "never", "did", "didn't"}) | words("verbs.modal") | words("verbs.future")
_NO_PAST = frozenset({"", "to", "will", "would", "can", "could", "may", "might", "must", "should", "not", "and", "or"})
_BEFORE_GERUND = frozenset({"without", "before", "after", "while", "when"})
_OF_DEED = frozenset({"of", "with", "for"})
_NO_OBJECT = frozenset({"", ",", ";", ":", "—", "–", "-", '"', "”"})


def occurrence(sentence: Sentence, i: int) -> Entry | None:
    """Return the sense of a verb of no list that tells of an occurrence at word `i`, None for any other word."""
    bits, state = form_of(sentence.lower[i])
    if bits & GERUND:
        if not is_gerund(sentence, i):
            return None
    elif not (bits & (PAST | PARTICIPLE) and _is_past(sentence, i, bits)):
        present = bits & (BASE | PRESENT)
        if not (_is_bare_verb(sentence, i) or (present and is_deed(sentence, i))):
            return None
        bits = present or BASE
    if state and not _reports_a_thing(sentence, i, bits):
        return None
    return Entry(stem(sentence.lower[i]), None, None, bits)


def precedes_bare_verb(word: str) -> bool:
    """Tell whether a dictionary form behind a word may be a verb: "to topple", "will topple", "did not once topple"."""
    return word in _BEFORE_BARE or word.endswith("ly")


def dated_verb(sentence: Sentence) -> tuple[int, Entry] | None:
    """Return the first past verb that is no mere saying or state, in a sentence where only a date proves an event.

    "He made it on Friday" tells something that "he made it" does not (`verbs.dated_events`).
    """
    told = words("verbs.dated_events")
    for i, word in enumerate(sentence.lower):
        bits, state = form_of(word)
        if not bits & (PAST | PARTICIPLE) or word in words("reporting.verbs"):
            continue
        if i and sentence.lower[i - 1] in words("nouns.articles"):
            continue
        if not state or _irregular().get(word, ("", 0))[0] in told:
            return i, Entry(stem(word), None, None, bits)
    return None


def is_headline(sentence: Sentence) -> bool:
    """Tell whether most words are capitalised, as in a headline."""
    known = sentence.memo.get("headline")
    if known is not None:
        return bool(known)
    long = [word for word in sentence.raw if len(word) > 3 and word[0].isalpha()]
    found = len(long) > 2 and sum(word[0].isupper() for word in long) * 4 >= len(long) * 3
    sentence.memo["headline"] = found
    return found


def is_line(sentence: Sentence) -> bool:
    """Tell whether a sentence may be a headline: short, without a stop."""
    return sentence.span.end - sentence.span.start < 120 and sentence.ends[-1] == sentence.span.end


def stem(word: str) -> str:
    """Return what the forms of a verb have in common: "stopped" and "stopping" are "stop", "moved" is "mov"."""
    known = _irregular().get(word)
    if known is not None:
        return known[0]
    for ending in ("ied", "ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + ("y" if ending == "ied" else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e")


@lru_cache(maxsize=1 << 16)
def form_of(word: str) -> tuple[int, bool]:
    """Return what a word may be as a verb, 0 for none, and whether it would be a state."""
    return _bits(word), stem(word) in _states()


def _bits(word: str) -> int:
    present = forms().get(word, (0, False))[0]
    known = _irregular().get(word)
    if known is not None:
        return known[1] | present
    if present:
        return present
    if len(word) >= _SHORTEST and word not in words("verbs.not_verbs"):
        if word.endswith("ed"):
            return PAST | PARTICIPLE
        if word.endswith("ing"):
            return GERUND
    return 0


def _reports_a_thing(sentence: Sentence, i: int, bits: int) -> bool:
    """Tell "a driver reported the fire", "the loss was confirmed" from a saying with its content behind it."""
    lower = sentence.lower
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if lower[i] in words("reporting.news") and _has_content(sentence, i):
        return True
    if lower[i] not in words("reporting.of_things"):
        return False
    if "no" in lower[max(0, i - 5) : i]:
        return False  # "no deaths were reported"
    return following in words("nouns.articles") or read_verb(lower, i, bits).passive


def _has_content(sentence: Sentence, i: int) -> bool:
    """Tell "confirmed that", "confirmed Anna Lee's move" from "16 confirmed cases" and "“…”, he explained"."""
    if i + 1 == len(sentence.lower):
        return is_line(sentence)  # a headline: "Delay explained"
    following = sentence.raw[i + 1]
    return (
        following.lower() in words("nouns.follow_verb")
        or following.lower() in words("reporting.content")
        or following[0].isupper()
    )


def _is_past(sentence: Sentence, i: int, bits: int) -> bool:
    """Tell "toppled two cranes" from "the charred barn", and "was driven" from "driven snow"."""
    lower, raw = sentence.lower, sentence.raw
    previous = lower[i - 1] if i else ""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if raw[i][0].isupper() and i and not is_headline(sentence):
        return False
    if _irregular().get(lower[i], ("",))[0] == lower[i] and previous in _NO_PAST:
        return False  # "to put", "the cut": past only where nothing says otherwise
    if lower[i] == "used" and following == "to":
        return False
    if lower[i] == "named" and (
        previous in (",", "code") or any(word in ("a", "an") for word in lower[max(0, i - 3) : i])
    ):
        return read_verb(lower, i, bits).auxiliaries  # "a town named Arden"
    if following == "by" and previous.isalpha() and previous != "got" and not read_verb(lower, i, bits).auxiliaries:
        return False  # "the threat posed by rivals": a state of what stands before
    owner = previous == "'s" and not (
        i > 1 and lower[i - 2] in PRONOUNS and lower[i].isalpha() and lower[i] != "got"
    )  # but "she's gone"
    if previous in words("nouns.determiners") or owner:
        return previous == "by" and not following.isalpha()
    if not bits & PAST and not read_verb(lower, i, bits).auxiliaries:
        return following in words("nouns.prepositions")
    return not (i == 0 and following.isalpha() and following not in words("nouns.follow_verb"))


def is_gerund(sentence: Sentence, i: int) -> bool:
    """Tell "was buying", ", leaving two", "a man looking for work" from "the building" and "new housing"."""
    lower, raw = sentence.lower, sentence.raw
    previous = lower[i - 1] if i else ""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if raw[i][0].isupper() and i:
        return False
    if following == "to" and lower[i] == "going":
        return False
    reading = read_verb(lower, i, GERUND)
    if reading.auxiliaries:
        return previous not in words("nouns.articles")
    if previous == "," or i == 0:
        return following not in _NO_OBJECT
    if previous in words("nouns.articles") or previous == "'s":
        return False
    if previous in _OF_DEED and any(word in words("context.backward") for word in lower[max(0, i - 4) : i - 1]):
        return True  # "charged with smuggling pearls"
    if previous in _BEFORE_GERUND and following.isalnum() and following not in words("nouns.prepositions"):
        return True  # "without hurting anyone"
    if previous == "and" and any(word.endswith("ing") for word in lower[max(0, i - 6) : i - 1]):
        return True  # "before stopping the car and firing twice"
    return following in words("nouns.follow_verb") or (i + 1 < len(raw) and raw[i + 1][0].isupper())


def _is_bare_verb(sentence: Sentence, i: int) -> bool:
    """Tell "will topple", "did not blink", "to topple the crane" from nouns: only what stands before tells them."""
    lower, raw = sentence.lower, sentence.raw
    word = lower[i]
    if not i or not word.isalpha() or len(word) < 3 or not raw[i][0].islower():
        return False
    previous = lower[i - 1]
    if previous == "to":
        following = lower[i + 1] if i + 1 < len(lower) else ""
        return following in words("nouns.after_infinitive") and word not in words("nouns.determiners")
    at = i - 1
    while at > 0 and (lower[at] in ("not", "also", "never") or lower[at].endswith("ly")):
        at -= 1
    before = lower[at]
    if before in words("verbs.modal") or before in words("verbs.future") or before in ("did", "didn't"):
        return (
            word not in ("and", "or")
            and word not in words("verbs.between")
            and word not in words("nouns.determiners")
            and word[-2:] != "ly"
        )
    return False


@cache
def _irregular() -> dict[str, tuple[str, int]]:
    """Return the verb and the use of each irregular form: made is make, PAST and PARTICIPLE."""
    forms: dict[str, tuple[str, int]] = {}
    for base, listed in read("en", "irregular").items():
        past, *participles = listed.split()
        for form, bit in ((past, PAST), *((participle, PARTICIPLE) for participle in participles)):
            forms[form] = (base, forms.get(form, (base, 0))[1] | bit)
    return forms


@cache
def _states() -> frozenset[str]:
    """Return the stems of verbs that tell of no occurrence, sayings among them."""
    return frozenset(stem(word) for word in words("verbs.not_events") | words("reporting.verbs"))
