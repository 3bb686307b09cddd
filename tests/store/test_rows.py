"""Golden rows: what each record becomes in ClickHouse."""

from __future__ import annotations

import pytest

from schemas.civil import END_DAY, MIN_DAY, parse_day
from schemas.mention import MentionRetraction, Place
from store import rows
from store.event_table import event_table
from store.incoming import read_event
from store.interval import AFTER_ALL, LONGER, OPEN_END, OPEN_START, Interval, interval_of
from store.query import Origin
from store.timeline_store import TimelineStore
from store.words import phrase, words
from tests.store.records import a_mention, a_when, an_article, an_event, at

DAY = parse_day("2025-06-25")


HAGUE = Place(name="The Hague", country="NL", latitude=52.08, longitude=4.31, precision="city")


def test_an_event() -> None:
    event = an_event(
        "e_1", "2025-06-25T20:00:00+02:00", "2025-06-25T21:00:00+02:00", granularity="hour", revision=3,
        title="NATO allies meet", evidence=("They met at 8 p.m.",), actors=("Mark Rutte",), places=(HAGUE,),
        category="international", type="meet", source_count=2, last_seen="2025-06-26", article_count=3, confidence=0.5,
        sources=("News.example",), languages=("en-GB",),
    )  # fmt: skip
    table = event_table([(read_event(event.to_json()), Origin("events", 1, 9, 1_750_000_000_123))])
    assert table.column_names == list(rows.EVENTS.columns)
    [row] = table.to_pylist()
    assert row == {
        "span_class": 0, "start_day": DAY, "start_second": 72_000, "event_id": "e_1", "revision": 3, "hidden": 0,
        "retracted": 0, "end_day": DAY, "end_second": 75_600, "start_month": 2025 * 12 + 5, "granularity": "hour",
        "category": "international", "type": "meet", "modality": "asserted", "actors": [" mark rutte "],
        "places": [" the hague "], "sources": ["news.example"], "languages": ["en-gb"], "countries": ["NL"],
        "positions": [{"1": 52.08, "2": 4.31}], "source_count": 2, "importance": 2_003_500,
        "recorded": 1_750_000_000_123,
        "search": " nato allies meet they met at 8 p m ",
        "last_seen": (DAY + 1) * 86_400, "record": event.model_dump_json(), "topic": "events", "partition": 1,
        "offset": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "interval"),
    [
        ("2025-06-25", "2025-06-26", Interval(0, DAY, 0, DAY + 1, 0)),
        ("2025-06-25", "2025-06-25", Interval(0, DAY, 0, DAY, 0)),
        ("2025-06-25", "2025-06-26T00:00:01", Interval(1, DAY, 0, DAY + 1, 1)),
        ("2025-06-25", "2025-07-02", Interval(1, DAY, 0, DAY + 7, 0)),
        ("2025-06-25", "2025-07-03", Interval(2, DAY, 0, DAY + 8, 0)),
        ("-9999-01-01", "+10000-01-01", Interval(LONGER, MIN_DAY, 0, END_DAY, 0)),
        ("2025-06-25", None, Interval(OPEN_END, DAY, 0, AFTER_ALL, 0)),
        (None, "2025-06-25", Interval(OPEN_START, DAY - 1, 86_399, DAY, 0)),
        (None, "2025-06-25T12:00:00", Interval(OPEN_START, DAY, 43_199, DAY, 43_200)),
        (None, "-9999-01-01", Interval(OPEN_START, MIN_DAY, 0, MIN_DAY, 0)),
        # clocks go back from 3:00 to 2:00 within this minute: it ends before it starts by the wall, not by the sun
        ("2025-10-26T02:59:00+02:00", "2025-10-26T02:00:00+01:00", Interval(0, DAY + 123, 10_740, DAY + 123, 10_800)),
    ],
)
def test_an_interval(start: str | None, end: str | None, interval: Interval) -> None:
    assert interval_of(a_when(start, end)) == interval


def test_an_article_and_its_withdrawal() -> None:
    article = an_article(source="example.org", language="en")
    json = article.model_dump_json()
    assert rows.article_row(article, "a_1", at(4)) == ("a_1", 0, "example.org", "en", json, "articles", 0, 4)
    assert rows.article_row(None, "a_1", at(5)) == ("a_1", 1, "", "", "", "articles", 0, 5)


def test_a_mention_and_its_retraction() -> None:
    mention = a_mention()
    gone = MentionRetraction(mention_id="m_1", article_id="a_1")
    origin = Origin("mentions", 2, 3)
    assert rows.mention_row(mention, origin) == ("m_1", "a_1", 0, mention.model_dump_json(), "mentions", 2, 3)
    assert rows.mention_row(gone, origin) == ("m_1", "a_1", 1, gone.model_dump_json(), "mentions", 2, 3)


def test_the_columns_are_those_of_the_ddl(store: TimelineStore) -> None:
    for table in (rows.EVENTS, rows.EVENT_KEYS, rows.ARTICLES, rows.MENTIONS, rows.WINDOWS, rows.DEAD_LETTERS):
        statement = (
            "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String}"
            " AND default_kind != 'MATERIALIZED'"
        )
        described = store._client().query(statement, parameters={"table": table.name}).result_rows
        assert described == list(zip(table.columns, table.types, strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't “quote” me!", ["don", "t", "quote", "me"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("ﬁre \u0065\u0301t\u00e9", ["fire", "été"]),
        ("北京市 2008年", ["北", "京", "市", "2008", "年"]),
        ("a_b", ["a", "b"]),
        ("!?", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_phrase_holds_whole_words() -> None:
    assert phrase("Trump") in phrase("Donald TRUMP")
    assert phrase("Trump") not in phrase("Trumpet players")
    assert phrase("!!!") == " !!! "
