"""What stands before a verb: tense, modality and negation, read from its auxiliaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, GERUND, PARTICIPLE, PAST, PRESENT

Tense = Literal[
    "past", "past_perfect", "perfect", "present", "progressive", "future", "modal", "infinitive", "gerund",
    "participle", "none",
]  # fmt: skip

PRONOUNS = frozenset({"he", "she", "it", "that", "there", "what", "who", "this", "here"})
"""Behind these "'s" is a verb: "she's gone"."""

_SUBJECTS = frozenset({"i", "we", "you", "they", "who", "that", "which", "to", "and", "or"})
_FARTHEST = 7  # words walked back for auxiliaries


@dataclass(frozen=True, slots=True)
class Reading:
    """How a verb is used.

    Attributes:
        tense: tense or form.
        negated: "did not sign".
        perfect: has a "have" within a modal or infinitive: "would have closed", "claimed to have closed".
        governor: word that an infinitive depends on: "plans" in "plans to build".
        auxiliaries: whether any auxiliary or "to" was found.
        passive: "was closed".
    """

    tense: Tense
    negated: bool = False
    perfect: bool = False
    governor: str = ""
    auxiliaries: bool = False
    passive: bool = False


def read_verb(lower: list[str], index: int, bits: int) -> Reading:
    """Return the reading of the verb at `index`, whose form may be `bits` (see the inflection table)."""
    modal = had = have = be = be_past = do_past = do = to = future = negated = False
    governor = ""
    i = index - 1
    stop = max(-1, index - _FARTHEST)
    between, be_words = words("verbs.between"), words("verbs.be")
    while i > stop:
        word = lower[i]
        if word == "'s" and (i == 0 or lower[i - 1] not in PRONOUNS):
            break
        if word == "'d":
            had, modal = (True, modal) if bits & PARTICIPLE else (had, True)
        elif word in be_words:
            be, be_past = True, be_past or word in words("verbs.be_past")
        elif word in words("verbs.had"):
            had = True
        elif word in words("verbs.have"):
            have = True
        elif word in words("verbs.future"):
            future = True
        elif word in words("verbs.modal"):
            modal = True
        elif word in words("verbs.do"):
            do, do_past = True, word.startswith("did")
        elif word == "to":
            to, governor = True, _governor(lower, i)
            future = _carries_on(lower, i)
        elif not (word in between or word.endswith("ly") or word.endswith("n't")):
            break
        if word == "not" and lower[i + 1] == "only":
            pass  # "has not only cut": it has
        elif word.endswith("n't") or word in ("not", "never", "cannot", "neither", "nor", "won't"):
            negated = True
        if to or modal or future or do:
            negated = negated or _negated_before(lower, i)
            break
        i -= 1
    tense = _tense(bits, modal, future, to, had, have, be, be_past, do, do_past)
    found = modal or future or to or had or have or be or do
    return Reading(tense, negated, have or had, governor, found, be and bool(bits & PARTICIPLE))


def _tense(
    bits: int, modal: bool, future: bool, to: bool, had: bool, have: bool, be: bool, be_past: bool, do: bool, did: bool
) -> Tense:
    if future:
        return "future"
    if modal:
        return "modal"
    if to:
        return "infinitive"
    if had:
        return "past_perfect"
    if have:
        return "perfect"
    if do:
        return "past" if did else "present"
    if be:
        if be_past:
            return "past"
        return "progressive" if bits & GERUND else "present"
    if bits & PAST:
        return "past"
    if bits & PARTICIPLE:
        return "participle"
    if bits & GERUND:
        return "gerund"
    return "present" if bits & (PRESENT | BASE) else "none"


def _governor(lower: list[str], to: int) -> str:
    i = to - 1
    while i >= 0 and (lower[i] in ("not", "also", "back", "up") or lower[i].endswith("ly")):
        i -= 1
    if i > 0 and lower[i] == "due" and lower[i - 1] not in words("verbs.be"):
        return ""  # "closed due to flooding"
    planned, denied, reported = (words(f"verbs.{kind}_governors") for kind in ("planned", "denied", "reported"))
    # "a pledge by ministers to cut": the governor may stand a few words before
    for k in range(i, max(-1, i - 4), -1):
        if lower[k] in planned or lower[k] in denied or lower[k] in reported:
            return lower[k]
    return lower[i] if i >= 0 else ""


def _carries_on(lower: list[str], to: int) -> bool:
    """Tell "will continue to monitor": the future of the verb before "to" goes on behind it."""
    return any(word in words("verbs.future") for word in lower[max(0, to - 3) : to - 1])


def _negated_before(lower: list[str], i: int) -> bool:
    if lower[i + 1 : i + 3] == ["not", "only"]:
        return False
    return (i + 1 < len(lower) and lower[i + 1] in ("not", "never")) or (i > 0 and lower[i - 1] in ("not", "never"))


def is_finite_base(lower: list[str], index: int, reading: Reading) -> bool:
    """Tell whether a dictionary form is used as a verb: after an auxiliary, "to", a pronoun or a conjunction."""
    return reading.auxiliaries or (index > 0 and lower[index - 1] in _SUBJECTS)
