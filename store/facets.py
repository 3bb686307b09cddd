"""Count the values that the events of a query have: categories, actors, places and so on."""

from __future__ import annotations

from collections.abc import Sequence

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.conditions import filters, in_range
from store.query import EventQuery, Facet, FacetField, Facets
from store.range_query import within_ranges
from store.ranges import key_ranges
from store.snapshot import relation

_ONE: dict[FacetField, str] = {
    "category": "category",
    "type": "type",
    "modality": "modality",
    "granularity": "granularity",
}
_SEVERAL: dict[FacetField, str] = {
    "actor": "actors",
    "place": "places",
    "country": "countries",
    "source": "sources",
    "language": "languages",
}
MOST_VALUES = 1_000
"""Most values that may be asked of one field."""


def read_facets(client: Client, query: EventQuery, fields: Sequence[FacetField], most: int = 20) -> Facets:
    """Return for each field its most frequent values among the events of a query, and how many events there are.

    An event counts once for each value that it has; what has none is left out. The query's limit, cursor and order
    play no part.

    Raises:
        ValueError: when more than `MOST_VALUES` values, or less than one, are asked for.
    """
    if not 1 <= most <= MOST_VALUES:
        raise ValueError(f"the number of values must be between 1 and {MOST_VALUES}, not {most}")
    values: dict[FacetField, list[Facet]] = {field: [] for field in fields}
    ranges = key_ranges(query)
    if not ranges:
        return Facets(0, values)
    conditions = filters(query)
    in_range(query, conditions)
    rows_of = f"{relation(query, within_ranges(ranges, conditions), conditions)} AND {conditions}"
    parts = [f"SELECT '' AS field, '' AS value, count() AS n FROM {rows_of}"]
    for field in values:
        value = _ONE.get(field) or f"arrayJoin(arrayDistinct({_SEVERAL[field]}))"
        parts.append(
            f"(SELECT '{field}' AS field, {value} AS value, count() AS n FROM {rows_of} GROUP BY value"
            " HAVING value != '' ORDER BY n DESC, value LIMIT {most:UInt32})"
        )
    conditions.parameters["most"] = most
    rows = ask(client, "counting facets", " UNION ALL ".join(parts), conditions.parameters)
    total = 0
    for field, value, count in rows:
        if field:
            values[field].append(Facet(str(value).strip(), int(count)))
        else:
            total = int(count)
    return Facets(total, {field: sorted(found, key=lambda f: (-f.count, f.value)) for field, found in values.items()})
