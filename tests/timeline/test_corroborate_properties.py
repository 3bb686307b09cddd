"""What holds for the Corroborator whatever is filed, taken back and filed again, in whatever order."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from tests.timeline.conftest import make_mention
from timeline.corroborate import Corroborator
from timeline.filed import Filed

TOWNS = ("Arden", "Corral", "Lisbon")
LINES = (
    "Thousands of farmers marched through {town} demanding lower fuel taxes",
    "Farmers marched in {town} in their thousands",
    "An earthquake shook the coast near {town} before dawn",
    "The quake shook {town} and killed {number} people",
    "The strikes killed {number} people in {town} and injured 20",
)
WORDS = [
    "farmer",
    "tax",
    "fuel",
    "quake",
    "coast",
    "dawn",
    "rescue",
    "soldier",
    "strike",
    "hospital",
    "minister",
    "harbour",
]


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    sentence = draw(st.sampled_from(LINES)).format(town=draw(st.sampled_from(TOWNS)), number=draw(st.integers(1, 2)))
    verb = draw(
        st.sampled_from([word for word in sentence.split() if word in ("marched", "shook", "killed", "injured")])
    )
    return make_mention(
        sentence,
        f"a{draw(st.integers(1, 6))}",
        f"2025-06-{draw(st.integers(24, 26))}",
        verb,
        gist=tuple(draw(st.lists(st.sampled_from(WORDS), unique=True, max_size=8))),
        published_at=f"2025-06-{draw(st.integers(26, 28))}",
        category=draw(st.sampled_from(["conflict", "disaster", None])),
        source=draw(st.sampled_from(["one.example", "two.example", None])),
    )


messages = st.lists(st.tuples(mentions(), st.booleans()), max_size=14)


def taken_back(said: Mention) -> MentionRetraction:
    return MentionRetraction(mention_id=said.mention_id, article_id=said.article_id)


def run(steps: list[tuple[Mention, bool]]) -> tuple[Corroborator, dict[str, Filed]]:
    corroborator, kept = Corroborator(), {}
    for said, retract in steps:
        entry = corroborator.file(taken_back(said) if retract else said)
        if entry is not None:
            kept[entry.mention.mention_id] = entry
    return corroborator, kept


def events(corroborator: Corroborator, kept: dict[str, Filed]) -> dict[str, Event]:
    return {entry.event_id: corroborator.event(entry.event_id) for entry in kept.values()}


def without_revision(found: dict[str, Event]) -> dict[str, Event]:
    return {
        name: event.model_copy(update={"revision": 1})
        for name, event in found.items()
        if not event.retracted or event.redirect_to
    }


@given(messages, st.randoms())
def test_state_read_back_in_any_order_gives_the_same_events(
    steps: list[tuple[Mention, bool]], chance: random.Random
) -> None:
    live, kept = run(steps)
    entries = [Filed.from_json(entry.to_json()) for entry in kept.values()]
    chance.shuffle(entries)
    assert events(Corroborator(entries), kept) == events(live, kept)


@given(messages, messages)
def test_state_read_back_goes_on_as_if_nothing_had_happened(
    steps: list[tuple[Mention, bool]], later: list[tuple[Mention, bool]]
) -> None:
    live, kept = run(steps)
    restored = Corroborator(reversed(kept.values()))
    for said, retract in later:
        message = taken_back(said) if retract else said
        assert restored.file(message) == live.file(message)


@given(messages)
def test_the_same_messages_twice_change_nothing(steps: list[tuple[Mention, bool]]) -> None:
    last = {said.mention_id: (said, retract) for said, retract in steps}
    live, kept = run(list(last.values()))
    before = events(live, kept)
    for said, retract in last.values():
        assert live.file(taken_back(said) if retract else said) is None
    assert events(live, kept) == before


@given(messages, mentions())
def test_what_is_filed_and_taken_back_was_never_there_but_for_revisions(
    steps: list[tuple[Mention, bool]], extra: Mention
) -> None:
    live, kept = run(steps)
    if extra.mention_id in kept:
        return
    before = without_revision(events(live, kept))
    live.file(extra)
    live.file(taken_back(extra))
    assert without_revision(events(live, kept)) == before


@given(messages)
def test_counts_equal_a_recount_and_each_mention_counts_in_one_event(steps: list[tuple[Mention, bool]]) -> None:
    live, kept = run(steps)
    found = [event for event in events(live, kept).values() if event.redirect_to is None]
    counted = [mention_id for event in found for mention_id in event.mention_ids]
    assert sorted(counted) == sorted(name for name, entry in kept.items() if entry.held)
    for event in found:
        mine = [kept[mention_id].mention for mention_id in event.mention_ids]
        assert event.mention_count == len(mine)
        assert event.article_count == len({mention.article_id for mention in mine})
        assert event.source_count <= event.article_count
        assert event.retracted == (not mine)


@given(messages)
def test_redirects_lead_to_an_event_that_stands_for_itself(steps: list[tuple[Mention, bool]]) -> None:
    live, kept = run(steps)
    for event_id in events(live, kept):
        seen = [event_id]
        while (older := live.event(seen[-1]).redirect_to) is not None:
            assert older not in seen
            seen.append(older)


@given(messages)
@settings(max_examples=60)
def test_every_change_of_an_event_is_announced_with_a_greater_revision(steps: list[tuple[Mention, bool]]) -> None:
    live, known = Corroborator(), {}
    for said, retract in steps:
        entry = live.file(taken_back(said) if retract else said)
        changed = set() if entry is None else set(live.changed(entry))
        for event_id in known.keys() | changed:
            now = live.event(event_id)
            if event_id in changed:
                assert event_id not in known or now.revision > known[event_id].revision
            elif now.redirect_to is None:
                assert now == known[event_id]
            known[event_id] = now


@given(messages, st.integers(25, 29))
def test_forgetting_takes_whole_events_and_gives_back_their_records(
    steps: list[tuple[Mention, bool]], day: int
) -> None:
    live, kept = run(steps)
    before = events(live, kept)
    gone = {entry.mention.mention_id: entry for entry in live.evict((20_240 + day) * 86_400)}
    assert all(kept[name] == entry for name, entry in gone.items())
    for event_id, event in before.items():
        members = {name for name, entry in kept.items() if entry.event_id == event_id}
        assert members <= gone.keys() or not members & gone.keys()
        if not members & gone.keys():
            assert live.event(event_id) == event
    live.restore(gone.values())
    assert events(live, kept) == before


@given(messages)
def test_each_mention_is_told_by_the_event_that_it_is_said_to_stand_in(steps: list[tuple[Mention, bool]]) -> None:
    live, kept = run(steps)
    for name, entry in kept.items():
        if entry.held:
            event = live.event(live.event_of(name))
            assert event.redirect_to is None
            assert name in event.mention_ids


SENTENCE = "The strikes killed 2 people in Corral and injured 20, and the minister resigned"


@given(st.permutations(("strikes", "killed", "injured", "resigned")), st.lists(mentions(), max_size=6))
def test_the_triggers_of_a_statement_are_one_event_in_whatever_order_they_come(
    triggers: list[str], others: list[Mention]
) -> None:
    told = [make_mention(SENTENCE, "a9", trigger=trigger, type=None) for trigger in triggers]
    live, _ = run([(said, False) for said in (*others, *told)])
    assert len({live.event_of(said.mention_id) for said in told}) == 1
