"""Verbs in the present, the infinitive and behind "will" that stand in no table of triggers, by a list and neighbours.

Their forms look like nouns ("works", "tests"), so that only what stands before and behind tells them: "the firm
tests a valve", "users face delays", "to improve".
"""

from __future__ import annotations

from functools import cache

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.lexicon.inflection import BASE, PRESENT, verb_forms

_SUBJECTS = frozenset({"they", "we", "i", "you"})
_SINGULAR = frozenset({"he", "she", "it"})


@cache
def forms() -> dict[str, tuple[int, bool]]:
    """Return, for each form in the present of a listed deed, what it may be and whether it may as well be a noun."""
    found: dict[str, tuple[int, bool]] = {}
    for name in ("deeds", "deeds_or_nouns"):
        for verb in words(f"verbs.{name}"):
            for form, bits in verb_forms(verb, {}):
                if bits & (BASE | PRESENT):
                    found[form] = (bits, name != "deeds")
    return found


def is_deed(sentence: Sentence, i: int) -> bool:
    """Tell whether word `i`, a form in the present of a listed deed, is used as a verb."""
    bits, nominal = forms()[sentence.lower[i]]
    lower, raw = sentence.lower, sentence.raw
    if not i or not raw[i][0].islower():
        return False
    previous = lower[i - 1]
    following = lower[i + 1] if i + 1 < len(lower) else ""
    object_follows = bool(following) and (following in words("nouns.articles") or following[0].isdigit())
    if bits & BASE and previous == "to":
        return not nominal or object_follows or following in words("nouns.follow_verb") or _is_name(sentence, i + 1)
    if previous in (_SUBJECTS if bits & BASE else _SINGULAR):
        return following.isalnum() and following not in words("verbs.be")
    if not object_follows or not previous.isalpha() or previous in words("nouns.determiners"):
        return False
    if bits & BASE:
        return previous.endswith("s") and not previous.endswith("ss") and len(previous) > 3
    return not previous.endswith("s") and not previous.endswith("ly")


def _is_name(sentence: Sentence, i: int) -> bool:
    return i < len(sentence.raw) and sentence.raw[i][0].isupper()
