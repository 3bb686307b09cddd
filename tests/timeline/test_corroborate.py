from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.mention import Mention, MentionRetraction
from schemas.when import When
from timeline.corroborate import Corroborator, Filed, founded_by

Make = Callable[..., Mention]

MARCH = "Thousands of farmers marched through Lisbon demanding lower fuel taxes"
MARCH_AGAIN = "Farmers marched through Lisbon in their thousands demanding lower fuel taxes"
QUAKE = "An earthquake shook the coast near Valdivia before dawn"


def file_all(mentions: list[Mention]) -> Corroborator:
    corroborator = Corroborator()
    for one in mentions:
        corroborator.file(one)
    return corroborator


def test_two_reports_of_one_day_in_nearly_the_same_words_are_one_event(mention: Make) -> None:
    first = mention(MARCH, "a1", source="one.example", published_at="2025-06-26")
    second = mention(MARCH_AGAIN, "a2", source="two.example", published_at="2025-06-27")
    event = file_all([first, second]).event(founded_by(first.mention_id))
    assert (event.mention_count, event.article_count, event.source_count) == (2, 2, 2)
    assert event.sources == ("one.example", "two.example")
    assert (event.first_seen, event.last_seen) == ("2025-06-26", "2025-06-27")
    assert event.revision == 2


@pytest.mark.parametrize(
    "other",
    [
        {"sentence": QUAKE},
        {"sentence": MARCH_AGAIN, "day": "2025-06-24"},
        {"sentence": MARCH_AGAIN, "category": "sport"},
    ],
)
def test_other_words_another_day_or_another_category_are_another_event(mention: Make, other: dict[str, str]) -> None:
    first = mention(MARCH, "a1", category="politics")
    second = mention(**other, article_id="a2")
    corroborator = file_all([first, second])
    assert corroborator.event(founded_by(first.mention_id)).mention_count == 1
    assert corroborator.event(founded_by(second.mention_id)).mention_count == 1


def test_the_triggers_of_one_sentence_are_one_event_where_their_category_is_one(mention: Make) -> None:
    shook = mention(QUAKE, mention_id="m_1", start=0, category="disaster")
    killed = mention(QUAKE, mention_id="m_2", start=20, category="disaster")
    promised = mention(QUAKE, mention_id="m_3", start=40, category="politics")
    corroborator = file_all([shook, killed, promised])
    assert corroborator.event(founded_by("m_1")).mention_ids == ("m_1", "m_2")
    assert corroborator.event(founded_by("m_3")).mention_ids == ("m_3",)


def test_the_same_words_about_two_places_are_two_events(mention: Make) -> None:
    here = mention(MARCH, "a1", places=({"name": "Lisbon"},))
    there = mention(MARCH, "a2", places=({"name": "Porto"},))
    corroborator = file_all([here, there])
    assert corroborator.event(founded_by(here.mention_id)).mention_count == 1
    assert corroborator.event(founded_by(there.mention_id)).mention_count == 1


def test_filing_a_mention_again_changes_nothing(mention: Make) -> None:
    corroborator = Corroborator()
    first = mention(MARCH)
    assert corroborator.file(first) is not None
    before = corroborator.event(founded_by(first.mention_id))
    assert corroborator.file(first) is None
    assert corroborator.event(founded_by(first.mention_id)) == before


def test_a_retraction_takes_back_exactly_its_mention(mention: Make) -> None:
    first, second = mention(MARCH, "a1"), mention(MARCH_AGAIN, "a2")
    corroborator = file_all([first, second])
    corroborator.file(MentionRetraction(mention_id=first.mention_id, article_id="a1"))
    event = corroborator.event(founded_by(first.mention_id))
    assert (event.retracted, event.mention_ids, event.title) == (False, (second.mention_id,), MARCH_AGAIN)
    corroborator.file(MentionRetraction(mention_id=second.mention_id, article_id="a2"))
    gone = corroborator.event(founded_by(first.mention_id))
    assert (gone.retracted, gone.mention_count, gone.revision) == (True, 0, 4)


def test_a_retracted_mention_that_is_said_again_holds_again(mention: Make) -> None:
    first = mention(MARCH)
    corroborator = file_all([first])
    corroborator.file(MentionRetraction(mention_id=first.mention_id, article_id="a1"))
    assert corroborator.file(first) is not None
    event = corroborator.event(founded_by(first.mention_id))
    assert (event.retracted, event.mention_count, event.revision) == (False, 1, 3)


def test_a_retraction_of_what_was_never_said_changes_nothing() -> None:
    assert Corroborator().file(MentionRetraction(mention_id="m_x", article_id="a")) is None


def test_an_undated_mention_makes_no_event(mention: Make) -> None:
    undated = When(
        start=None, end=None, granularity="unknown", value="XXXX-WXX-3", edtf=None, anchor="none", rule="test"
    )
    assert Corroborator().file(mention(MARCH, when=undated)) is None


def test_the_firmest_modality_holds(mention: Make) -> None:
    planned = mention(MARCH, "a1", modality="planned")
    asserted = mention(MARCH_AGAIN, "a2", modality="asserted")
    assert file_all([planned, asserted]).event(founded_by(planned.mention_id)).modality == "asserted"


SENTENCES = [MARCH, MARCH_AGAIN, QUAKE, "Valdivia's coast shook in an earthquake before dawn", "The minister resigned"]


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.integers(1, 4), st.booleans()), max_size=12), st.randoms())
def test_state_read_back_in_any_order_gives_the_same_events(
    steps: list[tuple[str, int, bool]], chance: random.Random
) -> None:
    from tests.timeline.conftest import make_mention

    live = Corroborator()
    kept: dict[str, Filed] = {}
    for sentence, article, retract in steps:
        said = make_mention(sentence, f"a{article}")
        taken_back = MentionRetraction(mention_id=said.mention_id, article_id=said.article_id)
        entry = live.file(taken_back if retract else said)
        if entry is not None:
            kept[entry.mention.mention_id] = entry
    entries = [Filed.from_json(entry.to_json()) for entry in kept.values()]
    chance.shuffle(entries)
    restored = Corroborator(entries)
    for event_id in {entry.event_id for entry in entries}:
        assert restored.event(event_id) == live.event(event_id)
