"""What a sentence is about: a linear model over its words and pairs of words, one of the ten categories."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from struct import iter_unpack, unpack

_WORD = re.compile(r"\w+")
_MOST_WORDS = 128  # 128 words and 127 pairs of at most 255 each stay below the 65,536 of a field
_MOST_CHARACTERS = 2_048  # enough for so many words; the rest of a longer text is not read
_MIDDLE = 128  # the byte that stands for the weight 0
Feature = str
"""A word in lower case, or two neighbours with a blank between."""
NUMBER = "0"
"""The word that stands for every number: the model knows that there is one, not which."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A category with its probability, and the probabilities of all categories in the order of the model."""

    category: str
    probability: float
    probabilities: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model.

    Attributes:
        classes: the categories, in the order of the fields of a row.
        rows: feature to its weights, one a class, packed as 16-bit fields of one integer (lowest first), each
            `weight / step + 128`; so a sum of rows is one addition of integers a feature.
        step: weight of one unit.
        bias: weight of each class without any feature.
        sharpness: factor on the scores before the softmax, fitted on rows that were not trained on.
    """

    classes: tuple[str, ...]
    rows: dict[Feature, int]
    step: float
    bias: tuple[float, ...]
    sharpness: float

    def guess(self, text: str) -> Guess | None:
        """Return the likeliest category of a text by its first 128 words, None when the model knows none of them."""
        found, words = words_and_pairs(text)
        rows = list(filter(None, map(self.rows.get, found)))
        if not rows:
            return None
        width = len(self.classes)
        fields = unpack(f"<{width}H", sum(rows).to_bytes(2 * width, "little"))
        zero, unit = _MIDDLE * len(rows), self.step / sqrt(words)
        scores = [(field - zero) * unit + bias for field, bias in zip(fields, self.bias, strict=True)]
        best = max(scores)
        shares = [exp(self.sharpness * (score - best)) for score in scores]
        total = sum(shares)
        return Guess(
            self.classes[scores.index(best)],
            1 / total,
            {name: share / total for name, share in zip(self.classes, shares, strict=True)},
        )


def words_and_pairs(text: str) -> tuple[set[Feature], int]:
    """Return the features of a text, and how many of them are words: the rest are pairs of neighbours."""
    words = [word if word[0] > "9" else NUMBER for word in _WORD.findall(text[:_MOST_CHARACTERS].lower())[:_MOST_WORDS]]
    features: set[Feature] = set(words)
    count = len(features)
    features.update([f"{first} {second}" for first, second in pairwise(words)])
    return features, count


def guess(text: str, language: str | None) -> Guess | None:
    """Return the category of a sentence in a language, None when the language has no model or the model no word."""
    known = model(language) if language else None
    return known.guess(text) if known else None


@cache
def model(language: str) -> Model | None:
    """Return the model of a language, a BCP 47 primary subtag; None when it has none."""
    card = Path(__file__).parent / "lexicon" / language / "category.json"
    return read(card) if card.exists() else None


def read(card: Path) -> Model:
    """Return the model whose card (JSON: classes, step, bias, sharpness) lies beside its file of the same name.

    The file is compressed by zlib: the features, one a line; a zero byte; a byte a feature and class, 128 for 0.
    """
    facts = json.loads(card.read_text(encoding="utf-8"))
    names, _, narrow = zlib.decompress(card.with_suffix(".model").read_bytes()).partition(b"\0")
    wide = bytearray(2 * len(narrow))
    wide[::2] = narrow
    from_bytes = int.from_bytes
    packed = [from_bytes(row, "little") for (row,) in iter_unpack(f"{2 * len(facts['classes'])}s", wide)]
    rows: dict[Feature, int] = dict(zip(names.decode().split("\n"), packed, strict=True))
    return Model(tuple(facts["classes"]), rows, facts["step"], tuple(facts["bias"]), facts["sharpness"])
