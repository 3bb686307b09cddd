"""The publication in the scripts by which a page is drawn or its readers are counted: `"publishedAt": "2025-06-26"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from producers.stated import Stated
from producers.structured_data import marks
from producers.written_dates import read_date

_VALUE = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])|1\d{9}(?:\d{3})?(?!\d)"
)
_NAME_BEFORE = re.compile(r"([A-Za-z_][\w.-]{2,40})\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?$")
_REACH = 60  # characters before a value in which its name stands


def script_dates(tree: Any) -> Iterator[Stated]:
    """Yield the dates of names that tell of a publication; none when they tell several days, as lists do."""
    found = [
        Stated("published", value, read_date(value), f"script {name}")
        for element in tree.iter("script")
        if element.text and "ld+json" not in (element.get("type") or "").lower()
        for name, value in _pairs(element.text)
    ]
    if len({one.moment.day for one in found if one.moment}) == 1:
        yield from found


def _pairs(script: str) -> Iterator[tuple[str, str]]:
    telling = re.compile(marks()["scripts"]["published"], re.IGNORECASE)
    for value in _VALUE.finditer(script):
        name = _NAME_BEFORE.search(script[max(0, value.start() - _REACH) : value.start()])
        if name and telling.fullmatch(name[1]):
            yield name[1], value[0]
