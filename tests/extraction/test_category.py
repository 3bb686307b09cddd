from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extraction
from extraction.category import guess, model
from schemas.vocabulary import Category

HERE = Path(__file__).parent
CARD = Path(extraction.__file__).parent / "lexicon" / "en" / "category.json"
EXAMPLES = tomllib.loads((HERE / "categories.toml").read_text(encoding="utf-8"))
PAIRS = [(category, sentence) for category, sentences in EXAMPLES.items() for sentence in sentences]


def test_examples_cover_the_closed_list() -> None:
    assert set(EXAMPLES) == set(get_args(Category))
    assert min(map(len, EXAMPLES.values())) >= 4
    assert len(PAIRS) >= 40


def test_at_least_56_of_the_59_examples_get_their_category() -> None:
    wrong = [(sentence, found) for category, sentence in PAIRS if (found := guess(sentence, "en").category) != category]
    assert len(PAIRS) == 59
    assert len(wrong) <= 3, wrong


def test_every_category_is_told_from_the_others() -> None:
    for category, sentences in EXAMPLES.items():
        right = sum(guess(sentence, "en").category == category for sentence in sentences)
        assert right * 3 >= len(sentences) * 2, category


@pytest.mark.parametrize(("category", "sentence"), PAIRS[::5])
def test_the_probabilities_are_of_all_categories_and_add_up(category: str, sentence: str) -> None:
    found = guess(sentence, "en")
    assert set(found.probabilities) == set(get_args(Category))
    assert sum(found.probabilities.values()) == pytest.approx(1)
    assert found.probability == max(found.probabilities.values()) == found.probabilities[found.category]


def test_the_same_sentence_always_gets_the_same_guess() -> None:
    for _, sentence in PAIRS:
        assert guess(sentence, "en") == guess(sentence, "en")
        assert guess(sentence, "en") == guess(sentence.upper(), "en")


@pytest.mark.parametrize(
    "text", ["", "   ", "–—…", "Στην Αθήνα έγινε σεισμός", "東京で地震がありました", "\x00", "\ud800"]
)
def test_a_text_without_known_words_has_no_category(text: str) -> None:
    assert guess(text, "en") is None


@pytest.mark.parametrize("language", ["de", "zh", "", None])
def test_a_language_without_a_model_has_no_category(language: str | None) -> None:
    assert guess("The army shelled the town.", language) is None


def test_a_megabyte_is_judged_by_its_first_128_words() -> None:
    sentence = PAIRS[0][1]
    head = " ".join([sentence] * 20)
    assert guess(head + " The striker scored." * 60_000, "en") == guess(head, "en")
    assert guess("x" * 1_000_000, "en") is None


def test_the_sum_of_the_rows_never_leaves_its_fields() -> None:
    known = model("en")
    words = [feature for feature in known.rows if " " not in feature]
    for start in range(0, 4_000, 128):
        found = known.guess(" ".join(words[start : start + 128]))
        assert sum(found.probabilities.values()) == pytest.approx(1)
    assert max(max(row.to_bytes(20, "little")[::2]) for row in known.rows.values()) <= 255
    assert all(not any(row.to_bytes(20, "little")[1::2]) for row in known.rows.values())


@given(st.text())
def test_no_text_raises(text: str) -> None:
    found = guess(text, "en")
    assert found is None or found.category in get_args(Category)


def test_the_card_is_of_this_file() -> None:
    facts = json.loads(CARD.read_text(encoding="utf-8"))
    content = CARD.with_suffix(".model").read_bytes()
    assert facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(content) <= 3_000_000
    assert "CC BY-SA 4.0" in facts["licence"]
    assert "--before 2017-01-01" in facts["command"]
    assert sorted(facts["classes"]) == sorted(get_args(Category))
