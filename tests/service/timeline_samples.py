"""A small timeline over the years that formats find hard."""

from __future__ import annotations

from typing import Any

from schemas.event import Event
from schemas.mention import Actor, Mention, Place
from schemas.when import When
from store.query import Origin
from store.timeline_store import TimelineStore

SENT = 1_750_000_000_000
"""When the first message was sent, in milliseconds: 2025-06-15T15:06:40Z."""


def a_when(start: str | None, end: str | None, granularity: Any, edtf: str) -> When:
    return When(
        start=start, end=end, granularity=granularity, value=edtf, edtf=edtf, anchor="explicit", rule="test"
    )  # fmt: skip


def an_event(event_id: str, when: When, title: str, **more: Any) -> Event:
    values: dict[str, Any] = {
        "event_id": event_id, "revision": 1, "bucket": when.start or when.end, "title": title, "when": when,
        "modality": "asserted", "confidence": 0.5, "mention_count": 1, "article_count": 1, "source_count": 1,
        "evidence": (f"{title}.",), "last_seen": "2025-06-15T08:00:00Z",
    }  # fmt: skip
    return Event.model_validate(values | more)


GENEVA = Place(name="Geneva", country="CH", latitude=46.2, longitude=6.15, precision="city")
SUVA = Place(name="Suva", country="FJ", latitude=-18.1, longitude=178.4, precision="city")

CAESAR = an_event("e_caesar", a_when("-0043-03-15", "-0043-03-16", "day", "-0043-03-15"), "Caesar was stabbed")
HASTINGS = an_event("e_hastings", a_when("1066-10-14", "1066-10-15", "day", "1066-10-14"), "William won at Hastings",
    category="conflict", type="ASSAULT")  # fmt: skip
TITANIC = an_event("e_titanic", a_when("1912-04-15T02:20:00-03:00", "1912-04-15T02:21:00-03:00", "minute",
    "1912-04-15T02:20:00-03:00"), "The Titanic sank", category="disaster", source_count=3)  # fmt: skip
SUMMIT = an_event("e_summit", a_when("2025-06-25", "2025-06-26", "day", "2025-06-25"), "A summit opened <in> Geneva",
    category="politics", places=(GENEVA,), actors=(Actor(name="United Nations", type="ORG"),),
    sources=("news.example", "wire.example"), languages=("en-GB",), source_count=2, mention_ids=("m_1",))  # fmt: skip
CABLE = an_event("e_cable", a_when("2025-03-01", "2025-04-01", "month", "2025-03"), "=A cable was laid to Suva",
    category="business", places=(SUVA, GENEVA), sources=("isle.example",), languages=("fr",), modality="reported",
    last_seen=None)  # fmt: skip
DISPUTE = an_event("e_dispute", a_when("2014-01-01", None, "open", "2014/.."), "A dispute over the strait goes on")
COLONY = an_event("e_colony", a_when("2250-01-01", "2251-01-01", "year", "2250"), "A colony on Mars is to open",
    modality="planned")  # fmt: skip
CLOCK = an_event("e_clock", a_when("9999-01-01", "+10000-01-01", "year", "9999"), "The clock is to strike",
    modality="planned")  # fmt: skip
OLD_PLAN = an_event("e_oldplan", a_when("-0099-01-01", "-0098-01-01", "year", "-0099"), "A road was to be built",
    modality="planned")  # fmt: skip

EVENTS = (OLD_PLAN, CAESAR, HASTINGS, TITANIC, DISPUTE, CABLE, SUMMIT, COLONY, CLOCK)
"""In the order of time."""

MENTION = Mention(
    article_id="a_1", mention_id="m_1", sentence="A summit opened in Geneva on Wednesday.", start=9, end=15,
    sentence_start=0, sentence_end=39, when=SUMMIT.when, confidence=0.5, extractor="test", title="A summit opened",
    source="news.example", url="https://news.example/1", published_at="2025-06-26", language="en-GB",
)  # fmt: skip


def origin(offset: int) -> Origin:
    return Origin("dateline.events", 0, offset, SENT + offset * 1000)


def write(store: TimelineStore, *events: Event, first: int = 0) -> None:
    store.write_events([(event, origin(first + number)) for number, event in enumerate(events)])


def fill(store: TimelineStore) -> None:
    """Write the timeline, with an event that was retracted and one that was merged away."""
    write(store, *EVENTS)
    store.write_mentions([(MENTION, Origin("dateline.mentions", 0, 0, SENT))])
    day = a_when("2025-06-20", "2025-06-21", "day", "2025-06-20")
    gone, merged = an_event("e_gone", day, "Nothing happened"), an_event("e_merged", day, "The summit opened again")
    write(store, gone, merged, first=20)
    write(
        store,
        gone.model_copy(update={"revision": 2, "retracted": True}),
        merged.model_copy(update={"revision": 2, "redirect_to": "e_summit"}),
        first=30,
    )
