"""Who says so."""

from __future__ import annotations

import pytest

from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention


def find(sentence: str, trigger: str) -> Mention:
    found = extract(Article(article_id="a", text=sentence, language="en", published_at="2022-06-15"))
    return next(m for m in found if sentence[m.start : m.end] == trigger)


@pytest.mark.parametrize(
    ("sentence", "trigger", "source"),
    [
        ("Police said on Monday that rebels attacked the village.", "attacked", "police"),
        ("Rebels attacked the village, officials said.", "attacked", "officials"),
        ("According to witnesses, rebels attacked the village.", "attacked", "witnesses"),
        ("At least five died, according to reports from Northwire Radio.", "died", "Northwire Radio"),
        ("Norland claimed to have captured the port.", "captured", "Norland"),
        ("“We attacked the village,” the commander said.", "attacked", "commander"),
        ("A clerk was killed, said Anna Lee.", "killed", "Anna Lee"),
        ("Anna Lee, a spokeswoman for the union, said the mill burned.", "burned", "Anna Lee"),
        ("A spokesman for the health ministry said late Friday that 12 people had died.", "died",
         "spokesman for the health ministry"),
        ("The company has said it closed the plant.", "closed", "company"),
        ("The blast killed three, state television reported.", "killed", "state television"),
        ("He said that the mill burned.", "burned", None),
        ("The clerk allegedly robbed the bank.", "robbed", None),
    ],
)  # fmt: skip
def test_a_reported_statement_names_its_source(sentence: str, trigger: str, source: str | None) -> None:
    mention = find(sentence, trigger)
    assert (mention.modality, mention.reported_by) == ("reported", source)


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The mill burned.", "burned"),
        ("Police said the mill will reopen.", "reopen"),
        ("The army denied that it attacked the village.", "attacked"),
    ],
)
def test_what_nobody_reports_has_no_source(sentence: str, trigger: str) -> None:
    assert find(sentence, trigger).reported_by is None
