"""Train the category model of `extraction/category.py`.

    python -m training.category ROWS [--before DAY] [--vectors FILE] [--words N] [--pairs N] --out CARD

ROWS: JSONL or `.jsonl.gz`, {"date" (ISO day), "type" (category), "text"}. FILE: word vectors in the GloVe format.
Trains on the rows before DAY, writes CARD (JSON) and, beside it, the model of the same name with the ending `.model`,
then scores what it wrote on the rows from DAY on and notes the figures in the card.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from sklearn.svm import LinearSVC

from extraction.category import read
from training.features import Features, learn, read_vectors

_COST = 0.1  # of LinearSVC; 0.05 to 0.2 differ by .002 accuracy when 2015 and 2016 are held out
_DATA = "sentences of Wikipedia's Portal:Current events, by their heading there; by Wikipedia's contributors"
_LICENCE = (
    "CC BY-SA 4.0, as the sentences are: who passes on this file or one made from it names the source "
    "and keeps this licence. It covers this file, not the programs that read it."
)
_VECTORS = "GloVe 6B, 50 dimensions (Pennington, Socher, Manning 2014; Wikipedia 2014 and Gigaword 5), PDDL 1.0"
_HELD_OUT = 0.15  # share of the rows, the latest, that the sharpness is fitted on


@dataclass(frozen=True)
class Trained:
    """Classes, features, and the folded weights: (words then pairs) x classes, and the bias of each class."""

    classes: list[str]
    features: Features
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, texts: Sequence[str], raw: np.ndarray) -> np.ndarray:
        """Return sentences x classes from the unfolded weights."""
        scores: np.ndarray = self.features.matrix(texts) @ raw + self.bias
        return scores


def read_rows(path: Path, before: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows before a day, oldest first, and the rows from that day on.

    Raises:
        ValueError: when a row lacks a field, or no row is before the day.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for number, row in enumerate(rows, 1):
        missing = {"date", "type", "text"} - row.keys()
        if missing:
            raise ValueError(f"{path}:{number}: the row lacks {', '.join(sorted(missing))}")
    early = sorted((row for row in rows if row["date"] < before), key=lambda row: (row["date"], row["text"]))
    if not early:
        raise ValueError(f"{path}: no row before {before}")
    return early, [row for row in rows if row["date"] >= before]


def train(rows: Sequence[dict[str, Any]], vectors: dict[str, np.ndarray]) -> tuple[Trained, np.ndarray]:
    """Return a linear support vector machine, one class against the rest, and its unfolded weights."""
    features = learn([row["text"] for row in rows], vectors)
    machine = LinearSVC(C=_COST, class_weight="balanced", random_state=0)
    machine.fit(features.matrix([row["text"] for row in rows]), [row["type"] for row in rows])
    raw = machine.coef_.T
    return Trained([str(name) for name in machine.classes_], features, features.fold(raw), machine.intercept_), raw


def sharpness(rows: Sequence[dict[str, Any]], vectors: dict[str, np.ndarray]) -> float:
    """Return the factor on the scores whose softmax tells the latest rows best from a model of the earlier ones."""
    cut = int(len(rows) * (1 - _HELD_OUT))
    trained, raw = train(rows[:cut], vectors)
    held = [row for row in rows[cut:] if row["type"] in trained.classes]
    scores = trained.scores([row["text"] for row in held], raw)
    gold = np.array([trained.classes.index(row["type"]) for row in held])

    def loss(factor: float) -> float:
        scaled = factor * (scores - scores.max(axis=1, keepdims=True))
        right = scaled[np.arange(len(gold)), gold]
        return float((np.log(np.exp(scaled).sum(axis=1)) - right).mean())

    return min((step / 10 for step in range(5, 101)), key=loss)


def write(card: Path, trained: Trained, factor: float, words: int, pairs: int, facts: dict[str, Any]) -> None:
    """Write the card and the model: the features that tell most apart, a byte a weight."""
    weights = trained.weights - trained.weights.mean(axis=1, keepdims=True)
    names = [*trained.features.words, *trained.features.pairs]
    spread = np.abs(weights).max(axis=1)
    count = len(trained.features.words)
    strong = [*_strongest(spread[:count], words), *(count + _strongest(spread[count:], pairs))]
    step = float(np.quantile(spread[strong], 0.999)) / 127
    narrow = np.clip(np.rint(weights[strong] / step) + 128, 0, 255).astype(np.uint8)
    content = zlib.compress("\n".join(names[i] for i in strong).encode() + b"\0" + narrow.tobytes(), 9)
    card.with_suffix(".model").write_bytes(content)
    document = facts | {
        "sha256": hashlib.sha256(content).hexdigest(),
        "classes": trained.classes,
        "step": step,
        "bias": [round(float(value), 6) for value in trained.bias],
        "sharpness": factor,
    }
    card.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def figures(card: Path, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return rows, accuracy and mean F1 over the categories of the written model, on other rows."""
    written = read(card)
    guesses = [written.guess(row["text"]) for row in rows]
    found = [guess.category if guess else "" for guess in guesses]
    gold = [row["type"] for row in rows]
    f1 = f1_score(gold, found, labels=sorted(set(gold)), average="macro", zero_division=0)
    return {"rows": len(rows), "accuracy": round(accuracy_score(gold, found), 4), "macro_f1": round(float(f1), 4)}


def _strongest(spread: np.ndarray, most: int) -> np.ndarray:
    return np.sort(np.argsort(-spread, kind="stable")[:most])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write the model and its card."""
    command = argparse.ArgumentParser(prog="python -m training.category", description=(__doc__ or "").split("\n")[0])
    command.add_argument("rows", type=Path)
    command.add_argument("--before", default="2017-01-01", metavar="DAY")
    command.add_argument("--vectors", type=Path, metavar="FILE")
    command.add_argument("--words", type=int, default=80_000, metavar="N", help="words kept (default %(default)s)")
    command.add_argument("--pairs", type=int, default=80_000, metavar="N", help="pairs kept (default %(default)s)")
    command.add_argument("--out", type=Path, required=True, metavar="CARD")
    options = command.parse_args(arguments)
    rows, later = read_rows(options.rows, options.before)
    vectors = read_vectors(options.vectors, options.words)
    trained, _ = train(rows, vectors)
    facts = {
        "data": _DATA,
        "licence": _LICENCE,
        "vectors": _VECTORS if vectors else None,
        "command": f"python -m training.category ROWS --before {options.before}"
        + (" --vectors glove.6B.50d.txt" if vectors else "")
        + f" --words {options.words} --pairs {options.pairs} --out {options.out.name}",
        "trained": datetime.now(UTC).date().isoformat(),
        "rows": len(rows),
    }
    write(options.out, trained, sharpness(rows, vectors), options.words, options.pairs, facts)
    if later:
        card = json.loads(options.out.read_text(encoding="utf-8"))
        card[f"figures from {options.before} on"] = figures(options.out, later)
        options.out.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
