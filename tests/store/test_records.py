"""Articles, mentions, windows and dead letters: what is written is read, and the last of each key holds."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.dead_letter import DeadLetter
from schemas.mention import MentionRetraction
from schemas.window import Window
from store.identifiers import IDS_A_QUERY
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, a_mention, an_article, an_event, at

NOTHING = {"articles": 0, "mentions": 0, "events": 0, "windows": 0, "dead_letters": 0}


def test_an_empty_store_answers_nothing(store: TimelineStore) -> None:
    store.ping()
    assert store.counts() == NOTHING
    assert store.event("e_1") is None
    assert store.article("a_1") is None
    assert store.mentions([]) == store.mentions(["m_1"]) == store.mentions_of_article("a_1") == []
    assert store.newest(5) == store.windows(["timeline:a"]) == store.dead_letters() == []


def test_writing_nothing_is_nothing(store: TimelineStore) -> None:
    for write in (store.write_articles, store.write_mentions, store.write_events, store.write_windows):
        write([])
    assert store.counts() == NOTHING


def test_an_article_is_read_as_it_was_written(store: TimelineStore) -> None:
    article = an_article(
        text="Zwölf\r\n\tBoxkämpfer 'quoted' \\ \x00 🚀 {a:Int32}", title='"', source="example.org", language="de",
        published_at="2025-06-26T08:30:00+02:00", published_at_source="given",
    )  # fmt: skip
    store.write_articles([(article, "a_1", at(0))])
    assert store.article("a_1") == article


def test_the_later_offset_of_an_article_holds(store: TimelineStore) -> None:
    store.write_articles([(an_article(text="second"), "a_1", at(7))])
    store.write_articles([(an_article(text="first"), "a_1", at(3))])
    article = store.article("a_1")
    assert article is not None
    assert article.text == "second"


def test_a_withdrawn_article_is_gone_until_it_is_published_again(store: TimelineStore) -> None:
    store.write_articles([(an_article(), "a_1", at(0)), (an_article("a_2"), "a_2", at(1)), (None, "a_1", at(2))])
    assert store.article("a_1") is None
    assert store.counts()["articles"] == 1
    store.write_articles([(an_article(), "a_1", at(0))])  # delivered again
    assert store.article("a_1") is None
    store.write_articles([(an_article(text="corrected"), "a_1", at(9))])
    assert store.article("a_1") == an_article(text="corrected")


def test_an_identifier_is_data(store: TimelineStore) -> None:
    odd = "it's \\' OR 1=1 -- {id:String} \t%s ünï"
    store.write_articles([(an_article(odd), odd, at(0))])
    store.write_mentions([(a_mention(odd, odd), at(0))])
    store.write_events([(an_event(odd), ORIGIN)])
    assert store.article(odd) == an_article(odd)
    assert store.mentions([odd]) == store.mentions_of_article(odd) == [a_mention(odd, odd)]
    assert store.event(odd) == an_event(odd)


def test_mentions_come_in_the_order_asked_for(store: TimelineStore) -> None:
    store.write_mentions([(a_mention(f"m_{n}"), at(n)) for n in range(3)])
    asked = ["m_2", "m_0", "m_unknown", "m_1", "m_2"]
    assert [mention.mention_id for mention in store.mentions(asked)] == ["m_2", "m_0", "m_1"]


def test_more_identifiers_than_fit_one_parameter(store: TimelineStore) -> None:
    mentions = [a_mention(f"m_{n:020d}") for n in range(IDS_A_QUERY + 5)]
    store.write_mentions([(mention, at(n)) for n, mention in enumerate(mentions)])
    assert store.mentions([mention.mention_id for mention in mentions]) == mentions


def test_the_mentions_of_an_article_come_in_the_order_of_its_text(store: TimelineStore) -> None:
    late, early = a_mention("m_1", sentence_start=50, start=55), a_mention("m_2")
    store.write_mentions([(late, at(0)), (early, at(1)), (a_mention("m_3", "a_2"), at(2))])
    assert store.mentions_of_article("a_1") == [early, late]


def test_a_mention_may_be_taken_back_and_said_again(store: TimelineStore) -> None:
    store.write_mentions([(a_mention(), at(0))])
    store.write_mentions([(MentionRetraction(mention_id="m_1", article_id="a_1"), at(1))])
    store.write_mentions([(a_mention(), at(0))])  # delivered again
    assert store.mentions(["m_1"]) == store.mentions_of_article("a_1") == []
    assert store.counts()["mentions"] == 0
    store.write_mentions([(a_mention(), at(2))])
    assert store.mentions(["m_1"]) == [a_mention()]


def a_window(window: str, revision: int, count: int) -> Window:
    return Window(
        window=window, revision=revision, granularity="day", start="2025-06-25", end="2025-06-26", event_count=count,
        mention_count=count, by_category={"none": count},
    )  # fmt: skip


def test_the_highest_revision_of_a_window_holds(store: TimelineStore) -> None:
    store.write_windows([(a_window("timeline:b", 3, 2), at(5)), (a_window("timeline:a", 1, 1), at(6))])
    store.write_windows([(a_window("timeline:b", 2, 9), at(7))])
    assert store.windows(["timeline:b", "timeline:c", "timeline:a"]) == [
        a_window("timeline:b", 3, 2),
        a_window("timeline:a", 1, 1),
    ]
    assert store.windows([]) == []


def test_a_dead_letter_is_kept_once_per_message(store: TimelineStore) -> None:
    letters = [
        DeadLetter.of(
            topic="articles", partition=0, offset=offset, stage="extract", error=ValueError("text is empty"),
            key=b"a", value=b"\xff", now=datetime(2025, 6, 26, 12, offset, tzinfo=UTC),
        )
        for offset in (1, 2)
    ]  # fmt: skip
    store.write_dead_letters([(letter, at(n, "dead-letters")) for n, letter in enumerate((*letters, letters[0]))])
    assert store.dead_letters() == letters[::-1]
    assert store.dead_letters(limit=1) == letters[1:]


def test_the_newest_events_are_those_reported_last(store: TimelineStore) -> None:
    seen = {"e_1": "2025-06-26", "e_2": None, "e_3": "2025-06-26T08:00:00Z", "e_4": "-0043-03-16"}
    store.write_events([(an_event(event_id, last_seen=last), ORIGIN) for event_id, last in seen.items()])
    assert [event.event_id for event in store.newest(10)] == ["e_3", "e_1", "e_4", "e_2"]
    assert len(store.newest(2)) == 2
