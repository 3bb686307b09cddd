"""FeedFilter: which messages a live reader wants, decided in plain code as the store decides it for a range query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import cos, pi, radians, sin

from schemas.civil import Moment
from service.live_messages import Kind, Message
from store.conditions import EARTH_RADIUS_KM
from store.interval import OPEN_START
from store.query import Box, Circle, EventQuery
from store.words import phrase, words

_ANY = EventQuery()

Test = Callable[[Message], bool]

Key = tuple[str, str]
"""A field, and a value or word in it."""


@dataclass(frozen=True)
class FeedFilter:
    """Which messages a reader wants; `query` means what it means to the store, its order and page aside.

    Retractions and redirects always pass a filter on events: the reader may hold an earlier revision that did match.
    A window has only an interval, a granularity, categories, places and actors, so that it passes no filter on anything
    else.

    Attributes:
        kind: only events (with retractions and redirects), or only windows; None for both.
        query: its conditions; all must hold together.
    """

    kind: Kind | None = None
    query: EventQuery = field(default_factory=EventQuery)

    def takes(self, message: Message) -> bool:
        """Tell whether the reader wants the message."""
        if message.name == "window":
            if not self.windows:
                return False
        elif self.kind == "window":
            return False
        elif not message.is_news:
            return True
        return all(test(message) for test in self._tests)

    @cached_property
    def windows(self) -> bool:
        """Whether any window can pass."""
        rest = replace(
            plain(self.query), start=None, end=None, match=_ANY.match, granularity=(), category=(), place=(), actor=()
        )
        return self.kind != "event" and rest == _ANY

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Keys of which a message has at least one whenever it passes; none where nothing so plain can be said."""
        query = self.query
        for what, names in (("actor", query.actor), ("place", query.place)):
            if names:
                return tuple(dict.fromkeys((what, _telling(phrase(name))) for name in names))
        if query.q and words(query.q):
            return (("q", _telling(phrase(query.q))),)
        for what, values in (("type", query.type), ("category", query.category), ("modality", query.modality)):
            if values:
                return tuple((what, value) for value in dict.fromkeys(values))
        return ()

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        """The conditions as functions, those that cost least first."""
        query = self.query
        tests: list[Test] = []
        if query.category:
            tests.append(_shared("categories", frozenset(query.category)))
        for column in ("granularity", "type", "modality"):
            if wanted := getattr(query, column):
                tests.append(_one_of(column, frozenset(wanted)))
        if query.min_sources > 1:
            tests.append(lambda message: message.source_count >= query.min_sources)
        if query.start is not None or query.end is not None:
            tests.append(_within(query) if query.match == "within" else _overlapping(query))
        for column, names in (("actors", query.actor), ("places", query.place)):
            if names:
                tests.append(_named(column, [phrase(name) for name in names]))
        if query.country:
            tests.append(_shared("countries", frozenset(country.upper() for country in query.country)))
        if query.source:
            tests.append(_shared("sources", frozenset(source.strip().lower() for source in query.source)))
        if query.language:
            tests.append(_in_language([tag.lower() for tag in query.language]))
        if query.box is not None:
            tests.append(_in_box(query.box))
        if query.near is not None:
            tests.append(_near(query.near))
        if query.q and (asked := [f" {word} " for word in words(query.q)]):
            tests.append(lambda message: all(word in message.search for word in asked))
        return tuple(tests)


def keys_of(message: Message) -> set[Key]:
    """Return the keys of a message; see `FeedFilter.keys`."""
    keys: set[Key] = {("category", category) for category in message.categories}
    keys.update((("type", message.type), ("modality", message.modality)))
    keys.update(("q", word) for word in message.search.split(" "))
    keys.update(("actor", word) for name in message.actors for word in name.split(" "))
    keys.update(("place", word) for name in message.places for word in name.split(" "))
    return keys


def plain(query: EventQuery) -> EventQuery:
    """Return a query without what concerns pages and the past, so that the same conditions compare equal."""
    return replace(
        query, limit=_ANY.limit, cursor=_ANY.cursor, sort=_ANY.sort, as_of=_ANY.as_of, changed_since=_ANY.changed_since
    )


def _telling(text: str) -> str:
    """Return the word of a phrase that fewest others are likely to have."""
    return max(text.split(" "), key=len)


def _shared(column: str, wanted: frozenset[str]) -> Test:
    return lambda message: not wanted.isdisjoint(getattr(message, column))


def _one_of(column: str, wanted: frozenset[str]) -> Test:
    return lambda message: getattr(message, column) in wanted


def _named(column: str, wanted: Sequence[str]) -> Test:
    return lambda message: any(want in name for name in getattr(message, column) for want in wanted)


def _in_language(wanted: Sequence[str]) -> Test:
    return lambda message: any(
        tag == want or tag.startswith(f"{want}-") for tag in message.languages for want in wanted
    )


def _in_box(box: Box) -> Test:
    def holds(latitude: float, longitude: float) -> bool:
        after, before = longitude >= box.west, longitude <= box.east
        return box.south <= latitude <= box.north and (
            (after and before) if box.west <= box.east else (after or before)
        )

    return lambda message: any(holds(*at) for at in message.positions)


def _near(circle: Circle) -> Test:
    """Return the test by the haversine formula, on the store's sphere."""
    latitude, longitude = radians(circle.latitude), radians(circle.longitude)
    most = sin(min(circle.radius_km / EARTH_RADIUS_KM, pi) / 2) ** 2

    def holds(at: tuple[float, float]) -> bool:
        north, east = radians(at[0]), radians(at[1])
        return sin((north - latitude) / 2) ** 2 + cos(latitude) * cos(north) * sin((east - longitude) / 2) ** 2 <= most

    return lambda message: any(map(holds, message.positions))


def _overlapping(query: EventQuery) -> Test:
    first, after = _second(query.start), _second(query.end)

    def test(message: Message) -> bool:
        it = message.interval
        return (
            it is not None
            and (after is None or it.span_class == OPEN_START or (it.start_day, it.start_second) < after)
            and (first is None or (it.end_day, it.end_second) > first or (it.start_day, it.start_second) >= first)
        )

    return test


def _within(query: EventQuery) -> Test:
    first, after = _second(query.start), _second(query.end)

    def test(message: Message) -> bool:
        it = message.interval
        return (
            it is not None
            and (first is None or (it.span_class != OPEN_START and (it.start_day, it.start_second) >= first))
            and (after is None or (it.end_day, it.end_second) <= after)
        )

    return test


def _second(moment: Moment | None) -> tuple[int, int] | None:
    return None if moment is None else (moment.day, moment.second or 0)
