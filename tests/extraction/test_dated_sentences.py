from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import milestones
from extraction.dated_sentences import read_days
from schemas.article import Article
from schemas.civil import format_day
from schemas.dated_article import DatedArticle


def read(text: str, published_at: str | None = "2021-03-03", **fields: str) -> DatedArticle:
    return read_days(Article(article_id="a", text=text, published_at=published_at, **fields))  # type: ignore[arg-type]


def days(text: str, published_at: str | None = "2021-03-03") -> list[str]:
    return [format_day(named.day) for named in read(text, published_at).days]


def test_each_sentence_gives_each_day_once() -> None:
    text = "The dam burst on Tuesday, and on Tuesday night it rained. It had cracked on 12 February and on Tuesday."
    assert days(text) == ["2021-03-02", "2021-02-12", "2021-03-02"]


@pytest.mark.parametrize(
    "text",
    [
        "ORVIK, March 3 (Wire) - The dam held.",
        "March 3, 2021 10:04 am - The dam held.",
        "It was filmed at 10:04 am.",
        "It rained in February, and all last week.",
        "Updated: February 5, 2021 10:02",
    ],
)
def test_stamps_clock_times_and_coarser_expressions_name_no_day(text: str) -> None:
    assert days(text) == []


def test_the_day_of_publication_counts_as_news_tells_it() -> None:
    assert days("The dam burst on Wednesday. It burst today.") == ["2021-03-03", "2021-03-03"]


def test_without_a_publication_date_only_absolute_dates_count() -> None:
    assert days("The dam burst on Tuesday. It was built on 5 May 1960.", published_at=None) == ["1960-05-05"]


def test_names_are_those_of_the_sentence_and_the_one_before() -> None:
    named = read("Anna Holm is the mayor. She left. The LERVIK dam of Orvik burst on Tuesday.").days[0]
    assert named.names == {"She", "The", "Orvik"}
    assert named.sentence_start == 34


def test_words_are_counted_with_the_title() -> None:
    article = read("The dam at Orvik burst. Orvik is under water, says NATO.", title="Orvik flooded")
    assert article.names == {"Orvik": 3, "The": 1}
    assert article.plain["water"] == 1


@pytest.mark.parametrize(("group", "example"), milestones.examples("en"))
def test_each_group_of_milestones_is_found_in_its_example(group: str, example: str) -> None:
    assert milestones.table("en").count(example), group


def test_milestones_are_counted_by_their_dictionary_form() -> None:
    table = milestones.table("en")
    assert table.count("He was killed. The killer kills.") == 1
    assert table.count("He said that talks were close.") == 0
    assert milestones.table(None).count("He was killed.") == 0


@given(st.text(max_size=300), st.sampled_from([None, "2021-03-03", "0001-01-01", "-0043-03-15"]))
def test_no_text_raises(text: str, published_at: str | None) -> None:
    if text.strip():
        read(text, published_at)
