"""The best sequence of labels for a run of tokens, by Viterbi's algorithm."""

from __future__ import annotations

from operator import add

from extraction.entities.model import LABELS, Scores

_OUTSIDE = 0
_BEGINS = (1, 3, 5)


def best_labels(emissions: list[list[float]], transitions: tuple[Scores, ...]) -> list[int]:
    """Return the best labels, as positions in `LABELS`, of a run whose neighbours on both sides are no names.

    An inside label follows only a begin or inside of its kind.
    """
    if len(emissions) == 1:
        there, back, emission = transitions[_OUTSIDE], transitions, emissions[0]
        return [max((_OUTSIDE, *_BEGINS), key=lambda label: there[label] + emission[label] + back[label][_OUTSIDE])]
    columns = list(zip(*transitions, strict=True))
    before = list(map(add, transitions[_OUTSIDE], emissions[0]))
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
    reached = list(map(add, before, columns[_OUTSIDE]))
    label = reached.index(max(reached))
    labels = [label]
    for chosen in reversed(choices):
        label = chosen[label]
        labels.append(label)
    labels.reverse()
    return labels
