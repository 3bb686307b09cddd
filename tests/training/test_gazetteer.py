"""The tables of places and people, from a made-up world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from training.gazetteer import area_rows, city_rows, region_names, write
from training.people import kinds_of


def city(number: int, name: str, code: str, latitude: float, people: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": number, "name": name, "countrycode": "XA", "admin1code": code, "latitude": latitude,
        "longitude": 10.0, "population": people, "alternatenames": list(others),
    }  # fmt: skip


CITIES = [
    city(1, "Örland", "01", 50.0, 900_000, "Oldname", "ORL", "Unheard"),
    city(2, "Sumar", "01", 52.0, 100_000, "Örland"),
    city(3, "Tiny", "02", 40.0, 20_000, "Oldname"),
]
TOWNS = [
    {"cc": "XA", "name": "Orland", "admin1": "Northmark", "lat": "50.01", "lon": "10.01"},
    {"cc": "XA", "name": "Sumar", "admin1": "Elsewhere", "lat": "12.0", "lon": "10.0"},
]


def test_regions_take_their_names_from_towns_at_the_same_spot() -> None:
    assert region_names(CITIES, TOWNS) == {("XA", "01"): "Northmark"}


def test_a_city_has_its_name_without_accents_and_familiar_other_ones() -> None:
    rows = city_rows(CITIES, {("XA", "01"): "Northmark"}, frozenset({"oldname"}))
    assert [(row.name, row.usual) for row in rows] == [
        ("Örland", ""),
        ("Sumar", ""),
        ("Tiny", ""),
        ("Orland", "Örland"),
        ("Oldname", "Örland"),
    ]
    assert rows[0].region == "Northmark"


def test_a_region_lies_in_the_middle_of_its_people() -> None:
    rows = city_rows(CITIES, {("XA", "01"): "Northmark"}, frozenset())
    (region,) = area_rows("region", rows, {("XA", "Northmark"): "Northmark"})
    assert 50.15 < region.latitude < 50.25
    assert (round(region.longitude, 6), region.thousands) == (10.0, 1000)


def test_the_table_is_sorted_by_its_bytes_and_names_its_source(tmp_path: Path) -> None:
    write(city_rows(CITIES, {}, frozenset()), tmp_path / "places.tsv")
    lines = (tmp_path / "places.tsv").read_bytes().splitlines()
    places = [line for line in lines if not line.startswith(b"#")]
    assert places == sorted(places)
    assert b"CC BY 4.0" in lines[0]


def test_names_of_people_are_common_or_rare() -> None:
    given = ["ANNA 0.5 0.5 1", "ZELPHA 0.001 0.501 2"]
    assert kinds_of(given, ["SMITH 1.0 1.0 1", "ANNA 0.1 1.1 2"]) == {
        "anna": ["given", "surname"],
        "zelpha": ["rare_given"],
        "smith": ["surname"],
    }
