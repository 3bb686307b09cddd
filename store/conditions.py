"""What a query asks, as SQL conditions; every value travels as a server-side parameter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.civil import Moment
from store.cursor import ORDERS, Cursor
from store.interval import OPEN_START
from store.query import Box, Circle, EventQuery
from store.words import phrase, words

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(slots=True)
class Conditions:
    """Conditions that must all hold, and the parameters they name."""

    terms: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)

    def add(self, term: str, **parameters: Any) -> None:
        """Add a condition; it names its parameters as `{name:Type}`."""
        self.terms.append(term)
        self.parameters.update(parameters)

    def __str__(self) -> str:
        return " AND ".join(self.terms) or "1"


RUN = 4
"""Most words of a run in `actor_runs` and `place_runs` (schemas/ddl/0006_reads.sql)."""


def filters(query: EventQuery, *, indexed: bool) -> Conditions:
    """Return the conditions on what an event is, apart from when it is.

    Args:
        query: what is asked.
        indexed: whether the rows are read from `events` itself, which has indexes of words; no other relation has,
            and where none is used some functions cut words in another way.
    """
    conditions = Conditions()
    conditions.add("NOT hidden")
    for column in ("granularity", "category", "type", "modality"):
        wanted = list(getattr(query, column))
        if wanted:
            conditions.add(f"{column} IN {{{column}:Array(String)}}", **{column: wanted})
    for column, names in (("actors", query.actor), ("places", query.place)):
        if names:
            _named(column, names, conditions, indexed=indexed)
    if query.country:
        conditions.add("hasAny(countries, {country:Array(String)})", country=[c.upper() for c in query.country])
    if query.source:
        conditions.add("hasAny(sources, {source:Array(String)})", source=[s.strip().lower() for s in query.source])
    if query.language:
        conditions.add(
            "arrayExists(tag -> arrayExists(want -> tag = want OR startsWith(tag, want || '-'),"
            " {language:Array(String)}), languages)",
            language=[tag.lower() for tag in query.language],
        )
    if query.box is not None:
        _inside_box(query.box, conditions)
    if query.near is not None:
        _inside_circle(query.near, conditions)
    if query.min_sources > 1:
        conditions.add("source_count >= {min_sources:UInt32}", min_sources=query.min_sources)
    wanted = list(dict.fromkeys(words(query.q or "")))
    if wanted and indexed:
        conditions.add("hasAllTokens(search, {words:Array(String)})", words=wanted)
    elif wanted:
        conditions.add(
            "arrayAll(word -> position(search, word) > 0, {spaced:Array(String)})",
            spaced=[f" {word} " for word in wanted],
        )
    if query.changed_since is not None:
        conditions.add("recorded >= {changed_since:Int64}", changed_since=milliseconds(query.changed_since))
    return conditions


def _named(column: str, names: Sequence[str], conditions: Conditions, *, indexed: bool) -> None:
    """Add that a name holds one of those wanted as whole words."""
    phrases = list(dict.fromkeys(phrase(name) for name in names))
    if not indexed:
        conditions.add(_holds(column, column), **{column: phrases})
        return
    runs = f"{column.removesuffix('s')}_runs"
    short = [each[1:-1] for each in phrases if each[1:-1].count(" ") < RUN]
    terms = [f"hasAny({runs}, {{{runs}:Array(String)}})"] if short else []
    conditions.parameters[runs] = short
    for n, each in enumerate(one for one in phrases if one[1:-1] not in short):
        words_of = each[1:-1].split(" ")  # the index leads to what has all its runs, in whatever name
        windows = [" ".join(words_of[first : first + RUN]) for first in range(len(words_of) - RUN + 1)]
        terms.append(f"hasAll({runs}, {{{runs}{n}:Array(String)}}) AND {_holds(column, f'{column}{n}')}")
        conditions.parameters.update({f"{runs}{n}": windows, f"{column}{n}": [each]})
    conditions.add(f"({' OR '.join(terms)})")


def _holds(column: str, parameter: str) -> str:
    return f"arrayExists(name -> multiSearchAny(name, {{{parameter}:Array(String)}}), {column})"


def milliseconds(moment: Moment) -> int:
    """Return an instant as the store's `recorded` has it."""
    return moment.utc_second * 1000


def _inside_box(box: Box, conditions: Conditions) -> None:
    between = "AND" if box.west <= box.east else "OR"
    conditions.add(
        "arrayExists(at -> at.1 BETWEEN {south:Float64} AND {north:Float64}"
        f" AND (at.2 >= {{west:Float64}} {between} at.2 <= {{east:Float64}}), positions)",
        south=box.south, west=box.west, north=box.north, east=box.east,
    )  # fmt: skip


def _inside_circle(circle: Circle, conditions: Conditions) -> None:
    # the haversine formula; the engine's own functions are rougher than what they are asked for at short distances
    conditions.add(
        "arrayExists(at -> abs(at.1 - {latitude:Float64}) <= {reach:Float64} AND"
        " pow(sin(radians(at.1 - {latitude:Float64}) / 2), 2) + cos(radians({latitude:Float64})) * cos(radians(at.1))"
        " * pow(sin(radians(at.2 - {longitude:Float64}) / 2), 2) <= {haversine:Float64}, positions)",
        latitude=circle.latitude, longitude=circle.longitude,
        reach=math.degrees(circle.radius_km / EARTH_RADIUS_KM) + 1e-9,
        haversine=math.sin(min(circle.radius_km / EARTH_RADIUS_KM, math.pi) / 2) ** 2,
    )  # fmt: skip


def in_range(query: EventQuery, conditions: Conditions) -> None:
    """Add that an event's [start, end) touches the range, or lies in it, as the query wants."""
    (within if query.match == "within" else overlapping)(query, conditions)


def overlapping(query: EventQuery, conditions: Conditions) -> None:
    """Add that an event's [start, end) touches the range; an instant touches the range that begins with it."""
    if query.end is not None:
        _add_moment(conditions, f"span_class = {OPEN_START} OR (start_day, start_second) <", "to", query)
    if query.start is not None:
        _add_moment(conditions, "(end_day, end_second) >", "from", query, "OR (start_day, start_second) >=")


def within(query: EventQuery, conditions: Conditions) -> None:
    """Add that an event's [start, end) lies inside the range."""
    if query.start is not None:
        _add_moment(conditions, f"span_class != {OPEN_START} AND (start_day, start_second) >=", "from", query)
    if query.end is not None:
        _add_moment(conditions, "(end_day, end_second) <=", "to", query)


def starting(query: EventQuery, conditions: Conditions) -> None:
    """Add that the place where an event is shown lies in the range; days alone are compared where that is enough."""
    for moment, name, sign in ((query.start, "from", ">="), (query.end, "to", "<")):
        if moment is None:
            continue
        if moment.second:
            _add_moment(conditions, f"(start_day, start_second) {sign}", name, query)
        else:
            conditions.add(f"start_day {sign} {{{name}_day:Int32}}", **{f"{name}_day": moment.day})


def after_cursor(cursor: Cursor, conditions: Conditions) -> None:
    """Add that an event comes after the last one of the page before."""
    order = ORDERS[cursor.sort]
    names = [f"{{at{number}:{kind}}}" for number, kind in enumerate(order.types)]
    conditions.add(
        f"({', '.join(order.columns)}) {'<' if order.descending else '>'} ({', '.join(names)})",
        **{f"at{number}": value for number, value in enumerate(cursor.key)},
    )


def _add_moment(conditions: Conditions, term: str, name: str, query: EventQuery, other: str = "") -> None:
    moment = query.start if name == "from" else query.end
    assert moment is not None
    at = f"({{{name}_day:Int32}}, {{{name}_second:Int32}})"
    conditions.add(
        f"({term} {at} {f'{other} {at}' if other else ''})",
        **{f"{name}_day": moment.day, f"{name}_second": moment.second or 0},
    )
