"""Junk lines and names."""

from __future__ import annotations

import pytest

from extraction.junk import heads_list, is_junk
from extraction.lexicon import read
from extraction.lexicon.triggers import CATEGORIES, examples
from extraction.mentions import extract
from extraction.page import prose
from extraction.sentences import split
from schemas.article import Article


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


def test_every_group_of_phrases_has_an_example_and_prose_that_begins_alike() -> None:
    page = read("en", "page")
    for group in (*page["group"], page["lines"]):
        assert is_junk(group["example"]), group["example"]
        assert not is_junk(group["prose"]), group["prose"]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee in Arden", "By Ann Lee, Tom Roe and Eve Marsh", "BY ANN LEE", "| 2020-09-21 | $500 | Ann Lee |",
        "12.4 13.5 7.7 100", "def area(r): return {pi * r}", "— Ann Lee (@annlee) November 3, 2023",
        "Ann Lee and Tom Roe contributed to this report.", "-LRB- Reporting by Ann Lee; Editing by Tom Roe -RRB-",
        "We use cookies to make this site better.", "Image copyright Getty Images Image caption The mill burned",
        "Watch: the mayor resigns", "Facebook X WhatsApp Copy link", "RENEE MARSH, HOST:",
        "FILE - A tram passes the mill.", "In this March 3, 2016, file photo, police search the mill in Arden.",
        "Next article",
    ],
)  # fmt: skip
def test_more_junk(line: str) -> None:
    assert is_junk(line)


@pytest.mark.parametrize(
    "line",
    [
        "Two died.", "He fled.", "By Monday Russian forces had left.", "By April the mill was closed",
        "Search for missing climbers ends in tragedy", "More arrests follow the raid",
        "Like us all, the mayor had faults.",
        "(C) The prosecutor met the minister in Arden.", "Getty Images sued the company on Monday.",
        "Photo: Ann Lee A military court has jailed a soldier who attacked his comrades before the invasion.",
        "12 May 2014: 3 dead, 4 hurt", "Read the verdict aloud, the judge told him.", "Share prices fell.",
        "Comments were deleted on Monday.", "Source code was stolen on Monday.",
        "Home Secretary resigns after scandal",
        "The three were held · Ann Lee, of the Centre for Arden Studies, who was arrested at home · and Tom Roe, "
        "who was taken from his office in the ministry and charged with treason.",
        "Written by Ann Lee, who won an award for her first play, and directed by Tom Roe, it opened on Monday.",
    ],
)  # fmt: skip
def test_more_prose(line: str) -> None:
    assert not is_junk(line)


def kept(text: str, language: str | None = "en") -> list[str]:
    return [text[span.start : span.end] for span in prose(text, split(text), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mill burns\nA fire destroyed the mill.\nThe aftermath\nTwo died.",
         ["Mill burns", "A fire destroyed the mill.", "Two died."]),
        ("The Arden Post\nFire in Arden\nTwo died.\nThe aftermath", ["The Arden Post", "Fire in Arden", "Two died."]),
        ("Two died.\nThree fled.\n\"I guess arson. \"", ["Two died.", "Three fled.", '"I guess arson.']),
        ("Two died.\nThree fled.\nIt’s vandalism", ["Two died.", "Three fled.", "It’s vandalism"]),
        ("Two died.\nSearch for it (with words and some images).",
         ["Two died.", "Search for it (with words and some images)."]),
        ("Two died.\nThree fled.\nMayor gets award", ["Two died.", "Three fled.", "Mayor gets award"]),
        ("Fire in Arden\nTwo died.", ["Fire in Arden", "Two died."]),
        ("Two died.\nMayor resigns\nThree fled.", ["Two died.", "Mayor resigns", "Three fled."]),
        ("Two died.\n3 May 2014\nThree fled.", ["Two died.", "3 May 2014", "Three fled."]),
        ("(Photo: Ann Lee) Two died.", ["Two died."]),
        ("Police search the mill on Monday. (Ann Lee/Pool via AP)\nTwo died.", ["Two died."]),
        ("Police search the mill on Monday. REUTERS/Ann Lee\nTwo died.", ["Two died."]),
        ("Police searched the mill. (AP)\nTwo died.", ["Police searched the mill.", "Two died."]),
        ("Two died.\nRelated stories\nMayor resigns after fire\nBridge closed\nThree fled.",
         ["Two died.", "Three fled."]),
        ("Two died.\nNews\nCity life\nOpera\nThe arts\nWeather map\nThree fled.", ["Two died.", "Three fled."]),
        ("Zwei Tote\nPolizei nimmt Täter fest\nEr floh.", ["Zwei Tote", "Polizei nimmt Täter fest", "Er floh."]),
    ],
)  # fmt: skip
def test_prose(text: str, expected: list[str]) -> None:
    assert kept(text, "en" if "died" in text else "de") == expected


def test_a_heading_of_links_is_told_from_a_headline() -> None:
    assert heads_list("More from Sport")
    assert heads_list("RELATED ARTICLES:")
    assert not heads_list("More arrests follow")


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
