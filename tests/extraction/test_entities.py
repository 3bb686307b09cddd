"""Persons, organisations and places: the model alone, and with the tables and the words around."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.entities import tagger
from extraction.entities.tagger import find_entities
from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention


def mentions(text: str) -> list[Mention]:
    return extract(Article(article_id="a", text=text, language="en", published_at="2024-05-14"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Maria Lopez met Tom Reed in Berlin on Monday.",
            [("Maria Lopez", "PER"), ("Tom Reed", "PER"), ("Berlin", "LOC")],
        ),
        (
            "The World Health Organization sent doctors to Kenya.",
            [("World Health Organization", "ORG"), ("Kenya", "LOC")],
        ),
        (
            "Jordan Pickett saved a penalty in Birmingham, Alabama.",
            [("Jordan Pickett", "PER"), ("Birmingham", "LOC"), ("Alabama", "LOC")],
        ),
        ("A bomb killed nine in Dnipro.", [("Dnipro", "LOC")]),
        ("contact me at john.smith@example.org or http://www.example.org/London", []),
        ("nothing of note happened there", []),
        ("", []),
        ("مرحبا", []),
    ],
)
def test_spans_and_types(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[e.start : e.end], e.type) for e in find_entities(text)] == expected


FRAGMENTS = st.sampled_from(
    [
        "Maria",
        "Lopez",
        "in",
        "Berlin",
        "the",
        "Acme",
        "Corp.",
        "@",
        "’s",
        "WHO",
        "\n",
        "\u2028",
        "a\x00",
        "Łódź",
        "—",
        "of",
    ]
)


@given(st.lists(FRAGMENTS).map(" ".join) | st.text(max_size=200))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for entity in find_entities(text):
        assert end <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end].strip()
        end = entity.end


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("The court in The Hague ruled on Friday.", "The Hague", "NL", "city"),
        ("A bomb killed nine people in Dnipro.", "Dnipro", "UA", "city"),
        ("He was arrested in Paris, Texas, on Monday.", "Paris", "US", "city"),
        ("He was arrested in Paris, France, on Monday.", "Paris", "FR", "city"),
        ("He was arrested in Paris on Monday.", "Paris", "FR", "city"),
        ("A storm killed nine people in Birmingham, Alabama.", "Birmingham", "US", "city"),
        ("A storm killed nine people in Kenya.", "Kenya", "KE", "country"),
        ("He was arrested in Paris, Texas, on Monday.", "Texas", "US", "region"),
    ],
)
def test_places_have_country_and_precision(text: str, name: str, country: str, precision: str) -> None:
    place = next(place for place in mentions(text)[0].places if place.name == name)
    assert (place.country, place.precision) == (country, precision)
    assert place.latitude is not None
    assert place.longitude is not None


@pytest.mark.parametrize(
    ("text", "outlet", "country"),
    [
        ("Police in Georgia said a man was killed in Atlanta.", None, "US"),
        ("A storm hit Atlanta. Ten people were killed in Georgia.", None, "US"),
        ("Miners marched in Tbilisi. Ten people were killed in Georgia.", "US", "GE"),
        ("Ten people were killed in Georgia.", None, "GE"),
        ("Ten people were killed in Georgia.", "US", "US"),
        ("Ten people were killed in Georgia, Russia said.", "US", "GE"),
        ("Ten people were killed in Niger, police in Minna said.", None, "NG"),
    ],
)
def test_a_country_and_a_region_of_its_name_are_told_apart(text: str, outlet: str | None, country: str) -> None:
    found = extract(Article(article_id="a", text=text, language="en", published_at="2024-05-14", country=outlet))
    place = next(place for mention in found for place in mention.places if place.name in ("Georgia", "Niger"))
    assert place.country == country


def test_the_coordinates_are_those_of_the_town_that_is_meant() -> None:
    texas, france = (mentions(f"He was arrested in Paris, {where}.")[0].places[0] for where in ("Texas", "France"))
    assert (round(texas.latitude or 0), round(texas.longitude or 0)) == (34, -96)
    assert (round(france.latitude or 0), round(france.longitude or 0)) == (49, 2)


def test_a_person_is_one_actor_in_the_fullest_form() -> None:
    text = (
        "President Zelenskyy resigned on Monday. Volodymyr Zelenskyy met Anna Weber in Kyiv. Zelenskyy left on Tuesday."
    )
    found = mentions(text)
    names = {actor.name for mention in found for actor in mention.actors}
    assert names == {"Volodymyr Zelenskyy", "Anna Weber"}
    assert not [place for mention in found for place in mention.places if "Zelensky" in place.name]


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Anna Weber met Paul Weber in Vienna on Monday."
    assert {actor.name for actor in mentions(text)[0].actors} == {"Anna Weber", "Paul Weber"}


def test_an_acronym_stands_for_the_name_before_it() -> None:
    text = "The World Health Organization (WHO) met on Monday. The WHO sent doctors to Kenya on Tuesday."
    assert "World Health Organization" in {actor.name for actor in mentions(text)[-1].actors}


@pytest.mark.parametrize(
    ("text", "agent", "patient"),
    [
        ("Maria Lopez attacked Tom Reed on Monday.", "Maria Lopez", "Tom Reed"),
        ("Tom Reed was attacked by Maria Lopez on Monday.", "Maria Lopez", "Tom Reed"),
    ],
)
def test_roles_follow_the_voice_of_the_verb(text: str, agent: str, patient: str) -> None:
    roles = {actor.role: actor.name for actor in mentions(text)[0].actors}
    assert (roles["agent"], roles["patient"]) == (agent, patient)


def test_a_name_is_no_verb() -> None:
    assert [mention.sentence[mention.start : mention.end] for mention in mentions("Maria Lopez met Tom Reed.")] == [
        "met"
    ]


def test_the_card_names_the_files_of_the_model_and_their_licences() -> None:
    folder = Path(tagger.__file__).parent
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    named = {name.strip() for names in card["files"] for name in names.split(",")}
    assert named == {file.name for file in folder.iterdir() if file.suffix in (".json", ".txt", ".bin", ".tsv")} - {
        "card.json"
    }
    assert all(source["licence"] for source in card["data"])
