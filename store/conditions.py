"""What a query asks, as SQL conditions; every value travels as a server-side parameter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from store.cursor import Cursor
from store.interval import OPEN_START
from store.query import EventQuery
from store.words import phrase, words


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


def filters(query: EventQuery) -> Conditions:
    """Return the conditions on what an event is, apart from when it is."""
    conditions = Conditions()
    conditions.add("NOT hidden")
    for column in ("granularity", "category", "type", "modality"):
        wanted = list(getattr(query, column))
        if wanted:
            conditions.add(f"{column} IN {{{column}:Array(String)}}", **{column: wanted})
    for column, names in (("actors", query.actor), ("places", query.place)):
        if names:
            conditions.add(
                f"arrayExists(name -> multiSearchAny(name, {{{column}:Array(String)}}), {column})",
                **{column: [phrase(name) for name in names]},
            )
    if query.min_sources > 1:
        conditions.add("source_count >= {min_sources:UInt32}", min_sources=query.min_sources)
    for number, word in enumerate(dict.fromkeys(words(query.q or ""))):
        conditions.add(f"position(search, {{word{number}:String}}) > 0", **{f"word{number}": f" {word} "})
    return conditions


def overlapping(query: EventQuery, conditions: Conditions) -> None:
    """Add that an event's [start, end) touches the range."""
    if query.end is not None:
        _add_moment(conditions, f"span_class = {OPEN_START} OR (start_day, start_second) <", "to", query)
    if query.start is not None:
        _add_moment(conditions, "(end_day, end_second) >", "from", query)


def within(query: EventQuery, conditions: Conditions) -> None:
    """Add that an event's [start, end) lies inside the range."""
    if query.start is not None:
        _add_moment(conditions, f"span_class != {OPEN_START} AND (start_day, start_second) >=", "from", query)
    if query.end is not None:
        _add_moment(conditions, "(end_day, end_second) <=", "to", query)


def starting(query: EventQuery, conditions: Conditions) -> None:
    """Add that the place where an event is shown lies in the range."""
    if query.start is not None:
        _add_moment(conditions, "(start_day, start_second) >=", "from", query)
    if query.end is not None:
        _add_moment(conditions, "(start_day, start_second) <", "to", query)


def after_cursor(cursor: Cursor, conditions: Conditions) -> None:
    """Add that an event comes after the last one of the page before."""
    relation = "<" if cursor.newest_first else ">"
    conditions.add(
        f"(start_day, start_second, event_id) {relation} ({{at_day:Int32}}, {{at_second:Int32}}, {{at_id:String}})",
        at_day=cursor.start_day,
        at_second=cursor.start_second,
        at_id=cursor.event_id,
    )


def _add_moment(conditions: Conditions, term: str, name: str, query: EventQuery) -> None:
    moment = query.start if name == "from" else query.end
    assert moment is not None
    conditions.add(
        f"({term} ({{{name}_day:Int32}}, {{{name}_second:Int32}}))",
        **{f"{name}_day": moment.day, f"{name}_second": moment.second or 0},
    )
