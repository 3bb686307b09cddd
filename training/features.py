"""Sentences as matrices whose weights fold into one row a word and one a pair of words.

A word is described by itself, by the character n-grams in it and by its word vector, so that what is learnt of
"shelling" says something of "shelled" and, through the vectors, of words that the sentences never used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer

from extraction.category import words_and_pairs

_SIZES = (3, 4, 5)  # of character n-grams, word boundaries included
_VECTOR_SHARE = 0.35  # length of the part of the word vectors, beside 1 of each other part


@dataclass(frozen=True)
class Features:
    """What turns sentences into matrices.

    Attributes:
        words, pairs: the features, in the order of their columns.
        describe: words x descriptions, see the module.
        pair_weights: inverse document frequency of each pair.
    """

    words: list[str]
    pairs: list[str]
    describe: sp.csr_matrix
    pair_weights: np.ndarray

    def matrix(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return sentences x (descriptions and pairs), each divided by the root of the sentence's number of words."""
        words, pairs, lengths = _counts(texts, self.words, self.pairs)
        parts = sp.hstack([words @ self.describe, pairs @ sp.diags(self.pair_weights)])
        return sp.csr_matrix(sp.diags(1 / np.sqrt(lengths)) @ parts)

    def fold(self, weights: np.ndarray) -> np.ndarray:
        """Return (words then pairs) x classes from the weights, (descriptions and pairs) x classes."""
        width = self.describe.shape[1]
        return np.vstack([self.describe @ weights[:width], weights[width:] * self.pair_weights[:, None]])


def learn(texts: Sequence[str], vectors: Mapping[str, np.ndarray]) -> Features:
    """Return the features of sentences: words of sentences or vectors; pairs and n-grams met at least twice."""
    found = [words_and_pairs(text)[0] for text in texts]
    known = Counter(feature for features in found for feature in features)
    words = sorted({feature for feature in known if " " not in feature} | vectors.keys())
    pairs = sorted(feature for feature, count in known.items() if " " in feature and count > 1)
    by_word, by_pair, lengths = _counts(texts, words, pairs)
    rarity = _rarity(by_word)
    seen = np.asarray(by_word.sum(axis=0)).ravel()
    parts = [sp.diags(np.where(seen > 1, rarity, 0.0)).tocsr(), _spelling(words, by_word)]
    if vectors:
        parts.append(_meaning(words, vectors, rarity, by_word))
    shares = [1.0, 1.0, _VECTOR_SHARE]
    describe = [p * (s / _length(by_word @ p, lengths)) for p, s in zip(parts, shares, strict=False)]
    pair_weights = _rarity(by_pair)
    pair_weights /= _length(by_pair @ sp.diags(pair_weights), lengths)
    return Features(words, pairs, sp.csr_matrix(sp.hstack(describe)), pair_weights)


def read_vectors(path: Path | None, most: int) -> dict[str, np.ndarray]:
    """Return the first `most` vectors of a file in the GloVe format: a word and its numbers a line, frequent first."""
    vectors: dict[str, np.ndarray] = {}
    if path is None:
        return vectors
    with path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(most), strict=False):
            word, *numbers = line.rstrip().split(" ")
            if word.isalpha():
                vectors[word] = np.array(numbers, dtype=np.float64)
    return vectors


def _counts(
    texts: Sequence[str], words: Sequence[str], pairs: Sequence[str]
) -> tuple[sp.csr_matrix, sp.csr_matrix, np.ndarray]:
    found = [words_and_pairs(text) for text in texts]
    column = {feature: number for number, feature in enumerate([*words, *pairs])}
    columns = [sorted(column[f] for f in used if f in column) for used, _ in found]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([c for row in columns for c in row], dtype=np.int64)
    both = sp.csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(texts), len(column)))
    lengths = np.array([max(count, 1) for _, count in found], dtype=np.float64)
    return both[:, : len(words)], both[:, len(words) :], lengths


def _rarity(counts: sp.csr_matrix) -> np.ndarray:
    """Return the inverse document frequency of each column, as Salton's: ln((1 + n) / (1 + df)) + 1."""
    frequency = np.asarray(counts.sum(axis=0)).ravel()
    rarity: np.ndarray = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1
    return rarity


def _spelling(words: Sequence[str], by_word: sp.csr_matrix) -> sp.csr_matrix:
    """Return words x their character n-grams."""
    counter = CountVectorizer(analyzer=_ngrams, binary=True)
    of_word = counter.fit_transform(words)
    use = by_word @ of_word
    use.data[:] = 1
    used = np.asarray(use.sum(axis=0)).ravel() > 2
    return sp.csr_matrix((of_word @ sp.diags(_rarity(use)))[:, used])


def _ngrams(word: str) -> list[str]:
    bounded = f"<{word}>"
    return [bounded[at : at + size] for size in _SIZES for at in range(len(bounded) - size + 1)]


def _meaning(
    words: Sequence[str], vectors: Mapping[str, np.ndarray], rarity: np.ndarray, by_word: sp.csr_matrix
) -> sp.csr_matrix:
    """Return words x vector dimensions, centred on the words in use, of one variance, weighted by rarity."""
    width = len(next(iter(vectors.values())))
    known = np.array([word in vectors for word in words])
    table = np.array([vectors[word] if word in vectors else np.zeros(width) for word in words])
    use = np.asarray(by_word.sum(axis=0)).ravel() * known
    centre = use @ table / max(use.sum(), 1)
    spread = np.sqrt(use @ (table - centre) ** 2 / max(use.sum(), 1)) + 1e-9
    return sp.csr_matrix((table - centre) / spread * (known * (rarity - 1))[:, None])


def _length(part: sp.csr_matrix, lengths: np.ndarray) -> float:
    """Return the mean length of the sentences in one part, 1 when it is empty."""
    squares = np.asarray(part.multiply(part).sum(axis=1)).ravel() / lengths
    return float(np.sqrt(squares).mean()) or 1.0
