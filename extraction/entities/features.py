"""What the entity model looks at, as named features that each belong to one word, so that their scores can be kept.

A feature of the word itself has no number; one of a neighbour has its distance: `w-1=mr` says that "Mr" stands before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extraction.entities.kinds import kinds

_REPEATED = re.compile(r"(.)\1+")
_KEPT = 1 << 15  # words that are remembered; a bound on memory, not on texts
_FEW = 3  # tokens with letters; fewer tell nothing about how a sentence is cased
_HEADLINE = 0.7  # share of capitalised words

Classes = tuple[int, int, int, int]
"""The distributional classes of a word, from coarse to fine."""


def plain(word: str) -> str:
    """Return a word as the tables have it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def case(word: str) -> str:
    """Return C for a capital, c for a small letter, a dot for anything else at the head of a word."""
    first = word[0]
    return "C" if first.isupper() else "c" if first.islower() else "."


@lru_cache(_KEPT)
def shape(word: str) -> str:
    """Return the shape of a word: "McDonald" is XxXxx, "R2D2" is XdXd, runs are cut to two."""
    signs = ("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word)
    return _REPEATED.sub(r"\1\1", "".join(signs))


def own(word: str, classes: Classes | None) -> list[str]:
    """Return the features of the word itself."""
    low, cap = plain(word), case(word)
    known = kinds(word)
    found = ["b", f"w={low}", f"s={shape(word)}", f"G={','.join(known)}{cap}"]
    for kind in known:
        found += [f"g={kind}", f"g={kind}{cap}"]
    if low[0].isalpha():
        found += [f"p2={low[:2]}", f"p3={low[:3]}", f"x2={low[-2:]}", f"x3={low[-3:]}", f"x4={low[-4:]}"]
    if classes is None:
        return [*found, "c=none", f"c=none{cap}"]
    for level, number in enumerate(classes):
        found += [f"c{level}={number}", f"c{level}={number}{cap}"]
    return found


def setting(cases: str, first: bool, cased: str) -> list[str]:
    """Return the features of a word's capital in its place.

    `cases` are the cases of the word before, the word itself and the one behind, a blank where there is none; `first`
    says whether it is the first word of its sentence, `cased` how the sentence is cased.
    """
    before, own_case, behind = cases[0], cases[1], cases[2]
    found = [f"m={cased}", f"cap={own_case}{first:d}", f"cm={own_case}{cased}"]
    if before != " ":
        found.append(f"cap-1={own_case}{before}")
    if behind != " ":
        found.append(f"cap+1={own_case}{behind}")
    return found


def beside(word: str, distance: int, classes: Classes | None) -> list[str]:
    """Return the features that a neighbour gives: the one before has the distance -1, the one behind 1, "" is none."""
    if not word:
        return [f"w{distance:+d}=<>"]
    found = [f"w{distance:+d}={plain(word)}"]
    if abs(distance) > 1:
        found.append(f"cap{distance:+d}={case(word)}")
        return found + ([f"c1{distance:+d}={classes[1]}"] if classes else [])
    found.append(f"s{distance:+d}={shape(word)}")
    found += [f"g{distance:+d}={kind}" for kind in kinds(word)]
    return found + [f"c{level}{distance:+d}={number}" for level, number in enumerate(classes or ())]


def cases_of(words: Sequence[str]) -> str:
    """Return the cases of the words, a character each."""
    return "".join([_CASES[word[0]] for word in words])


class _Cases(dict[str, str]):
    """The case of each character that heads a word, found out when first met."""

    def __missing__(self, head: str) -> str:
        found = case(head)
        if len(self) < _MOST_HEADS:
            self[head] = found
        return found


_MOST_HEADS = 5_000
_CASES = _Cases()


def casing(words: Sequence[str], cases: str) -> str:
    """Return how a sentence is cased: U capitals only, T like a headline, l small letters only, else n.

    `cases` are those of the words.
    """
    capital = cases.count("C")
    if not capital:
        return "l"
    lettered = capital + cases.count("c")
    if lettered < _FEW or capital <= _HEADLINE * lettered:
        return "n"
    return "U" if all(word.isupper() for word in words if word[0].isalpha()) else "T"


def first_word(words: Sequence[str]) -> int:
    """Return the index of the first token with a letter or digit; what stands before is an opening quote or bullet."""
    return next((i for i, word in enumerate(words) if word[0].isalnum()), 0)
