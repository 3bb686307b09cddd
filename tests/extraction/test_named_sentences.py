"""A gate on the names that the model finds in sentences written for it, and the decoder against trying everything."""

from __future__ import annotations

import re
from itertools import pairwise, product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.entities.decoder import best_labels
from extraction.entities.model import LABELS
from extraction.entities.tagger import Entity, entities_of, find_entities

MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]]+)\]")
LINES = Path(__file__).with_name("named_sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if not line.startswith("#")]
F1 = 0.85

SCORES = st.floats(-5, 5).map(lambda score: round(score, 3))
ROW = st.tuples(*[SCORES] * len(LABELS))


def read(line: str) -> tuple[str, set[tuple[int, int, str]]]:
    """Return a sentence without its marks, and its names."""
    text, names, last = "", set(), 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        names.add((len(text), len(text) + len(mark.group(2)), mark.group(1)))
        text += mark.group(2)
        last = mark.end()
    return text + line[last:], names


def test_names_of_own_sentences_are_found_as_well_as_before() -> None:
    right = found = wanted = 0
    for line in SENTENCES:
        text, names = read(line)
        guesses = {tuple(entity) for entity in find_entities(text)}
        right, found, wanted = right + len(names & guesses), found + len(guesses), wanted + len(names)
    assert len(SENTENCES) >= 60
    assert 2 * right / (found + wanted) >= F1


@settings(deadline=None)  # the first example waits for a busy machine
@given(st.lists(ROW, min_size=1, max_size=3), st.tuples(*[ROW] * len(LABELS)), st.booleans(), st.booleans())
def test_the_decoder_finds_the_best_of_all_sequences(
    emissions: list[tuple[float, ...]], steps: tuple[tuple[float, ...], ...], opens: bool, closes: bool
) -> None:
    def total(labels: tuple[int, ...]) -> float:
        score = sum(emission[label] for emission, label in zip(emissions, labels, strict=True))
        score += sum(steps[a][b] for a, b in pairwise(labels))
        return score + (0 if opens else steps[0][labels[0]]) + (0 if closes else steps[labels[-1]][0])

    def allowed(labels: tuple[int, ...]) -> bool:
        before = (0, *labels[:-1])
        return all(b not in (2, 4, 6) or a in (b - 1, b) for a, b in zip(before, labels, strict=True))

    best = max(total(labels) for labels in product(range(len(LABELS)), repeat=len(emissions)) if allowed(labels))
    found = tuple(best_labels([list(row) for row in emissions], steps, opens=opens, closes=closes))
    assert allowed(found)
    assert abs(total(found) - best) < 1e-6


def test_labels_become_entities() -> None:
    labels = ["B-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-LOC"]
    assert entities_of(labels, [0, 4, 9, 12, 20, 24], [3, 8, 11, 19, 23, 30]) == [
        Entity(0, 8, "PER"),
        Entity(12, 19, "LOC"),
        Entity(20, 30, "LOC"),
    ]
