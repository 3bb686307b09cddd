from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extraction.category import read
from training.category import main, read_rows
from training.features import learn

SUBJECTS = {
    "sport": ("The striker scored in the match against {}", "The club from {} won the cup final"),
    "disaster": ("A flood destroyed houses in {}", "An earthquake struck the coast of {}"),
    "business": ("The bank in {} raised interest rates", "Shares of the carmaker from {} fell"),
}
PLACES = ("Lagos", "Lima", "Oslo", "Quito", "Tunis", "Perth", "Turin", "Osaka", "Miami", "Davos")


def rows() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{kind}{n}{place}",
            "date": f"20{10 + i}-05-0{n + 1}",
            "type": kind,
            "text": sentence.format(place) + ".",
        }
        for kind, sentences in SUBJECTS.items()
        for n, sentence in enumerate(sentences)
        for i, place in enumerate(PLACES)
    ]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    return path


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.txt"
    words = "match 1 0 0\ntournament 1 0 0.1\nflood 0 1 0\ndeluge 0 1 0.1\nbank 0 0 1\n... 1 1 1\n"
    path.write_text(words, encoding="utf-8")
    return path


def trained(sample: Path, vectors: Path, out: Path) -> dict[str, Any]:
    main([str(sample), "--before", "2018-01-01", "--vectors", str(vectors), "--out", str(out)])
    card: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return card


def test_the_trained_model_loads_and_knows_its_subjects(sample: Path, vectors: Path, tmp_path: Path) -> None:
    card = trained(sample, vectors, tmp_path / "small.json")
    small = read(tmp_path / "small.json")
    assert small.guess("The match was won by a late goal.").category == "sport"
    assert small.guess("A flood near Zagreb.").category == "disaster"
    assert card["rows"] == 48
    assert card["figures from 2018-01-01 on"] == {"rows": 12, "accuracy": 1.0, "macro_f1": 1.0}


def test_a_word_known_by_its_vector_alone_is_like_its_neighbours(sample: Path, vectors: Path, tmp_path: Path) -> None:
    trained(sample, vectors, tmp_path / "small.json")
    assert read(tmp_path / "small.json").guess("deluge").category == "disaster"


def test_training_twice_gives_the_same_file(sample: Path, vectors: Path, tmp_path: Path) -> None:
    first = trained(sample, vectors, tmp_path / "first.json")
    second = trained(sample, vectors, tmp_path / "second.json")
    assert first["sha256"] == second["sha256"]


def test_folded_weights_score_as_the_descriptions_do() -> None:
    texts = [row["text"] for row in rows()]
    features = learn(texts, {})
    width = features.matrix(texts[:1]).shape[1]
    weights = np.random.default_rng(0).normal(size=(width, 3))
    folded = features.fold(weights)
    number = {feature: at for at, feature in enumerate([*features.words, *features.pairs])}
    words = ["the", "bank", "in", "lima", "raised", "interest", "rates"]
    used = [*words, *(pair for pair in map(" ".join, pairwise(words)) if pair in number)]
    by_hand = folded[[number[feature] for feature in used]].sum(axis=0) / np.sqrt(len(words))
    assert np.allclose(features.matrix(["The bank in Lima raised interest rates."]) @ weights, by_hand)


def test_rows_that_lack_a_field_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"date": "2010-01-01", "type": "sport", "text": "a"}\n{"date": "2010-01-01", "text": "a"}\n')
    with pytest.raises(ValueError, match=r"rows\.jsonl:2: the row lacks type"):
        read_rows(path, "2017-01-01")


def test_nothing_before_the_day_is_an_error(sample: Path) -> None:
    with pytest.raises(ValueError, match="no row before 2001-01-01"):
        read_rows(sample, "2001-01-01")
