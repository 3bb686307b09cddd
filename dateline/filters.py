"""The filters that `events` and `tail` share with the HTTP service, as command-line options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from schemas.vocabulary import Category, Granularity, Modality
from store.query import Sort

_Function = TypeVar("_Function", bound=Callable[..., Any])

_FEED_FILTERS = (
    click.option("--category", multiple=True, type=click.Choice(get_args(Category)), help="Category; may be repeated."),
    click.option("--type", "type_", multiple=True, metavar="TYPE", help="Event type; may be repeated."),
    click.option("--actor", multiple=True, metavar="NAME", help="Who takes part; may be repeated."),
    click.option("--place", multiple=True, metavar="NAME", help="Where it happened; may be repeated."),
)
_RANGE_FILTERS = (
    click.option("--from", "from_", metavar="D", help="Start, inclusive: 2025, 2025-06, 2025-06-25 or an instant."),
    click.option("--to", metavar="D", help="End, exclusive: --to 2025-07 ends with June."),
    click.option("--match", type=click.Choice(["overlap", "within"]), help="Touch the range, or lie inside it."),
    click.option("--modality", multiple=True, type=click.Choice(get_args(Modality)), help="May be repeated."),
    click.option("--min-sources", type=click.IntRange(1), metavar="N", help="Fewest independent sources."),
    click.option("--q", metavar="WORDS", help="Words that must all occur in title or evidence."),
)

_STORE_FILTERS = (
    click.option("--granularity", multiple=True, type=click.Choice(get_args(Granularity)), help="May be repeated."),
    click.option("--country", multiple=True, metavar="CC", help="ISO code of a place's country; may be repeated."),
    click.option("--bbox", metavar="W,S,E,N", help="A place lies in this box, in degrees."),
    click.option("--near", metavar="LAT,LON", help="A place lies within --radius of this point."),
    click.option("--radius", type=float, metavar="KM", help="Kilometres around --near, 50 by default."),
    click.option("--source", multiple=True, metavar="OUTLET", help="Who reports it; may be repeated."),
    click.option("--language", multiple=True, metavar="TAG", help="Language of a report; may be repeated."),
    click.option("--as-of", metavar="D", help="The timeline as it was known at that instant."),
    click.option("--changed-since", metavar="D", help="Only what is new or was changed since."),
    click.option("--sort", type=click.Choice(get_args(Sort)), help="Order; a minus turns it, as in --sort=-time."),
    click.option("--fields", metavar="A,B", help="Fields wanted, in NDJSON and the formats of tables."),
)


def feed_filters(function: _Function) -> _Function:
    """Add the filters of the live feed to a command."""
    for option in reversed(_FEED_FILTERS):
        function = option(function)
    return function


def range_filters(function: _Function) -> _Function:
    """Add the filters of a range query to a command."""
    for option in reversed(_RANGE_FILTERS):
        function = option(function)
    return feed_filters(function)


def store_filters(function: _Function) -> _Function:
    """Add what only the store can answer to a command."""
    for option in reversed(_STORE_FILTERS):
        function = option(function)
    return function


def as_parameters(options: dict[str, Any]) -> dict[str, Any]:
    """Turn parsed options into HTTP query parameters; what was not given is left out."""
    return {
        name.rstrip("_"): list(value) if isinstance(value, tuple) else str(value)
        for name, value in options.items()
        if value not in (None, ())
    }
