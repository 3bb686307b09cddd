from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.civil import parse_moment
from schemas.mention import Mention, MentionRetraction
from tests.timeline.conftest import make_mention
from timeline.activity import LATENESS, WIDTH, Activity, Reported

NOON = parse_moment("2025-06-26T12:00:00Z").utc_second


def said(number: int, minute: int = 0, place: str = "Arden", article: str | None = None) -> Mention:
    clock = f"{12 + minute // 60:02d}:{minute % 60:02d}"
    return make_mention(
        f"Farmers marched through {place}", article or f"a{number}", mention_id=f"m{number}",
        published_at=f"2025-06-26T{clock}:00Z", category="politics", places=({"name": place},),
    )  # fmt: skip


def taken_back(mention: Mention) -> MentionRetraction:
    return MentionRetraction(mention_id=mention.mention_id, article_id=mention.article_id)


def test_a_window_is_published_when_the_watermark_has_passed_it_by_the_lateness() -> None:
    activity = Activity()
    activity.report(said(1, 3))
    assert activity.advance(NOON + WIDTH + LATENESS - 1) == []
    (window,) = activity.advance(NOON + WIDTH + LATENESS)
    assert (window.window, window.end) == ("activity:2025-06-26T12:00:00Z", "2025-06-26T12:15:00Z")
    assert (window.mention_count, window.article_count, window.revision) == (1, 1, 1)
    assert window.by_topic == {"category:politics": 1, "place:Arden": 1}
    assert activity.advance(NOON + 10 * LATENESS) == []


def test_what_comes_later_makes_a_revision() -> None:
    activity = Activity()
    activity.report(said(1))
    (first,) = activity.advance(NOON + 2 * LATENESS)
    activity.report(said(2, 14))
    (second,) = activity.advance(NOON + 2 * LATENESS)
    activity.report(taken_back(said(1)))
    (third,) = activity.advance(NOON + 2 * LATENESS)
    assert [window.mention_count for window in (first, second, third)] == [1, 2, 1]
    assert first.revision < second.revision < third.revision


def test_an_article_counts_once_for_a_topic() -> None:
    activity = Activity()
    for number in range(3):
        activity.report(said(number, article="a"))
    window = activity.window(NOON)
    assert (window.mention_count, window.article_count, window.by_topic["place:Arden"]) == (3, 1, 1)


def test_a_topic_rises_against_its_usual_level() -> None:
    activity = Activity()
    for number in range(40):  # Velden is told of all the time, Arden suddenly
        activity.report(said(number, number * 15 % 240, place="Velden"))
    for number in range(40, 46):
        activity.report(said(number, 240, place="Arden"))
    activity.report(said(50, 240, place="Velden"))
    rising = activity.rising(NOON + 240 * 60)
    assert [one.topic for one in rising] == ["place:Arden", "category:politics"]
    assert (rising[0].articles, rising[0].usual) == (6, 0)


def test_published_windows_are_forgotten_and_others_are_not() -> None:
    activity = Activity()
    activity.report(said(1))
    assert activity.forget(NOON + 10 * LATENESS) == []
    activity.advance(NOON + 10 * LATENESS)
    assert [one.mention_id for one in activity.forget(NOON + 10 * LATENESS)] == ["m1"]
    with pytest.raises(KeyError):
        activity.window(NOON)


def test_a_mention_without_a_publication_date_is_in_no_window() -> None:
    assert Activity().report(make_mention("Farmers marched")) is None


steps = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 60), st.sampled_from(["Arden", "Velden"]), st.booleans()), max_size=20
)


@given(steps, st.randoms())
def test_a_window_equals_a_recount_and_state_read_back_in_any_order_gives_it(
    taken: list[tuple[int, int, str, bool]], chance: random.Random
) -> None:
    live, kept = Activity(), dict[str, Reported]()
    for number, minute, place, retract in taken:
        mention = said(number, minute, place, f"a{number % 3}")
        entry = live.report(taken_back(mention) if retract else mention)
        if entry is not None:
            kept[entry.mention_id] = Reported.from_json(entry.to_json())
    entries = list(kept.values())
    chance.shuffle(entries)
    restored = Activity(entries)
    windows = live.advance(NOON + 10 * LATENESS)
    assert restored.advance(NOON + 10 * LATENESS) == windows
    assert sum(window.mention_count for window in windows) == sum(entry.held for entry in kept.values())
    for window in windows:
        mine = [one for one in kept.values() if one.held and one.start == parse_moment(window.start).utc_second]
        assert window.article_count == len({one.article_id for one in mine})
        topics = {(one.article_id, topic) for one in mine for topic in one.topics}
        assert sum(window.by_topic.values()) == len(topics)


@given(st.permutations([said(number, number * 7, "Arden", f"a{number % 4}") for number in range(10)]))
def test_the_order_of_reports_does_not_matter(order: list[Mention]) -> None:
    live, sorted_ = Activity(), Activity()
    for mention in order:
        live.report(mention)
    for mention in sorted(order, key=lambda one: one.mention_id):
        sorted_.report(mention)
    assert live.advance(NOON + 10 * LATENESS) == sorted_.advance(NOON + 10 * LATENESS)
