"""The learnt scores of the entity model, per word and kept once computed.

Three files, all made by `training/entities.py`: `weights.json` (a score of each label for each feature), `words.txt`
(the words of the table, most frequent first) and `words.bin` (a line of the table a word: its class and the scores that
its word vector gives).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extraction.entities import features
from extraction.entities.features import Classes

_HERE = Path(__file__).parent
_KEPT = 1 << 15  # words whose scores are kept; a bound on memory, not on texts

Scores = tuple[float, ...]
"""A score for each label, in the order of `LABELS`."""

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""Outside, then begin and inside of each kind; the decoder relies on this order."""

ROW = 2 + 2 * len(LABELS)
"""Bytes of a word in `words.bin`: its class, little-endian; signed scores as it is; further ones for a capital."""


@dataclass(frozen=True, slots=True)
class Model:
    """The tables as read.

    Attributes:
        transitions: score of going from one label (row) to another (column).
        weights: scores of each feature, in units of `unit`.
        levels: the classes, coarse to fine, of each finest class.
        words: position of each known word in `table`.
        links: words without a capital that stand inside names: "of", "&".
    """

    transitions: tuple[Scores, ...]
    weights: dict[str, list[int]]
    unit: float
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

    def total(self, found: list[str]) -> list[float]:
        """Return the sum of the scores of features; unknown ones count nothing."""
        known = [row for row in map(self.weights.get, found) if row]
        return [sum(column) * self.unit for column in zip(*known, strict=True)] if known else [0.0] * len(LABELS)

    def vector_scores(self, word: str) -> Scores:
        """Return what the word's vector says of it."""
        at = self.words.get(features.plain(word))
        if at is None:
            return (0.0,) * len(LABELS)
        row = memoryview(self.table)[at * ROW + 2 : (at + 1) * ROW].cast("b")
        if features.case(word) == "C":
            return tuple((row[k] + row[k + len(LABELS)]) * self.vector_unit for k in range(len(LABELS)))
        return tuple(score * self.vector_unit for score in row[: len(LABELS)])


@cache
def model() -> Model:
    """Return the model, read once."""
    read = json.loads((_HERE / "weights.json").read_text(encoding="utf-8"))
    listed = (_HERE / "words.txt").read_text(encoding="utf-8").split("\n")
    return Model(
        transitions=tuple(tuple(row) for row in read["transitions"]),
        weights=read["weights"],
        unit=read["unit"],
        vector_unit=read["vector_unit"],
        levels=[(a, b, c, d) for a, b, c, d in read["levels"]],
        words=dict(zip(listed, range(len(listed)), strict=True)),
        table=(_HERE / "words.bin").read_bytes(),
        links=frozenset(read["links"]),
    )


@lru_cache(_KEPT)
def own(word: str) -> Scores:
    """Return the scores of a word by itself."""
    read = model()
    total = read.total(features.own(word, read.classes(word)))
    return tuple(a + b for a, b in zip(total, read.vector_scores(word), strict=True))


@lru_cache(4 * _KEPT)  # a word has four distances
def beside(word: str, distance: int) -> Scores:
    """Return the scores that a neighbour gives, as in `features.beside`."""
    read = model()
    return tuple(read.total(features.beside(word, distance, _classes(word) if word else None)))


@lru_cache(_KEPT)
def _classes(word: str) -> Classes | None:
    return model().classes(word)


@cache
def setting(cases: str, first: bool, cased: str) -> Scores:
    """Return the scores of a word's capital in its place, as in `features.setting`."""
    return tuple(model().total(features.setting(cases, first, cased)))
