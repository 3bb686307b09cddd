"""The places of the world and which of those with one name is meant.

`places.tsv` is sorted by name and searched as it lies, so that reading it costs nothing but the disk.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

_TABLE = Path(__file__).with_name("places.tsv")
_KEPT = 1 << 14
_BIG = 100  # thousand people; a smaller town yields to a region or country of its name

PlaceKind = Literal["city", "region", "country"]


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the table.

    Attributes:
        name: its usual name.
        country: ISO 3166-1 alpha-2 code.
        region: the first-order region it lies in, or is; empty where unknown.
        latitude, longitude: degrees; of a region or country, the middle of its people.
        thousands: how many thousand people live there.
    """

    name: str
    kind: PlaceKind
    country: str
    region: str
    latitude: float
    longitude: float
    thousands: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tells places of one name apart.

    Attributes:
        inside: country codes or region names told right beside the name: "Paris, Texas".
        sentence: country codes and region names of the sentence.
        article: how often the article names each country code or region.
        outlet: country code of the outlet, None where unknown.
        area: whether a word such as "region" or "state" says that no city is meant.
    """

    inside: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    article: Mapping[str, int] = field(default_factory=dict)
    outlet: str | None = None
    area: bool = False


@lru_cache(_KEPT)
def places_named(name: str) -> tuple[Known, ...]:
    """Return the places of a name as written, none where the table has no such name."""
    lines = _lines()
    key = name.encode(errors="replace") + b"\t"
    found = []
    at = bisect_left(lines, key)
    while at < len(lines) and lines[at].startswith(key):
        found.append(_read(lines[at].decode()))
        at += 1
    return tuple(found)


def resolve(name: str, around: Surroundings) -> Known | None:
    """Return the place that a name means, None where the table has none.

    A country or region beside the name decides; then those of the sentence, of the article and of the outlet, in this
    order, each against how many people live there. Of a country and a region of its name the towns named decide, and
    the outlet where no country is named.
    """
    found = places_named(name) or (places_named(name[4:]) if name.startswith("The ") else ())
    weight = _weight_of_two if is_country_and_region(name) else _weight
    return max(found, key=lambda place: weight(place, around), default=None)


@lru_cache(_KEPT)
def is_country_and_region(name: str) -> bool:
    """Tell whether a name is a country's and that of another country's region: "Georgia"."""
    found = places_named(name)
    countries = {place.country for place in found if place.kind == "country"}
    return bool(countries) and any(place.kind == "region" and place.country not in countries for place in found)


def _weight_of_two(place: Known, around: Surroundings) -> float:
    """Return how well a country or a region of its name fits: the region's towns tell of it, its country does not."""
    weight = 100.0 if {place.country, place.region} & around.inside else 0.0
    mark = place.region if place.kind == "region" else place.country
    weight += (2.5 if mark in around.sentence else 0.0) + (1.5 if around.article.get(mark) else 0.0)
    if place.kind == "country":
        return weight + 0.9
    return weight + (1.0 if place.country == around.outlet else 0.0) - (9.0 if place.kind == "city" else 0.0)


def _weight(place: Known, around: Surroundings) -> float:
    """Return how well a place fits, in powers of ten of its people."""
    weight = math.log10(place.thousands + 1)
    belongs = {place.country, place.region} if place.kind == "city" else {place.country}
    if belongs & around.inside:
        weight += 100
    if belongs & around.sentence:
        weight += 2.5
    if any(around.article.get(mark) for mark in belongs):
        weight += 1.5
    if place.country == around.outlet:
        weight += 1.0
    if place.kind == "country":
        weight += 1.5
    elif place.kind == "region":
        weight += 5.0 if around.area else -1.5
    elif place.thousands < _BIG:
        weight -= 1.0
    return weight


@cache
def _lines() -> list[bytes]:
    lines = _TABLE.read_bytes().split(b"\n")
    return [line for line in lines if line and not line.startswith(b"#")]


def _read(line: str) -> Known:
    name, kind, country, region, latitude, longitude, thousands, usual = line.split("\t")
    kinds: dict[str, PlaceKind] = {"city": "city", "region": "region", "country": "country"}
    return Known(usual or name, kinds[kind], country, region, float(latitude), float(longitude), int(thousands))
