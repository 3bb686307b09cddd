"""The article in seeds/ comes out as a person would date it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention
from timeline.corroborate import Corroborator

TEXT = (Path(__file__).parents[2] / "seeds" / "000_16dccf7838e19d1b.txt").read_text(encoding="utf-8")


def mentions(published_at: str | None) -> dict[str, list[Mention]]:
    article = Article(article_id="seed", text=TEXT, published_at=published_at, language="en")
    found: dict[str, list[Mention]] = {}
    for mention in extract(article):
        found.setdefault(TEXT[mention.start : mention.end], []).append(mention)
    return found


@pytest.fixture(scope="module")
def seed() -> dict[str, list[Mention]]:
    return mentions("2025-06-26")


def test_meeting_was_on_wednesday_in_the_hague(seed: dict[str, list[Mention]]) -> None:
    meeting, again = seed["meeting"]
    assert (again.when.start, again.when.rule) == ("2025-06-25", "reference.same_event")
    assert (meeting.when.start, meeting.when.end, meeting.when.granularity) == ("2025-06-25", "2025-06-26", "day")
    assert [(place.name, place.country) for place in meeting.places] == [("The Hague", "NL")]
    assert {actor.name for actor in meeting.actors} >= {"Volodymyr Zelenskyy", "Donald Trump"}
    assert meeting.sentence.startswith("Ukrainian President")
    assert meeting.confidence > 0.8


def test_strikes_are_dated_by_the_publication_and_say_so(seed: dict[str, list[Mention]]) -> None:
    (strikes,) = seed["strikes"]
    assert (strikes.when.start, strikes.when.rule) == ("2025-06-26", "tense.past.publication")
    assert strikes.when.anchor == "publication_date"
    assert strikes.confidence <= 0.5
    assert [(q.kind, q.value, q.bound) for q in strikes.quantities] == [
        ("killed", 17, "at_least"),
        ("injured", 200, "at_least"),
    ]
    assert [place.name for place in strikes.places] == ["Dnipro"]
    assert strikes.reported_by == "Al Jazeera"


def test_those_killed_have_a_mention_of_their_own_in_the_event_of_the_strikes(seed: dict[str, list[Mention]]) -> None:
    (killed,), (injured,) = seed["killed"], seed["injured"]
    assert [(q.kind, q.value) for q in killed.quantities] == [("killed", 17)]
    assert [(q.kind, q.value) for q in injured.quantities] == [("injured", 200)]
    corroborator = Corroborator()
    filed = {
        word: corroborator.file(mention)
        for word, found in seed.items()
        for mention in found
        if word in ("meeting", "strikes", "killed", "injured")
    }
    events = {word: entry.event_id for word, entry in filed.items() if entry is not None}
    assert events["strikes"] == events["killed"] == events["injured"] != events["meeting"]
    assert corroborator.event(events["meeting"]).mention_count == 2


def test_attack_in_samara_killed_two(seed: dict[str, list[Mention]]) -> None:
    (attack,) = seed["attack"]
    assert [place.name for place in attack.places] == ["Samara"]
    assert [(q.kind, q.value) for q in attack.quantities] == [("killed", 2)]
    assert (attack.when.start, attack.when.granularity) == ("2025-06-26", "day")


def test_claim_of_control_is_reported_and_not_dated_2014(seed: dict[str, list[Mention]]) -> None:
    (control,) = seed["taken control"]
    assert (control.modality, control.reported_by) == ("reported", "Russia")
    assert control.when.start == "2025-06-26"


def test_flashpoint_since_2014_is_open(seed: dict[str, list[Mention]]) -> None:
    (flashpoint,) = seed["flashpoint"]
    assert (flashpoint.when.start, flashpoint.when.end, flashpoint.when.edtf) == ("2014-01-01", None, "2014/..")
    assert flashpoint.title == "Dyliivka in Donetsk — a key flashpoint since 2014"


def test_pledge_for_2035_is_planned_and_ends(seed: dict[str, list[Mention]]) -> None:
    (invest,) = seed["invest"]
    assert invest.modality == "planned"
    assert (invest.when.start, invest.when.end, invest.when.granularity) == ("2025-06-26", "2036-01-01", "year")
    assert invest.when.edtf == "2025-06-26/2035"
    assert [(q.kind, q.value, q.bound) for q in invest.quantities] == [("percent", 5, "at_least")]


def test_junk_and_the_dateline_make_no_event(seed: dict[str, list[Mention]]) -> None:
    for found in seed.values():
        for mention in found:
            assert "FACEBOOK" not in mention.sentence
            assert not mention.sentence.startswith("The Hague")


def test_nobody_is_a_place(seed: dict[str, list[Mention]]) -> None:
    places = {place.name for found in seed.values() for mention in found for place in mention.places}
    assert not {name for name in places if "Zelensky" in name or "Trump" in name or "Putin" in name}


def test_without_a_publication_date_nothing_is_dated_by_it() -> None:
    found = mentions(None)
    meeting, again = found["meeting"]
    assert not again.when.resolved
    assert meeting.when.value == "XXXX-WXX-3"
    assert not meeting.when.resolved
    assert found["strikes"][0].when.rule == "tense.past.unresolved"
    assert found["flashpoint"][0].when.start == "2014-01-01"
    assert found["invest"][0].when.start is None
