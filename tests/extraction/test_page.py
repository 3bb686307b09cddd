"""Datelines, junk lines, titles and names."""

from __future__ import annotations

import pytest

from extraction.dispatch import read_dateline
from extraction.junk import is_junk
from extraction.lexicon.triggers import CATEGORIES, examples
from extraction.mentions import extract
from extraction.titles import LONGEST, title_of
from schemas.article import Article


@pytest.mark.parametrize(
    ("text", "place", "region"),
    [
        ("The Hague . Ministers met.", "The Hague", None),
        ("KYIV, Ukraine (AP) — Ministers met.", "Kyiv", "Ukraine"),
        ("LONDON, June 3 (Reuters) - Ministers met.", "London", None),
        ("NEW DELHI: Ministers met.", "New Delhi", None),
        ("Storm hits coast\nLANNION — Ministers met.", "Lannion", None),
    ],
)
def test_dateline(text: str, place: str, region: str | None) -> None:
    dateline = read_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.region) == (place, region)
    assert text[dateline.end :].strip() == "Ministers met."


@pytest.mark.parametrize(
    "text", ["Ministers met.", "BREAKING: Ministers met.", "Anna — the eldest — left.", "Mr. Ito left. He ran.", ""]
)
def test_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "FACEBOOK COMMENTS", "Share this article", "Facebook Twitter WhatsApp", "By Jane Doe",
        "By JANE DOE and Ann Lee",
        "Subscribe to our newsletter to read about the attack.", "Photo: the mill before the fire", "Read more",
        "LATEST NEWS",
        "Home | News | Sport", "© 2020 The Lantern", "Updated: January 5, 2016 10:02", "Related articles",
        "https://example.org",
        "***", "Advertisement", "Leave a comment",
    ],
)  # fmt: skip
def test_junk(line: str) -> None:
    assert is_junk(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the army had left.", "Police shared a photo of the suspect.",
        "MAYOR RESIGNS AFTER BRIDGE COLLAPSE IN LANNION",
        "Related companies were fined.", "From the start, rebels attacked.", "Comments by the mayor angered voters.",
    ],
)  # fmt: skip
def test_prose_is_no_junk(line: str) -> None:
    assert not is_junk(line)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The bridge was closed on Monday, police said.", "The bridge was closed on Monday"),
        ("The bridge\n was closed, according to the mayor.", "The bridge was closed"),
        ("“We closed the old bridge at noon,” he added.", "We closed the old bridge at noon"),
        ("Meanwhile, the bridge was closed.", "The bridge was closed"),
        ("He said.", "He said"),
    ],
)
def test_title(sentence: str, title: str) -> None:
    assert title_of(sentence) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_of("The council decided " + "again and again " * 30)
    assert len(title) <= LONGEST
    assert title.endswith("again…") or title.endswith("and…")


def test_every_group_of_triggers_has_an_example_that_it_finds() -> None:
    for example, category, kind in examples("en"):
        found = extract(Article(article_id="a", text=f"{example} It was 3 May 2021.", language="en"))
        assert kind is None or kind in {m.type for m in found}, example
        assert found
        assert category is None or category in CATEGORIES


def test_a_person_has_one_name_and_is_no_place() -> None:
    text = (
        "President Maria Lindt met Oskar Brandt in Vienna. In Lindt, voters see a leader. Lindt visited Brandt again."
    )
    found = extract(Article(article_id="a", text=text, language="en", published_at="2020-01-01"))
    assert {actor.name for m in found for actor in m.actors} == {"Maria Lindt", "Oskar Brandt"}
    assert {place.name for m in found for place in m.places} == {"Vienna"}
