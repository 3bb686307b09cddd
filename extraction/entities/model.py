"""The learnt scores of the entity model, per word and kept once computed.

Three files, all made by `training/entities.py`: `weights.json` (a score of each label for each feature), `words.txt`
(the words of the table, most frequent first) and `words.bin` (a line of the table a word: its class and the scores that
its word vector gives).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
from pathlib import Path
from struct import Struct

from extraction.entities import features
from extraction.entities.features import Classes

FOLDER = Path(__file__).parent
"""Where the files lie; training puts another one here to measure what it has written."""

_KEPT = 1 << 15  # words whose scores are kept; a bound on memory, not on texts

Scores = tuple[float, ...]
"""A score for each label, in the order of `LABELS`."""

Packed = int
"""Scores of all labels in one integer, thousandths in signed fields of 32 bits, so that a sum is one addition."""

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""Outside, then begin and inside of each kind; the decoder relies on this order."""

_FINE = 1000
_FIELDS = Struct(f"<{len(LABELS)}I")
_ABOVE = sum(1 << 32 * place + 31 for place in range(len(LABELS)))

ROW = 2 + 2 * len(LABELS)
"""Bytes of a word in `words.bin`: its class, little-endian; signed scores as it is; further ones for a capital."""


@dataclass(frozen=True, slots=True)
class Model:
    """The tables as read.

    Attributes:
        transitions: score of going from one label (row) to another (column), in thousandths.
        weights: scores of each feature.
        levels: the classes, coarse to fine, of each finest class.
        words: position of each known word in `table`.
        links: words without a capital that stand inside names: "of", "&".
    """

    transitions: tuple[Scores, ...]
    weights: dict[str, Packed]
    vector_unit: float
    levels: list[Classes]
    words: dict[str, int]
    table: bytes
    links: frozenset[str]

    def classes(self, word: str) -> Classes | None:
        """Return the distributional classes of a word, None for one that the table does not have."""
        at = self.words.get(features.plain(word))
        if at is None:
            return None
        return self.levels[int.from_bytes(self.table[at * ROW : at * ROW + 2], "little")]

    def total(self, found: list[str]) -> Packed:
        """Return the sum of the scores of features; unknown ones count nothing."""
        return sum(filter(None, map(self.weights.get, found)))

    def vector_scores(self, word: str) -> Packed:
        """Return what the word's vector says of it."""
        at = self.words.get(features.plain(word))
        if at is None:
            return 0
        row = memoryview(self.table)[at * ROW + 2 : (at + 1) * ROW].cast("b")
        scores = row[: len(LABELS)].tolist()
        if features.case(word) == "C":
            scores = list(map(add, scores, row[len(LABELS) :]))
        return packed(scores, self.vector_unit)


def packed(scores: Sequence[float], unit: float) -> Packed:
    """Return scores that are given in units as one integer."""
    return sum(round(score * unit * _FINE) << 32 * place for place, score in enumerate(scores))


def unpacked(scores: Packed) -> tuple[int, ...]:
    """Return the scores of the labels in thousandths, all greater by one constant, which no choice among them sees."""
    return _FIELDS.unpack((scores + _ABOVE).to_bytes(_FIELDS.size, "little"))


@cache
def model() -> Model:
    """Return the model, read once."""
    read = json.loads((FOLDER / "weights.json").read_text(encoding="utf-8"))
    listed = (FOLDER / "words.txt").read_text(encoding="utf-8").split("\n")
    return Model(
        transitions=tuple(tuple(round(score * _FINE) for score in row) for row in read["transitions"]),
        weights={name: packed(scores, read["unit"]) for name, scores in read["weights"].items()},
        vector_unit=read["vector_unit"],
        levels=[(a, b, c, d) for a, b, c, d in read["levels"]],
        words=dict(zip(listed, range(len(listed)), strict=True)),
        table=(FOLDER / "words.bin").read_bytes(),
        links=frozenset(read["links"]),
    )


@lru_cache(_KEPT)
def own(word: str) -> Packed:
    """Return the scores of a word by itself."""
    read = model()
    return read.total(features.own(word, read.classes(word))) + read.vector_scores(word)


@lru_cache(4 * _KEPT)  # a word has four distances
def beside(word: str, distance: int) -> Packed:
    """Return the scores that a neighbour gives, as in `features.beside`."""
    read = model()
    return read.total(features.beside(word, distance, _classes(word) if word else None))


@lru_cache(_KEPT)
def _classes(word: str) -> Classes | None:
    return model().classes(word)


@cache
def setting(cases: str, first: bool, cased: str) -> Packed:
    """Return the scores of a word's capital in its place, as in `features.setting`."""
    return model().total(features.setting(cases, first, cased))
