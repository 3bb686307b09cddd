"""Count the values that the events of a query have: categories, actors, places and so on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.conditions import in_range
from store.query import EventQuery, Facet, FacetField, Facets
from store.ranges import key_ranges, within_ranges
from store.snapshot import counted

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
    # all in one pass: each event gives a pair for itself and one for each of its values
    pairs = ", ".join(
        [f"[('{field}', toString({_ONE[field]}))]" for field in values if field in _ONE]
        + [f"arrayMap(value -> ('{f}', value), arrayDistinct({_SEVERAL[f]}))" for f in values if f in _SEVERAL]
    )
    pair = f"arrayJoin(arrayConcat([('', '')]{', ' if pairs else ''}{pairs})) AS pair"
    parameters: dict[str, Any] = {"most": most}
    restriction = within_ranges(ranges, parameters)
    counts = [
        f"SELECT pair.1 AS field, pair.2 AS value, {sign}toInt64(count()) AS n FROM (SELECT {pair} FROM {rows_of})"
        " WHERE field = '' OR value != '' GROUP BY field, value"
        for sign, rows_of in counted(query, restriction, partial(in_range, query), parameters)
    ]
    statement = (
        f"SELECT field, value, sum(n) AS total FROM ({' UNION ALL '.join(counts)}) GROUP BY field, value"
        " HAVING total != 0 ORDER BY field, total DESC, value LIMIT {most:UInt32} BY field"
    )
    total = 0
    for field, value, count in ask(client, "counting facets", statement, parameters):
        if field:
            values[field].append(Facet(str(value).strip(), int(count)))
        else:
            total = int(count)
    return Facets(total, values)
