"""The table of countries, read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_TABLE = Path(__file__).with_name("countries.csv")


@dataclass(frozen=True, slots=True)
class Known:
    """What a name means: a country, one of its cities or regions, or what belongs to it.

    Attributes:
        kind: country, city (or region), or demonym.
        code: ISO 3166-1 alpha-2 code of the country.
        name: the country's or the city's usual name.
    """

    kind: Literal["country", "city", "demonym"]
    code: str
    name: str


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Return the names of each country by its code, the usual one first."""
    return {row["code"]: tuple(filter(None, [row["name"], *row["other"].split("|")])) for row in _rows()}


@cache
def known_names() -> dict[str, Known]:
    """Return what each known name means; a country wins over a city of the same name."""
    names: dict[str, Known] = {}
    rows = _rows()
    for row in rows:
        for city in filter(None, row["cities"].split("|")):
            names[city] = Known("city", row["code"], city)
    for row in rows:
        for demonym in filter(None, row["demonyms"].split("|")):
            names[demonym] = Known("demonym", row["code"], row["name"])
    for row in rows:
        for name in filter(None, [row["name"], *row["other"].split("|")]):
            region = name in ("Gaza", "Gaza Strip", "West Bank", "England", "Scotland", "Wales", "Northern Ireland")
            names[name] = Known("city" if region else "country", row["code"], name if region else row["name"])
    return names


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"))
