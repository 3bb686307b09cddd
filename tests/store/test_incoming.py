"""Messages of the events topic: what the fast reader takes, and what is left to the contract."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import Event, Figure, Stage, Value
from schemas.mention import Actor, Place, Quantity
from store import words
from store.incoming import read_event
from store.interval import interval_of
from tests.store.records import a_when, an_event

FULL = an_event(
    "e_1", "1912-04-14T23:40:00-03:00", None, granularity="open", title="„Zwölf“\n🚀 \x00", actors=("Ann Lee",),
    places=(Place(name="Rome", country="IT", latitude=41.89, longitude=12.48, precision="city"), "Ostia"),
    category="disaster", type="meet", confidence=0.1, evidence=("A.", "B."), sources=("a.example",), languages=("en",),
    first_seen="1912-04-15", last_seen="1912-04-15T00:00:00Z", other_whens=(a_when("-0043-03-15", "-0043-03-16"),),
    quantities=(Quantity(kind="killed", value=1517),), mention_ids=("m_1",), redirect_to="e_0", revision=7,
    figures=(Figure(kind="killed", values=(Value(value=1e20, bound="about", article_count=1),), disagree=False),),
    stages=(Stage(modality="planned", since="1912-04-10", mention_count=1),),
)  # fmt: skip


@pytest.mark.parametrize("event", [FULL, an_event()])
def test_what_our_agents_write_is_kept_as_it_is(event: Event) -> None:
    incoming = read_event(event.to_json())
    assert incoming.record.encode() == event.to_json()
    assert incoming.interval == interval_of(event.when)
    for name in ("event_id", "revision", "title", "confidence", "redirect_to", "last_seen"):
        assert getattr(incoming.fields, name) == getattr(event, name)
    assert [actor.name for actor in incoming.fields.actors] == [actor.name for actor in event.actors]


def other_ways(event: Event) -> dict[str, bytes]:
    """The same event, written as other programs may."""
    fields = json.loads(event.to_json())
    bare = {name: value for name, value in fields.items() if value not in ([], None, False)}
    return {
        "pretty": json.dumps(fields, indent=2).encode(),
        "defaults left out": json.dumps(bare).encode(),
        "another order": json.dumps(dict(reversed(fields.items()))).encode(),
    }


@pytest.mark.parametrize("way", ["pretty", "defaults left out", "another order"])
def test_what_others_write_is_read_too(way: str) -> None:
    record = read_event(other_ways(an_event())[way]).record
    assert "\n" not in record
    assert Event.from_json(record.encode()) == an_event()
    assert json.loads(record) == json.loads(an_event().to_json())


def test_a_moment_gets_its_normal_form() -> None:
    odd = an_event(last_seen="2025-06-26T08:00:00Z").to_json().replace(b"08:00:00Z", b"08:00:00+00:00")
    assert read_event(odd).fields.last_seen == "2025-06-26T08:00:00Z"


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ({"title": 5}, "title"),
        ({"colour": "red"}, "colour"),
        ({"modality": "certain"}, "modality"),
        ({"confidence": 1.5}, "confidence"),
        ({"revision": 0}, "revision"),
        ({"revision": 2**63}, "revision is larger"),
        ({"last_seen": "yesterday"}, "last_seen"),
        ({"last_seen": "2025-02-30"}, "does not exist"),
        ({"when": a_when(None, None).model_dump()}, "unresolved"),
        ({"places": [{"name": "Rome", "latitude": 91.0}]}, "latitude"),
        ({"actors": [Actor(name="Ann").model_dump() | {"type": "DOG"}]}, "type"),
    ],
)
def test_what_is_no_event_is_refused_by_name(spoilt: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_event(json.dumps(json.loads(an_event().to_json()) | spoilt).encode())


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b"\xff", b'{"event_id":"\\ud800"}', b"null"])
def test_what_is_no_json_of_an_event_is_refused(value: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own way
        read_event(value)


@given(st.text())
def test_plain_text_is_cut_into_the_same_words_as_any_other(text: str) -> None:
    by_definition = words._WORD.findall(words.unicodedata.normalize("NFKC", text).casefold())
    assert words.words(text) == by_definition
    assert words.words(f"„{text}” …") == by_definition


def test_an_interval_says_its_key() -> None:
    interval = interval_of(an_event().when)
    assert interval.key == tuple(asdict(interval).values())[:3]
