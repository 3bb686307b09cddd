from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.civil import parse_moment
from schemas.mention import Mention, MentionRetraction
from schemas.vocabulary import Granularity
from schemas.when import When
from tests.timeline.conftest import make_when
from timeline.bucket import mention_key
from timeline.corroborate import Corroborator
from timeline.filed import founded_by

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
        {"sentence": MARCH_AGAIN, "trigger": "demanding"},
    ],
)
def test_other_words_another_day_or_another_occurrence_are_another_event(mention: Make, other: dict[str, str]) -> None:
    first = mention(MARCH, "a1")
    second = mention(**other, article_id="a2")
    corroborator = file_all([first, second])
    assert corroborator.event(founded_by(first.mention_id)).mention_count == 1
    assert corroborator.event(founded_by(second.mention_id)).mention_count == 1


STRIKES = "The strikes killed 17 people and injured 200 before the council resigned"


def test_the_triggers_of_one_sentence_are_one_event_where_they_tell_of_one(mention: Make) -> None:
    strikes = mention(STRIKES, trigger="strikes", category="conflict", type="ASSAULT")
    killed = mention(STRIKES, trigger="killed", category="conflict")
    injured = mention(STRIKES, trigger="injured", category="conflict")
    resigned = mention(STRIKES, trigger="resigned", category="politics")
    corroborator = file_all([killed, resigned, injured, strikes])
    event = corroborator.event(founded_by(killed.mention_id))
    assert set(event.mention_ids) == {strikes.mention_id, killed.mention_id, injured.mention_id}
    assert corroborator.event(founded_by(resigned.mention_id)).mention_count == 1


@pytest.mark.parametrize(
    "other", [{"modality": "planned"}, {"type": "RETREAT"}, {"places": ({"name": "Arden"},)}, {"day": "2025-06-20"}]
)
def test_clearly_different_occurrences_of_one_sentence_are_told_apart(mention: Make, other: dict[str, object]) -> None:
    sentence = "Rebels attacked Samara and withdrew from it"
    given = {"category": "conflict", "type": "ASSAULT", "places": ({"name": "Samara"},)}
    attacked = mention(sentence, trigger="attacked", **given)
    withdrew = mention(sentence, trigger="withdrew", **{**given, **other})
    assert file_all([attacked, withdrew]).event(founded_by(attacked.mention_id)).mention_count == 1


def test_an_article_that_tells_of_two_events_proves_them_one_and_the_younger_redirects(mention: Make) -> None:
    gist = ("valdivia", "quake", "coast", "chile", "tsunami", "richter")
    other = ("rescue", "soldier", "tent", "hospital", "aid", "medicine")
    first = mention(QUAKE, "a1", published_at="2025-06-25", gist=gist)
    second = mention("The quake shook Corral and its harbour", "a2", published_at="2025-06-26", gist=other)
    bridge = mention(
        "The earthquake shook Valdivia and Corral", "a3", published_at="2025-06-27", gist=gist[:3] + other[:3]
    )
    corroborator = file_all([second, first])
    old, young = founded_by(first.mention_id), founded_by(second.mention_id)
    assert corroborator.event(young).redirect_to is None
    entry = corroborator.file(bridge)
    assert entry is not None
    assert set(corroborator.changed(entry)) == {old, young}
    merged, gone = corroborator.event(old), corroborator.event(young)
    assert (gone.redirect_to, merged.redirect_to, merged.mention_count) == (old, None, 3)
    assert gone.revision > 1
    taken_back = corroborator.file(MentionRetraction(mention_id=bridge.mention_id, article_id="a3"))
    assert taken_back is not None
    assert set(corroborator.changed(taken_back)) == {old, young}
    again, alone = corroborator.event(young), corroborator.event(old)
    assert (again.redirect_to, again.mention_ids, alone.mention_ids) == (
        None, (second.mention_id,), (first.mention_id,),
    )  # fmt: skip
    assert again.revision > gone.revision
    assert alone.revision > merged.revision


def test_a_better_trigger_that_comes_late_takes_its_statement_along_while_it_is_held(mention: Make) -> None:
    given = {"category": "conflict", "published_at": "2025-06-26"}
    told = mention("Strikes on the harbour killed 17 people", "a1", trigger="Strikes", type="ASSAULT", **given)
    sentence = "The strikes killed people near the harbour"
    weak = mention(sentence, "a3", trigger="killed", **given)
    lead = mention(sentence, "a3", trigger="strikes", type="ASSAULT", **given)
    corroborator = file_all([told, weak])
    alone = founded_by(weak.mention_id)
    assert corroborator.event_of(weak.mention_id) == alone
    before = corroborator.event(alone)
    entry = corroborator.file(lead)
    assert entry is not None
    joined = founded_by(told.mention_id)
    assert {corroborator.event_of(one.mention_id) for one in (told, weak, lead)} == {joined}
    assert set(corroborator.changed(entry)) == {joined, alone}
    moved = corroborator.event(alone)
    assert (moved.redirect_to, moved.revision > before.revision) == (joined, True)
    corroborator.file(MentionRetraction(mention_id=lead.mention_id, article_id="a3"))
    again = corroborator.event(alone)
    assert (again.redirect_to, again.mention_ids) == (None, (weak.mention_id,))
    assert again.revision > moved.revision


def test_a_day_joins_the_month_that_contains_it_and_the_day_holds(mention: Make) -> None:
    month = When(
        start="2025-06-01", end="2025-07-01", granularity="month", value="2025-06", edtf="2025-06", anchor="explicit",
        rule="test",
    )  # fmt: skip
    vague = mention(MARCH, "a1", when=month)
    exact = mention(MARCH_AGAIN, "a2")
    event = file_all([vague, exact]).event(founded_by(vague.mention_id))
    assert (event.mention_count, event.when, event.other_whens, event.bucket) == (2, exact.when, (month,), "2025-06-25")


def test_a_guessed_day_joins_the_day_before_and_the_date_that_is_given_holds(mention: Make) -> None:
    given = mention(MARCH, "a1", day="2025-06-24")
    guess = mention(MARCH_AGAIN, "a2", confidence=0.4)
    guess = guess.model_copy(update={"when": guess.when.model_copy(update={"rule": "tense.past"})})
    event = file_all([guess, given]).event(founded_by(guess.mention_id))
    assert (event.mention_count, event.when.start) == (2, "2025-06-24")


def test_reports_on_both_sides_of_a_months_end_are_one_event(mention: Make) -> None:
    given = mention(MARCH, "a1", day="2025-01-31")
    guess = mention(MARCH_AGAIN, "a2", when=make_when("2025-02-01").model_copy(update={"rule": "tense.past"}))
    for order in ([given, guess], [guess, given]):
        event = file_all(order).event(founded_by(order[0].mention_id))
        assert (event.mention_count, mention_key(given.when, "a1")) == (2, mention_key(guess.when, "a2"))


@pytest.mark.parametrize(
    ("span", "joins"),
    [
        (("2025-01-01", "2026-01-01", "year", "2025"), True),
        (("2025-04-01", "2025-07-01", "quarter", "2025-34"), True),
        (("2025-06-23", "2025-06-30", "week", "2025-W26"), True),
        (("2025-06-20", None, "open", "2025-06-20/.."), True),
        (("2025-03-20", None, "open", "2025-03-20/.."), False),
        (("2025-07-01", "2025-08-01", "month", "2025-07"), False),
        (("2024-01-01", "2025-01-01", "year", "2024"), False),
        (("2020-01-01", "2030-01-01", "decade", "202X"), False),
    ],
)
def test_a_coarse_report_joins_what_it_contains_in_either_order(
    mention: Make, span: tuple[str, str | None, Granularity, str], *, joins: bool
) -> None:
    start, end, grain, edtf = span
    when = When(start=start, end=end, granularity=grain, value=edtf, edtf=edtf, anchor="explicit", rule="test")
    exact, coarse = mention(MARCH, "a1"), mention(MARCH_AGAIN, "a2", when=when)
    for order in ([exact, coarse], [coarse, exact]):
        event = file_all(order).event(founded_by(order[0].mention_id))
        assert event.mention_count == (2 if joins else 1)
        assert not joins or event.bucket == "2025-06-25"


def test_what_nothing_was_added_to_is_forgotten_and_can_be_read_back(mention: Make) -> None:
    old = mention(MARCH, "a1", published_at="2025-01-01")
    new = mention(QUAKE, "a2", published_at="2025-06-26")
    corroborator = file_all([old, new])
    before = corroborator.event(founded_by(old.mention_id))
    gone = corroborator.evict(parse_moment("2025-06-01").utc_second)
    assert [entry.mention for entry in gone] == [old]
    with pytest.raises(KeyError):
        corroborator.event(founded_by(old.mention_id))
    assert corroborator.event(founded_by(new.mention_id)).mention_count == 1
    corroborator.restore(gone)
    assert corroborator.event(founded_by(old.mention_id)) == before


def test_the_same_words_about_two_places_are_two_events(mention: Make) -> None:
    here = mention(MARCH, "a1", places=({"name": "Lisbon"},))
    there = mention(MARCH.replace("Lisbon", "Porto"), "a2", places=({"name": "Porto"},))
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
