"""From a text to the names in it: only runs of tokens that may be names are scored and decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from extraction.entities.decoder import best_labels
from extraction.entities.features import case, cases_of, casing, first_word
from extraction.entities.model import LABELS, beside, model, own, setting, unpacked
from extraction.entities.tokens import tokens
from extraction.sentences import split

Kind = Literal["PER", "ORG", "LOC"]

_KINDS: tuple[Kind, ...] = ("PER", "ORG", "LOC")
_NO_NAME = 4_000  # a word whose best score as a name is so many thousandths below its score as none is never one
_LONGEST_LINK = 3  # small words in a row inside a name: "Department of the Treasury"
_LINK, _NAME = 1, 2


class Entity(NamedTuple):
    """A name in a text: code-point offsets, end exclusive, and its type."""

    start: int
    end: int
    type: Kind


def find_entities(text: str) -> list[Entity]:
    """Return the names in a text, in order and without overlap."""
    return [entity for start, end in split(text) for entity in in_sentence(text, start, end)]


def in_sentence(text: str, start: int, end: int) -> list[Entity]:
    """Return the names in one sentence of a text."""
    words, starts, ends = tokens(text, start, end)
    cases = cases_of(words)
    cased = casing(words, cases)
    # where capitals are used, nothing else begins a name: to score all words would cost the most of all steps
    links = model().links
    likely = [
        _likelihood(word) if sign == "C" or cased == "l" else _LINK if word in links else 0
        for word, sign in zip(words, cases, strict=True)
    ]
    if _NAME not in likely:
        return []
    if cased == "U":  # capitals say nothing here
        words = [word.capitalize() for word in words]
    first = first_word(words)
    padded = ["", "", *words, "", ""]
    cases = f" {cases} "
    found: list[Entity] = []
    for begin, stop in _runs(likely):
        emissions = [
            unpacked(
                own(words[i])
                + setting(cases[i : i + 3], i == first, cased)
                + beside(padded[i + 1], -1)
                + beside(padded[i + 3], 1)
                + beside(padded[i], -2)
                + beside(padded[i + 4], 2)
            )
            for i in range(begin, stop)
        ]
        labels = best_labels(emissions, model().transitions, opens=not begin, closes=stop == len(words))
        named = [LABELS[label] for label in labels]
        found.extend(entities_of(named, starts[begin:stop], ends[begin:stop]))
    return found


@lru_cache(1 << 15)
def _likelihood(word: str) -> int:
    """Return whether a token may be a name or stand inside one, by itself: 2, 1, or 0 for neither."""
    scores = unpacked(own(word) + setting(f"c{case(word)}c", False, "n"))
    if max(scores[1:]) - scores[0] > -_NO_NAME:
        return _NAME
    return _LINK if word.lower() in model().links else 0


def _runs(likely: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the runs [begin, end) of tokens that may be names, with the links between them and one behind."""
    begin = last = -1
    for i, what in enumerate(likely):
        if what == _NAME:
            if begin < 0:
                begin = i
            last = i
        elif begin >= 0 and (not what or i - last > _LONGEST_LINK):
            yield begin, min(last + 2, i) if likely[last + 1] else last + 1
            begin = -1
    if begin >= 0:
        yield begin, min(last + 2, len(likely))


def entities_of(labels: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Entity]:
    """Return the entities that the labels of tokens stand for; an inside label that follows none of its kind begins."""
    found: list[Entity] = []
    kind = ""
    for label, start, end in zip(labels, starts, ends, strict=True):
        if label[0] == "I" and label[2:] == kind:
            found[-1] = found[-1]._replace(end=end)
        elif label != "O":
            found.append(Entity(start, end, _KINDS[_KINDS.index(label[2:])]))
        kind = label[2:]
    return found
