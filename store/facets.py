"""Count the values that the events of a query have: categories, actors, places and so on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from string import ascii_lowercase
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
    # all in one pass: each event gives an empty text for itself, and for each of its values one that begins with the
    # letter of the field
    letters = dict(zip(ascii_lowercase, values, strict=False))
    texts = ", ".join(
        f"['{letter}' || {_ONE[field]}]"
        if field in _ONE
        else f"arrayMap(value -> '{letter}' || value, {_SEVERAL[field]})"
        for letter, field in letters.items()
    )
    text = f"arrayJoin(arrayDistinct(arrayConcat(['']{', ' if texts else ''}{texts})))"
    parameters: dict[str, Any] = {"most": most}
    restriction = within_ranges(ranges, parameters)
    counts = [
        f"SELECT {text} AS text, {sign}toInt64(count()) AS n FROM {rows_of} GROUP BY text"
        for sign, rows_of in counted(query, restriction, partial(in_range, query), parameters)
    ]
    statement = (
        f"SELECT text, sum(n) AS total FROM ({' UNION ALL '.join(counts)}) GROUP BY text"
        " HAVING total != 0 AND length(text) != 1"
        " ORDER BY substring(text, 1, 1), total DESC, text LIMIT {most:UInt32} BY substring(text, 1, 1)"
    )
    total = 0
    for text, count in ask(client, "counting facets", statement, parameters):
        if text:
            values[letters[text[0]]].append(Facet(text[1:].strip(), int(count)))
        else:
            total = int(count)
    return Facets(total, values)
