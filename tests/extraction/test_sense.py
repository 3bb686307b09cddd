from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from extraction.category import Guess
from extraction.lexicon import read
from extraction.lexicon.triggers import Entry, table
from extraction.mentions import extract
from extraction.sense import sense_of
from schemas.article import Article
from schemas.mention import Mention
from schemas.vocabulary import Category

HERE = Path(__file__).parent
PLOVER = tomllib.loads((HERE / "plover.toml").read_text(encoding="utf-8"))
CASES = tomllib.loads((HERE / "senses.toml").read_text(encoding="utf-8"))["cases"]
ROOTS = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
TABLE = {e.type: e for entries in table("en").values() for e in entries if e.type}


def mentions(text: str, language: str = "en") -> list[Mention]:
    return extract(Article(article_id="a", text=text, published_at="2024-05-08", language=language))


def test_the_examples_and_the_tables_have_all_sixteen_roots() -> None:
    assert set(PLOVER) - {"none"} == ROOTS
    assert all(len(sentences) >= 4 for sentences in PLOVER.values())
    assert set(TABLE) >= ROOTS


@pytest.mark.parametrize(
    ("root", "text"), [(r, s) for r, sentences in PLOVER.items() if r != "none" for s in sentences]
)
def test_political_action_has_its_root(root: str, text: str) -> None:
    assert mentions(text)[0].type == root


@pytest.mark.parametrize("text", PLOVER["none"])
def test_other_action_has_no_root(text: str) -> None:
    found = mentions(text)
    assert found
    assert not {mention.type for mention in found} & ROOTS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_the_sentence_decides_between_the_senses_of_a_trigger(case: dict[str, str]) -> None:
    first = mentions(case["text"], case.get("language", "en"))[0]
    assert (first.category or "", first.type or "") == (case["category"], case["type"])


def test_without_a_guess_the_table_decides() -> None:
    entry = Entry("attack", "conflict", "ASSAULT", 0)
    assert sense_of(entry, None, None) == ("conflict", "ASSAULT")


def test_an_unsure_guess_leaves_the_word_its_category() -> None:
    shares = dict.fromkeys(get_args(Category), 0.0) | {"sport": 0.55, "conflict": 0.45}
    entry = Entry("attack", "conflict", "ASSAULT", 0)
    assert sense_of(entry, *[Guess("sport", 0.55, shares)] * 2) == ("conflict", "ASSAULT")


def test_a_word_of_any_subject_takes_only_a_likely_category() -> None:
    entry = Entry("open", None, None, 0)
    shares = dict.fromkeys(get_args(Category), 0.1)
    assert sense_of(entry, *[Guess("sport", 0.1, shares)] * 2) == (None, None)
    assert sense_of(entry, *[Guess("sport", 0.9, shares | {"sport": 0.9})] * 2) == ("sport", None)


def test_every_type_of_the_tables_says_where_it_may_stand() -> None:
    senses = read("en", "senses")
    assert set(senses["types"]) == set(TABLE)
    for places in senses["types"].values():
        assert set(places.split()) <= set(get_args(Category))


@pytest.mark.parametrize("group", read("en", "senses")["others"], ids=lambda group: group["type"])
def test_the_other_sense_is_found_in_its_example(group: dict[str, str]) -> None:
    found = [(mention.category, mention.type) for mention in mentions(group["example"])]
    assert any(kind in group["categories"].split() and finer == group["type"] for kind, finer in found), found
