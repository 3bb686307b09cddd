from __future__ import annotations

from collections.abc import Callable

from schemas.civil import parse_day
from schemas.dated_article import DatedArticle, NamedDay
from schemas.mention import Mention
from timeline.day_events import KEPT, DayMentions
from timeline.topic import Topic

DAY = "2021-03-02"
ABOUT = Topic([{"Orvik": 1.0}])


def article(article_id: str, *days: str, milestones: int = 1, names: tuple[str, ...] = ("Orvik",)) -> DatedArticle:
    named = tuple(NamedDay(parse_day(day), 0, 200, frozenset(names), milestones, 0) for day in days)
    return DatedArticle(article_id, None, {}, {}, named)


def test_the_event_that_more_articles_report_comes_first(mention: Callable[..., Mention]) -> None:
    kept = DayMentions()
    kept.add(article("a0", DAY), [mention("A market was opened in the north.", "a0", DAY)])
    for number in range(1, 4):
        said = mention("The Lervik dam burst and flooded the town.", f"a{number}", DAY)
        kept.add(article(f"a{number}", DAY), [said])
    events = kept.events(DAY, ABOUT, 5)
    assert [(event.title, event.article_count) for event in events] == [
        ("The Lervik dam burst and flooded the town.", 3),
        ("A market was opened in the north.", 1),
    ]


def test_an_event_has_the_title_of_the_mention_that_says_most(mention: Callable[..., Mention]) -> None:
    kept = DayMentions()
    for article_id, confidence in (("a1", 0.3), ("a2", 0.9), ("a3", 0.5)):
        said = mention("The Lervik dam burst near town.", article_id, DAY, confidence=confidence, title=article_id)
        kept.add(article(article_id, DAY), [said])
    assert [event.title for event in kept.events(DAY, ABOUT, 5)] == ["a2"]


def test_a_sentence_that_names_two_days_says_less_for_each(mention: Callable[..., Mention]) -> None:
    kept = DayMentions()
    looking_back = mention("They mourned a year after the dam had burst.", "a1", DAY)
    kept.add(article("a1", DAY, "2022-03-02"), [looking_back])
    kept.add(article("a2", DAY), [mention("Water stood in every street.", "a2", DAY)])
    assert kept.events(DAY, ABOUT, 1)[0].title == "Water stood in every street."


def test_of_two_events_with_like_titles_one_is_shown(mention: Callable[..., Mention]) -> None:
    kept = DayMentions()
    told = [
        mention("The Lervik dam burst near Orvik.", "a1", DAY),
        mention("Orvik saw the Lervik dam burst.", "a2", DAY, trigger="saw"),
        mention("A chess club opened its doors in Tarn.", "a3", DAY, trigger="opened"),
    ]
    for one in told:
        kept.add(article(one.article_id, DAY), [one])
    shown = [event.title for event in kept.events(DAY, ABOUT, 5)]
    assert len(shown) == 2
    assert shown[1] == told[2].title


def test_the_order_of_articles_does_not_matter(mention: Callable[..., Mention]) -> None:
    told = [
        (article(f"a{n}", DAY), [mention(f"The dam burst at mill {n}.", f"a{n}", DAY, title=f"Mill{n}")])
        for n in range(KEPT + 6)
    ]
    first, second = DayMentions(), DayMentions()
    for one, mentions in told:
        first.add(one, mentions)
    for one, mentions in reversed(told):
        second.add(one, mentions)
    assert first.events(DAY, ABOUT, 9) == second.events(DAY, ABOUT, 9)
    assert sum(event.article_count for event in first.events(DAY, ABOUT, 99)) == KEPT


def test_what_is_coarser_than_a_day_or_undated_is_no_event_of_a_day(mention: Callable[..., Mention]) -> None:
    kept = DayMentions()
    year = mention("The dam burst.").when.model_copy(update={"granularity": "year", "end": "2022-01-01"})
    kept.add(article("a1"), [mention("The dam burst.", "a1", DAY, when=year)])
    assert kept.events(DAY, ABOUT, 5) == []
    assert kept.events("2021-01-01", ABOUT, 5) == []
