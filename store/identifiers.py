"""Identifiers as query parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

IDS_A_QUERY = 2_000
"""Identifiers sent in one parameter: servers take fields of up to 128 KiB by default."""


def chunks(identifiers: Sequence[str]) -> Iterator[list[str]]:
    """Cut identifiers into lists that fit one query parameter."""
    for first in range(0, len(identifiers), IDS_A_QUERY):
        yield list(identifiers[first : first + IDS_A_QUERY])
