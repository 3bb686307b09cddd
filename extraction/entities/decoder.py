"""The best sequence of labels for a run of tokens, by Viterbi's algorithm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import add

from extraction.entities.model import LABELS, Scores

_OUTSIDE = 0
_BEGINS = (1, 3, 5)
_NO_STEP: Scores = (0.0,) * len(LABELS)


def best_labels(
    emissions: Sequence[Scores], transitions: tuple[Scores, ...], *, opens: bool = False, closes: bool = False
) -> list[int]:
    """Return the best labels, as positions in `LABELS`, of a run of tokens.

    An inside label follows only a begin or inside of its kind. The tokens around the run are no names; a run that
    `opens` its sentence has none before it, one that `closes` it none behind, and the model scores no step there.
    """
    there = _NO_STEP if opens else transitions[_OUTSIDE]
    back = _NO_STEP if closes else tuple(row[_OUTSIDE] for row in transitions)
    if len(emissions) == 1:
        emission = emissions[0]
        return [max((_OUTSIDE, *_BEGINS), key=lambda label: there[label] + emission[label] + back[label])]
    columns = _columns(transitions)
    before = list(map(add, there, emissions[0]))
    for inside in (2, 4, 6):
        before[inside] = float("-inf")
    choices: list[list[int]] = []
    for emission in emissions[1:]:
        chosen = [0] * len(LABELS)
        after = [0.0] * len(LABELS)
        for label in (_OUTSIDE, *_BEGINS):
            reached = list(map(add, before, columns[label]))
            top = max(reached)
            chosen[label] = reached.index(top)
            after[label] = top + emission[label]
        for begin in _BEGINS:
            inside = begin + 1
            from_begin = before[begin] + transitions[begin][inside]
            from_inside = before[inside] + transitions[inside][inside]
            chosen[inside] = begin if from_begin >= from_inside else inside
            after[inside] = max(from_begin, from_inside) + emission[inside]
        choices.append(chosen)
        before = after
    reached = list(map(add, before, back))
    label = reached.index(max(reached))
    labels = [label]
    for chosen in reversed(choices):
        label = chosen[label]
        labels.append(label)
    labels.reverse()
    return labels


@lru_cache(1)
def _columns(transitions: tuple[Scores, ...]) -> list[Scores]:
    return list(zip(*transitions, strict=True))
