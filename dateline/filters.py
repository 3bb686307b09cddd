"""The filters that `events` and `tail` share with the HTTP service, as command-line options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from schemas.vocabulary import Category, Modality

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


def as_parameters(options: dict[str, Any]) -> dict[str, Any]:
    """Turn parsed options into HTTP query parameters; what was not given is left out."""
    return {
        name.rstrip("_"): list(value) if isinstance(value, tuple) else str(value)
        for name, value in options.items()
        if value not in (None, ())
    }
