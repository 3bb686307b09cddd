from __future__ import annotations

import pytest

from extraction.mentions import extract
from schemas.article import Article


def modality(sentence: str, trigger: str) -> str:
    found = extract(Article(article_id="a", text=sentence, language="en", published_at="2022-02-02"))
    return next(m.modality for m in found if sentence[m.start : m.end] == trigger)


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("The army attacked the village.", "attacked", "asserted"),
        ("The village was attacked on Monday.", "attacked", "asserted"),
        ("Officials said the army attacked the village.", "attacked", "reported"),
        ("The army attacked the village, officials said.", "attacked", "reported"),
        ("According to witnesses, the army attacked the village.", "attacked", "reported"),
        ("Rebels claimed to have captured the town.", "captured", "reported"),
        ("“We attacked the village,” the commander said.", "attacked", "reported"),
        ("The suspect allegedly robbed the bank.", "robbed", "reported"),
        ("The army will attack the village.", "attack", "planned"),
        ("The firm plans to buy its rival.", "buy", "planned"),
        ("The firm aims to buy its rival by 2030.", "buy", "planned"),
        ("The firm has pledged to buy its rival.", "buy", "planned"),
        ("The trial is scheduled for March.", "trial", "planned"),
        ("The upcoming election worries the party.", "election", "planned"),
        ("The army could attack the village.", "attack", "conditional"),
        ("If the army attacked the village, people would leave.", "attacked", "conditional"),
        ("The opposition called for a truce.", "truce", "conditional"),
        ("The risk of flooding is high.", "flooding", "conditional"),
        ("The army did not attack the village.", "attack", "denied"),
        ("The army denied that it had attacked the village.", "attacked", "denied"),
        ("The two sides failed to sign the treaty.", "sign", "denied"),
        ("The city cancelled a concert.", "cancelled", "asserted"),
        ("The minister never resigned.", "resigned", "denied"),
        ("The trial opens on 3 July 2090.", "opens", "planned"),
        ("Train leaves for Arden on 3 July 2090", "leaves", "asserted"),
        ("The panel will investigate the attack.", "attack", "asserted"),
        ("No soldier of the army entered the village.", "entered", "denied"),
        ("“Nobody entered the village,” the minister said.", "entered", "denied"),
        ("No fewer than ten soldiers entered the village.", "entered", "asserted"),
        ("His lawyer said he would resign.", "resign", "planned"),
        ("His lawyer said he would resign if asked.", "resign", "conditional"),
        ("His lawyer said he would have resigned.", "resigned", "conditional"),
        ("The army denies attacking the village.", "attacking", "denied"),
        ("The town would suffer if rebels attacked the port.", "attacked", "conditional"),
        ("The army may have attacked the village.", "attacked", "conditional"),
        ("The pact has not only cut tariffs but ended a dispute.", "cut", "asserted"),
        ("Schools were closed due to flooding.", "flooding", "asserted"),
        ("The panel will review a film of the robbery.", "robbery", "asserted"),
        ("The mill burned on Monday. The fire could have been prevented.", "fire", "asserted"),
        ("Firemen tried to enter the mill.", "enter", "asserted"),
        ("Russia attacked at dawn, while rebels claimed to have taken control of the port.", "attacked", "asserted"),
    ],
)
def test_modality(sentence: str, trigger: str, expected: str) -> None:
    assert modality(sentence, trigger) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The team is not winning.",
        "Democracy is a form of government.",
        "He believes that the plan is good.",
        "It was a lovely morning in the valley.",
    ],
)
def test_opinions_and_definitions_are_no_events(sentence: str) -> None:
    assert extract(Article(article_id="a", text=sentence, language="en", published_at="2022-02-02")) == []
