"""Train the entity model and measure it by cross-validation.

    python -m training.entities measure GOLD.jsonl [--folds 5]
    python -m training.entities build GOLD.jsonl OUT_FOLDER

GOLD has `{"text", "entities": [{"start", "end", "type"}]}` a line, code-point offsets, types PER, ORG and LOC.
Needs the extra `training-names`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycrfsuite

from extraction.entities import features
from extraction.entities.tagger import Entity, entities_of, find_entities
from extraction.entities.tokens import tokens
from training.entity_files import write_model
from training.entity_score import Tally
from training.reading import reading
from training.vectors import Vectors, nested_classes, read_vectors

_WORDS = 80_000
_BLOCK = 25  # neighbouring sentences, mostly of one document, that stay on one side of a fold
_VECTOR_SCALE = 0.3
_SETTINGS = {"c1": 0.02, "c2": 0.3, "max_iterations": 100, "feature.possible_transitions": True}

Features = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens and what the model looks at; labels are empty where nobody gave them."""

    text: str
    starts: list[int]
    ends: list[int]
    features: Features
    labels: list[str]
    entities: list[Entity]


@dataclass(frozen=True, slots=True)
class Resources:
    """The vectors and classes that features are made with."""

    vectors: Vectors
    classes: list[features.Classes]
    at: dict[str, int]


def resources(count: int = _WORDS) -> Resources:
    """Return the vectors of the most frequent words with their classes."""
    vectors = read_vectors(count)
    return Resources(vectors, nested_classes(vectors), {word: i for i, word in enumerate(vectors.words)})


def sentence_of(row: dict[str, Any], known: Resources) -> Sentence:
    """Return a row as the model sees it. An entity that cuts a token is left out of the labels, not of the entities."""
    text = row["text"]
    written, starts, ends = tokens(text, 0, len(text))
    labels = ["O"] * len(written)
    first, last = {start: i for i, start in enumerate(starts)}, {end: i for i, end in enumerate(ends)}
    entities = [Entity(e["start"], e["end"], e["type"]) for e in row.get("entities", ())]
    for entity in entities:
        if entity.start in first and entity.end in last:
            labels[first[entity.start]] = f"B-{entity.type}"
            for i in range(first[entity.start] + 1, last[entity.end] + 1):
                labels[i] = f"I-{entity.type}"
    return Sentence(text, starts, ends, features_of(written, known), labels, entities)


def features_of(written: Sequence[str], known: Resources) -> Features:
    """Return the features of each token of a sentence with their values: 1, or a component of the word's vector."""
    cased = features.casing(written, features.cases_of(written))
    words = [word.capitalize() for word in written] if cased == "U" else list(written)
    classes = [known.classes[at] if (at := known.at.get(features.plain(w))) is not None else None for w in words]
    first = features.first_word(words)
    padded = ["", "", *words, "", ""]
    around = [None, None, *classes, None, None]
    cases = "".join([" ", *map(features.case, words), " "])
    found: Features = []
    for i, word in enumerate(words):
        names = features.own(word, classes[i]) + features.setting(cases[i : i + 3], i == first, cased)
        for distance in (-1, 1, -2, 2):
            names += features.beside(padded[i + 2 + distance], distance, around[i + 2 + distance])
        values = dict.fromkeys(names, 1.0)
        at = known.at.get(features.plain(word))
        if at is not None:
            for k, component in enumerate(known.vectors.matrix[at].tolist()):
                values[f"v{k}"] = component * _VECTOR_SCALE
                if features.case(word) == "C":
                    values[f"V{k}"] = component * _VECTOR_SCALE
        found.append(values)
    return found


def train(sentences: Iterable[Sentence], path: Path) -> pycrfsuite.Tagger:
    """Return a model of labelled sentences; `path` is where its library keeps it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for sentence in sentences:
        trainer.append(sentence.features, sentence.labels)
    trainer.set_params(_SETTINGS)
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def measure(gold: list[Sentence], known: Resources, folds: int) -> dict[str, Tally]:
    """Return what models find in the part of the sentences that each has not seen, by how they are decoded.

    "full" is the library's decoding of every token with weights as learnt, "shipped" that of `extraction.entities`:
    rounded weights, likely runs alone, the text cut into sentences.
    """
    tallies = {"full": Tally(), "shipped": Tally()}
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            held = [i // _BLOCK % folds == fold for i in range(len(gold))]
            learnt = [s for s, out in zip(gold, held, strict=True) if not out]
            tagger = train(learnt, Path(folder) / "fold.crf")
            written = Path(folder) / str(fold)
            write(tagger, known, learnt, written)
            with reading(written):
                for sentence in (s for s, out in zip(gold, held, strict=True) if out):
                    labels = tagger.tag(sentence.features)
                    full = entities_of(labels, sentence.starts, sentence.ends)
                    tallies["full"].add(sentence.text, sentence.entities, full)
                    tallies["shipped"].add(sentence.text, sentence.entities, find_entities(sentence.text))
    return tallies


def write(tagger: pycrfsuite.Tagger, known: Resources, gold: list[Sentence], folder: Path) -> None:
    """Write a trained model as the files that `extraction.entities.model` reads."""
    write_model(tagger.info(), known.vectors, known.classes, links_of(gold), _VECTOR_SCALE, folder)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSONL file, plain or gzip."""
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).split(b"\n")
    return [json.loads(line) for line in lines if line.strip()]


def links_of(gold: Iterable[Sentence]) -> list[str]:
    """Return the words without a capital that stand inside names at least twice."""
    counts: Counter[str] = Counter()
    for sentence in gold:
        for start, end, label in zip(sentence.starts, sentence.ends, sentence.labels, strict=True):
            word = sentence.text[start:end]
            if label.startswith("I-") and not word[0].isupper():
                counts[word.lower()] += 1
    return sorted(word for word, count in counts.items() if count > 1 and not word.isdigit())


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["measure", "build"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    known = resources()
    gold = [sentence_of(row, known) for row in read_rows(args.gold)]
    if args.task == "measure":
        for decoding, tally in measure(gold, known, args.folds).items():
            sys.stdout.write(f"{decoding} decoding\n{tally.table()}")
        return
    if args.out is None:
        parser.error("build needs the folder to write to")
    with tempfile.TemporaryDirectory() as folder:
        write(train(gold, Path(folder) / "all.crf"), known, gold, args.out)


if __name__ == "__main__":
    main()
