"""Verbs of no list, event nouns and results: what is a trigger and what is none."""

from __future__ import annotations

import pytest

from extraction.mentions import extract
from schemas.article import Article


def triggers(sentence: str) -> list[str]:
    article = Article(article_id="a", text=sentence, language="en", published_at="2022-06-15")
    return [sentence[m.start : m.end] for m in extract(article)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The crane toppled onto two vans.", ["toppled"]),
        ("A clerk slipped through the gate and hid a bag.", ["slipped", "hid"]),
        ("She was combing the beach when the tide trapped her.", ["combing", "trapped"]),
        ("Two men hurled bricks, smashing a window.", ["hurled", "smashing"]),
        ("A man looking for his dog broke a fence.", ["looking", "broke"]),
        ("He put a ladder against the wall.", ["put"]),
        ("The firm did not only trim its debt but also rehired two clerks.", ["trim", "rehired"]),
        ("A driver reported the fire.", ["reported", "fire"]),
        ("Three were found dead in the ruins.", ["found", "dead"]),
        ("The barn was ablaze by noon.", ["ablaze"]),
        ("The talks came amid strikes that killed five.", ["talks", "strikes", "killed"]),
        ("A clerk came before noon.", ["came"]),
        ("The army will continue to strike the port.", ["strike"]),
        ("Strikes that killed five shook the port.", ["Strikes", "killed", "shook"]),
        ("The jury found the broker guilty.", ["found", "guilty"]),
        ("The firm confirmed that a pump had failed.", ["confirmed", "failed"]),
        ("She's gone to the coast.", ["gone"]),
        ("The strike is over.", ["strike", "over"]),
        ("The outage is over, and he regained consciousness.", ["outage", "over", "regained consciousness"]),
        ("A clerk is suspected of theft.", ["suspected of", "theft"]),
        # verbs in the present, which look like nouns
        ("A new pump supplies the villages.", ["supplies"]),
        ("The council wants pumps to irrigate. It tests a valve.", ["tests"]),
        ("Engineers test a valve.", ["test"]),
        ("The firm will open a mill to supply two towns.", ["open", "supply"]),
        ("A clerk was charged with smuggling pearls.", ["charged", "smuggling"]),
        ("A van crossed the yard without hitting anyone.", ["crossed", "hitting"]),
        ("Three die in barn fire", ["die", "fire"]),
        ("Anna Lee, mayor of Arden, dies", ["dies"]),
        ("Rovers lose 3-1 to Calder", ["lose"]),
        ("The board named Anna Lee chairwoman.", ["named"]),
        ("Two men were in custody on Friday.", ["in custody"]),
        ("More turbines were brought online last night.", ["brought", "online"]),
    ],
)
def test_each_occurrence_has_a_mention(sentence: str, expected: list[str]) -> None:
    assert triggers(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The charred beams are of oak.",
        "The building belongs to a bank.",
        "It seemed that nothing was missing.",
        "The threat posed by rivals remains.",
        "He said that he knew nothing.",
        "The dead are unknown.",
        "They used to own it.",
        "The bridge was over the river.",
        "There are 16 confirmed cases.",
        "Freedom of speech matters.",
        "The panel will continue to monitor it.",
        "This is about saving our town.",
        "A man named Lee owns a dog.",
        "The owner, who supplies valves, is 60.",
        "Its works and supplies are of a kind.",
        "The price of the shares is low.",
    ],
)
def test_states_opinions_and_sayings_have_none(sentence: str) -> None:
    assert triggers(sentence) == []


def test_a_trigger_within_a_date_is_none() -> None:
    assert triggers("The firm will close the mill by the end of 2025.") == ["close"]


def test_a_noun_that_qualifies_an_event_is_none() -> None:
    assert triggers("The council held an emergency meeting.") == ["meeting"]


def test_what_is_told_in_one_breath_has_one_category() -> None:
    text = "A man walked into a bank on Monday and shot three clerks."
    found = extract(Article(article_id="a", text=text, language="en", published_at="2022-06-15"))
    assert [mention.category for mention in found] == ["law_crime", "law_crime"]
