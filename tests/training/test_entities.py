from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from extraction.entities.tagger import find_entities
from training import entities
from training.entities import Resources, Sentence, measure, sentence_of
from training.reading import reading
from training.vectors import Vectors

PEOPLE = ("Vorna Quill", "Bram Osset", "Tilda Wexmoor", "Jasko Prenn", "Orla Dunt")
PLACES = ("Velmora", "Quenby", "Ostrava", "Lindholt", "Karvesh")
WORDS = ["visited", "in", "on", "monday", "spoke", "the", "mayor", "of"]


@pytest.fixture(scope="module")
def known() -> Resources:
    matrix = np.random.default_rng(0).normal(size=(len(WORDS), 4)).astype(np.float32)
    classes = [(0, 0, n % 2, n) for n in range(len(WORDS))]
    return Resources(Vectors(WORDS, matrix), classes, {word: n for n, word in enumerate(WORDS)})


def labelled(template: str, person: str, place: str) -> dict[str, object]:
    text = template.format(person, place)
    spans = [(text.index(person), person, "PER"), (text.index(place), place, "LOC")]
    return {"text": text, "entities": [{"start": at, "end": at + len(name), "type": kind} for at, name, kind in spans]}


@pytest.fixture(scope="module")
def gold(known: Resources) -> list[Sentence]:
    templates = ("{} visited {} on Monday .", "On Monday {} spoke in {} .")
    rows = [labelled(t, person, place) for person in PEOPLE for place in PLACES for t in templates]
    return [sentence_of(row, known) for row in rows]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[entity.start : entity.end], entity.type) for entity in find_entities(text)]


def test_a_trained_tagger_finds_names_that_it_has_not_seen(
    gold: list[Sentence], known: Resources, tmp_path: Path
) -> None:
    text = "On Monday Perrin Halvik spoke in Zemmora ."
    before = found(text)
    entities.write(entities.train(gold, tmp_path / "small.crf"), known, gold, tmp_path / "small")
    with reading(tmp_path / "small"):
        assert found(text) == [("Perrin Halvik", "PER"), ("Zemmora", "LOC")]
        assert found("On Monday it rained .") == []
    assert found(text) == before


def test_the_shipped_tagger_is_read_again_when_the_block_raises(tmp_path: Path) -> None:
    text = "Maria Lopez met Tom Reed in Berlin."
    before = found(text)
    with pytest.raises(FileNotFoundError), reading(tmp_path):
        found(text)
    assert found(text) == before != []


def test_cross_validation_scores_both_decodings_on_all_sentences(gold: list[Sentence], known: Resources) -> None:
    tallies = measure(gold, known, 2)
    assert set(tallies) == {"full", "shipped"}
    for tally in tallies.values():
        assert tally.wanted == {"PER": len(gold), "LOC": len(gold)}
        assert tally.f1()[2] > 0.9
        assert re.match(r"all  precision [01]\.\d{3}  recall", tally.table())


def test_an_entity_that_cuts_a_token_has_no_label(known: Resources) -> None:
    row = {"text": "Quenbyite rocks", "entities": [{"start": 0, "end": 6, "type": "LOC"}]}
    sentence = sentence_of(row, known)
    assert sentence.labels == ["O", "O"]
    assert [entity.type for entity in sentence.entities] == ["LOC"]
