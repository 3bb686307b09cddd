"""The tagger's gate: no measure of the sentences in `dates/` may fall below `date_thresholds.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.extraction.date_scores import Case, Expression, failure, figures, load, pairs

THRESHOLDS = tomllib.loads(Path(__file__).with_name("date_thresholds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load()


def test_the_tagger_is_no_worse_than_it_was(cases: list[Case]) -> None:
    scores = figures(cases)
    worse = [f"{m}: {scores[m]} is below {least}" for m, least in THRESHOLDS["at_least"].items() if scores[m] < least]
    worse += [f"{m}: {scores[m]} is above {most}" for m, most in THRESHOLDS["at_most"].items() if scores[m] > most]
    wrong = [line for line in map(failure, cases) if line]
    assert not worse, "\n".join([*worse, "", "topic: sentence | published | domain | found | expected", *wrong])


def test_there_are_enough_sentences_and_traps(cases: list[Case]) -> None:
    assert len(cases) >= 360
    assert sum(case.trap for case in cases) >= 130
    assert len({(case.text, *map(str, case.context.values())) for case in cases}) == len(cases)


def expression(start: int, end: int, value: str = "2014") -> Expression:
    return Expression(start, end, "DATE", value, None)


def test_equal_spans_are_paired_before_longer_overlaps() -> None:
    gold = [expression(0, 4), expression(5, 9)]
    assert pairs(gold, [expression(0, 9), expression(5, 9)]) == [
        (gold[1], expression(5, 9)),
        (gold[0], expression(0, 9)),
    ]


def test_an_expression_is_paired_once() -> None:
    assert len(pairs([expression(0, 9)], [expression(0, 4), expression(5, 9)])) == 1


def test_figures_of_a_sentence_counted_by_hand() -> None:
    # Found: "3 May 1997" as expected and "1998"; "Smith" is not found.
    text = "Smith resigned on 3 May 1997, not in 1998."
    expected = (expression(0, 5), expression(18, 28, "1997-05-03"))
    scores = figures([Case("made up", text, True, {"published_at": "2014-10-15", "domain": "news"}, expected)])
    assert (scores["strict"], scores["value"], scores["errors"]) == (50.0, 50.0, 2)
