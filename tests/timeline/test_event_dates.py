"""The choice of dates among stored events."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from extraction.mentions import extract
from schemas.article import Article
from schemas.event import Event
from schemas.mention import Actor
from schemas.when import When
from tests.timeline.conftest import make_when
from timeline.corroborate import Corroborator
from timeline.event_dates import rank_dates


def event(event_id: str, day: str, *actors: str, sources: int = 1, confidence: float = 0.8, **fields: object) -> Event:
    given: dict[str, object] = {
        "event_id": event_id,
        "revision": 1,
        "bucket": day,
        "title": event_id,
        "when": make_when(day),
        "actors": tuple(Actor(name=name) for name in actors),
        "modality": "asserted",
        "confidence": confidence,
        "mention_count": sources,
        "article_count": sources,
        "source_count": sources,
        **fields,
    }
    return Event.model_validate(given)


def dates(*events: Event, limit: int | None = None) -> list[str]:
    return [ranked.date for ranked in rank_dates(events, limit)]


def test_the_day_with_more_sources_comes_first() -> None:
    assert dates(event("a", "2025-01-05"), event("b", "2025-06-07", sources=9)) == ["2025-06-07", "2025-01-05"]


def test_equal_days_come_by_date_and_the_best_scores_one() -> None:
    ranked = rank_dates([event("a", "2025-06-07"), event("b", "2025-01-05")])
    assert [(one.date, one.score) for one in ranked] == [("2025-01-05", 1.0), ("2025-06-07", 1.0)]


def test_the_limit_cuts() -> None:
    assert dates(event("a", "2025-01-05"), event("b", "2025-06-07", sources=9), limit=1) == ["2025-06-07"]


def test_a_surer_date_comes_first() -> None:
    assert dates(event("a", "2025-01-05", confidence=0.3), event("b", "2025-06-07"))[0] == "2025-06-07"


def test_a_day_that_a_text_names_comes_before_one_that_is_inferred() -> None:
    text = "The mayor of Arden resigned. The bridge of Velden fell on 7 June 2024."
    told = extract(Article(article_id="a1", text=text, published_at="2025-01-05"))
    corroborator = Corroborator()
    filed = [entry for mention in told if (entry := corroborator.file(mention)) is not None]
    ranked = rank_dates([corroborator.event(entry.event_id) for entry in filed])
    assert [(one.date, one.score < 0.7) for one in ranked] == [("2024-06-07", False), ("2025-01-05", True)]


def test_what_the_others_are_about_comes_first() -> None:
    about = [event(f"o{month}", f"2025-{month:02d}-05", "Orvik", "Lervik") for month in range(1, 5)]
    assert dates(event("x", "2024-06-07", "Quillon"), *about)[-1] == "2024-06-07"


def test_a_quiet_month_keeps_a_day_beside_a_loud_one() -> None:
    loud = [event(f"l{day}", f"2025-03-{day:02d}", sources=3) for day in range(1, 27)]
    assert "2025-09-20" in dates(event("q", "2025-09-20", sources=2), *loud, limit=1)


def test_the_events_of_a_date_come_with_it_the_weightiest_first() -> None:
    (ranked,) = rank_dates([event("a", "2025-01-05"), event("b", "2025-01-05", sources=9)])
    assert [one.event_id for one in ranked.events] == ["b", "a"]


def test_only_the_last_revision_of_an_event_counts() -> None:
    old, new = event("a", "2025-01-05"), event("a", "2025-06-07", revision=2)
    assert dates(new, old) == dates(old, new) == ["2025-06-07"]


def test_what_is_gone_or_has_no_day_gives_no_date() -> None:
    month = When(
        start="2025-02-01", end="2025-03-01", granularity="month", value="2025-02", edtf="2025-02",
        anchor="explicit", rule="test",
    )  # fmt: skip
    gone = event("a", "2025-01-05", retracted=True), event("b", "2025-01-06", redirect_to="c")
    assert dates(*gone, event("m", "2025-02-01", when=month)) == []


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 9)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(told: list[tuple[int, int]], chance: random.Random) -> None:
    events = [event(f"e{n}", f"2025-01-{day:02d}", sources=sources) for n, (day, sources) in enumerate(told)]
    mixed = chance.sample(events, len(events))
    assert rank_dates(mixed) == rank_dates(events)
