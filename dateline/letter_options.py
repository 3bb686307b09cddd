"""The options that `dead-letters` and `replay` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from schemas.civil import DateError, parse_moment

_Function = TypeVar("_Function", bound=Callable[..., Any])


def instant(_context: click.Context, _parameter: click.Parameter, text: str | None) -> int | None:
    """Read a date or instant as Unix seconds; without a zone it is meant in UTC."""
    if text is None:
        return None
    try:
        return parse_moment(text).utc_second
    except DateError as error:
        raise click.BadParameter(str(error)) from error


_OPTIONS = (
    click.option("--stage", metavar="NAME", help="Refused by this stage: extract, corroborate, window, sink, webhook."),
    click.option(
        "--topic", metavar="NAME", help="From this topic: articles, mentions, events, windows or subscriptions."
    ),
    click.option("--since", metavar="TIME", callback=instant, help="Not before: 2026-03-01 or 2026-03-01T08:30:00Z."),
)


def letter_filters(function: _Function) -> _Function:
    """Add the options that choose dead letters to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
