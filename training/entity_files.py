"""Write a trained entity model as the three files that `extraction.entities.model` reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extraction.entities.features import Classes
from extraction.entities.model import LABELS
from training.vectors import Vectors

_UNIT = 0.01  # of the scores of features


def write_model(
    info: Any, vectors: Vectors, classes: list[Classes], links: Iterable[str], vector_scale: float, folder: Path
) -> None:
    """Write weights.json, words.txt and words.bin; `info` has the weights as the training library gives them."""
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
    for (name, label), weight in info.state_features.items():
        weights[name][LABELS.index(label)] = weight
    dense = [np.array([weights.pop(f"{sign}{k}", [0.0] * len(LABELS)) for k in range(vectors.matrix.shape[1])])
             for sign in "vV"]  # fmt: skip
    scores = [vectors.matrix @ (matrix * vector_scale) for matrix in dense]
    unit = float(max(np.abs(table).max() for table in scores) / 127) or 1.0  # the vectors may have told nothing
    leaves = sorted(set(classes))
    places = {leaf: number for number, leaf in enumerate(leaves)}
    rounded = {name: [round(score / _UNIT) for score in row] for name, row in weights.items()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt").write_text("\n".join(vectors.words), encoding="utf-8")
    (folder / "words.bin").write_bytes(_table([places[leaf] for leaf in classes], scores, unit))
    model = {
        "unit": _UNIT,
        "vector_unit": unit,
        "transitions": _transitions(info.transitions),
        "links": list(links),
        "levels": leaves,
        "weights": {name: row for name, row in sorted(rounded.items()) if any(row)},
    }
    (folder / "weights.json").write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _transitions(learnt: Mapping[tuple[str, str], float]) -> list[list[float]]:
    return [[round(learnt.get((before, after), 0.0), 4) for after in LABELS] for before in LABELS]


def _table(numbers: list[int], scores: Sequence[NDArray[np.floating[Any]]], unit: float) -> bytes:
    """Return a row a word: the number of its class in two bytes, then its scores in whole units."""
    signed = np.concatenate([np.rint(table / unit) for table in scores], axis=1).astype(np.int8)
    return b"".join(number.to_bytes(2, "little") + row.tobytes() for number, row in zip(numbers, signed, strict=True))
