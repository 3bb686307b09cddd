from __future__ import annotations

from typing import Any

import pytest

from schemas.mention import Quantity
from tests.timeline.conftest import make_mention
from timeline.figures import figures_of


def said(article: str, *values: dict[str, Any]) -> Any:
    quantities = tuple(Quantity.model_validate({"kind": "killed", **value}) for value in values)
    return make_mention("The blast killed people", article, quantities=quantities)


@pytest.mark.parametrize(
    ("values", "disagree"),
    [
        ([{"value": 17}, {"value": 20}], True),
        ([{"value": 17, "bound": "at_least"}, {"value": 20}], False),
        ([{"value": 17}, {"value": 20, "bound": "at_least"}], True),
        ([{"value": 20, "bound": "about"}, {"value": 19}], False),
        ([{"value": 20, "bound": "at_most"}, {"value": 21}], True),
        ([{"value": 17}, {"value": 17}], False),
    ],
)
def test_sources_that_exclude_each_other_are_shown_to_disagree(values: list[dict[str, Any]], disagree: bool) -> None:
    (figure,) = figures_of(said(f"a{number}", value) for number, value in enumerate(values))
    assert figure.disagree is disagree


def test_the_value_of_most_articles_comes_first_and_each_article_counts_once() -> None:
    mentions = [said("a1", {"value": 20}), said("a2", {"value": 17}, {"value": 3}), said("a3", {"value": 17})]
    (figure,) = figures_of(mentions)
    assert [(value.value, value.article_count) for value in figure.values] == [(17, 2), (20, 1)]


def test_money_is_no_figure_of_which_there_is_one_true_value() -> None:
    assert figures_of([said("a1", {"kind": "money", "value": 5}), said("a2", {"kind": "money", "value": 7})]) == ()
