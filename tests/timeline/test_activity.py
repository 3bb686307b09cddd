from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from schemas.civil import parse_moment
from schemas.report import Report
from tests.timeline.conftest import make_mention
from timeline.activity import LATENESS, MOST_TOPICS, WIDTH, Activity, Reported, report_of, rising

NOON = parse_moment("2025-06-26T12:00:00Z").utc_second
LATER = datetime(2025, 6, 28, tzinfo=UTC)


def said(article: str, minute: int = 0, *topics: str) -> Report:
    clock = f"{12 + minute // 60:02d}:{minute % 60:02d}"
    return Report(
        article_id=article,
        published_at=f"2025-06-26T{clock}:00Z",
        mention_count=2,
        topics=topics or ("category:politics", "place:Arden"),
    )


def activity_of(*reports: Report) -> Activity:
    activity = Activity((), LATER)
    for report in reports:
        activity.report(report.article_id, report)
    return activity


def test_a_window_sums_its_articles() -> None:
    window = activity_of(said("a", 3), said("b", 14, "place:Velden"), said("c", 15)).window(NOON)
    assert (window.window, window.end) == ("activity:2025-06-26T12:00:00Z", "2025-06-26T12:15:00Z")
    assert (window.article_count, window.mention_count, window.topic_count, window.revision) == (2, 4, 3, 2)
    assert window.by_topic == {"category:politics": 1, "place:Arden": 1, "place:Velden": 1}
    assert not window.complete


def test_a_window_is_complete_when_a_publication_has_passed_it_by_the_lateness() -> None:
    activity = activity_of(said("a"), said("b", (WIDTH + LATENESS) // 60 - 1))
    assert activity.completed(LATER) == []
    activity.report("c", said("c", (WIDTH + LATENESS) // 60))
    before = activity.window(NOON).revision
    assert activity.completed(LATER) == [NOON]
    assert activity.window(NOON).complete
    assert activity.window(NOON).revision == before + 1
    assert activity.completed(LATER) == []


def test_what_comes_after_that_makes_a_revision() -> None:
    activity = activity_of(said("a"), said("b", 120))
    activity.completed(LATER)
    final = activity.window(NOON)
    activity.report("late", said("late", 1))
    revised = activity.window(NOON)
    assert (revised.article_count, revised.complete) == (2, True)
    assert revised.revision > final.revision


def test_a_publication_from_the_future_completes_nothing_until_it_is_the_present() -> None:
    activity = activity_of(said("a"), said("b", 600))
    noon = datetime(2025, 6, 26, 12, 5, tzinfo=UTC)
    fresh = Activity([Reported.from_json(one.to_json()) for one in entries_of(activity)], noon)
    assert not fresh.window(NOON).complete
    assert fresh.completed(LATER) == [NOON]


def entries_of(activity: Activity) -> list[Reported]:
    return [one for window in activity._windows.values() for one in window.values()]


def test_an_article_that_is_withdrawn_or_published_at_another_time_leaves_its_window() -> None:
    activity = activity_of(said("a"), said("b"))
    moved = activity.report("a", said("a", 20))
    assert [(one.start, one.held) for one in moved] == [(NOON + WIDTH, True), (NOON, False)]
    assert activity.report("b", None)[0].held is False
    assert activity.window(NOON).article_count == 0
    assert activity.window(NOON).by_topic == {}
    assert activity.window(NOON + WIDTH).article_count == 1
    assert activity.report("b", None) == []
    assert activity.report("unknown", None) == []


def test_the_same_report_twice_changes_nothing() -> None:
    activity = activity_of(said("a"))
    assert activity.report("a", said("a")) == []


def test_a_busy_window_names_the_topics_of_the_most_articles() -> None:
    many = [f"actor:{number:04d}" for number in range(MOST_TOPICS + 5)]
    window = activity_of(said("a", 0, *many), said("b", 0, many[-1])).window(NOON)
    assert window.topic_count == MOST_TOPICS + 5
    assert len(window.by_topic) == MOST_TOPICS
    assert next(iter(window.by_topic.items())) == (many[-1], 2)


def test_a_topic_rises_against_its_usual_level() -> None:
    usual = [said(f"v{number}", number * 15 % 240, "place:Velden") for number in range(40)]
    now = [said(f"a{number}", 240, "place:Arden") for number in range(6)] + [said("v", 240, "place:Velden")]
    activity = activity_of(*usual, *now)
    before = [activity.window(NOON + number * WIDTH) for number in range(16)]
    (risen,) = rising(activity.window(NOON + 240 * 60), before)
    assert (risen.topic, risen.articles, risen.usual) == ("place:Arden", 6, 0)


def test_an_article_tells_of_its_mentions_topics_once() -> None:
    mentions = [
        make_mention("Farmers marched", "a", mention_id=f"m{number}", category="politics", places=({"name": "Arden"},))
        for number in range(3)
    ]
    article = Article(article_id="a", text="Farmers marched.", published_at="2025-06-26T08:30:00+02:00")
    report = report_of(article, mentions)
    assert report is not None
    assert (report.mention_count, report.topics) == (3, ("category:politics", "place:Arden"))
    assert activity_of(report).window(parse_moment("2025-06-26T06:30:00Z").utc_second).article_count == 1


@pytest.mark.parametrize("published_at", [None, "2025-06-26"])
def test_an_article_without_a_time_of_publication_reports_nothing(published_at: str | None) -> None:
    article = Article(article_id="a", text="Farmers marched.", published_at=published_at)
    assert report_of(article, [make_mention("Farmers marched")]) is None


def test_an_article_without_mentions_reports_nothing() -> None:
    assert report_of(Article(article_id="a", text="Well.", published_at="2025-06-26T08:30:00Z"), []) is None


steps = st.lists(
    st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(0, 90)), st.sampled_from(["Arden", "Velden"])),
    max_size=25,
)


@given(steps, st.randoms(), st.integers(0, 3))
def test_a_window_equals_a_recount_and_state_read_back_in_any_order_gives_it(
    taken: list[tuple[int, int | None, str]], chance: random.Random, lost: int
) -> None:
    live, kept, last = Activity((), LATER), dict[str, Reported](), dict[str, Report]()
    for number, minute, place in taken:
        article = f"a{number}"
        report = None if minute is None else said(article, minute, f"place:{place}")
        entries = live.report(article, report)
        for entry in entries[: 1 if lost == 0 else None]:  # a crash may keep only the first
            kept[entry.key] = Reported.from_json(entry.to_json())
        last.pop(article, None)
        if report is not None:
            last[article] = report
    entries = list(kept.values())
    chance.shuffle(entries)
    restored = Activity(entries, LATER)
    live.completed(LATER)
    for start in {entry.start for entry in kept.values()}:
        window = live.window(start)
        again = restored.window(start)
        assert again.revision >= window.revision
        assert again.model_copy(update={"revision": window.revision}) == window
        assert again == window or lost == 0
        mine = [one for one in last.values() if 0 <= parse_moment(one.published_at).utc_second - start < WIDTH]
        assert window.article_count == len(mine)
        assert sum(window.by_topic.values()) == len(mine)


@given(st.permutations([said(f"a{number}", number * 7) for number in range(10)]))
def test_the_order_of_articles_does_not_matter(order: list[Report]) -> None:
    live, sorted_ = activity_of(*order), activity_of(*sorted(order, key=lambda one: one.article_id))
    for start in range(NOON, NOON + 4 * WIDTH, WIDTH):
        assert live.window(start) == sorted_.window(start)
