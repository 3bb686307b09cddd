"""Which format a request wants: `format=`, else the best of its `Accept`."""

from __future__ import annotations

from typing import Literal, get_args

from service.formats.arrow_table import Arrow, Parquet
from service.formats.atom import Atom
from service.formats.csv_table import CsvTable
from service.formats.document import Format
from service.formats.geojson import GeoJson
from service.formats.icalendar_file import ICalendar
from service.formats.json_page import JsonPage
from service.formats.ndjson import Ndjson
from service.formats.timelinejs import TimelineJs

FormatName = Literal["json", "ndjson", "csv", "parquet", "arrow", "ics", "atom", "geojson", "timelinejs"]

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        JsonPage(), Ndjson(), CsvTable(), Parquet(), Arrow(), ICalendar(), Atom(), GeoJson(), TimelineJs(),
    )
}  # fmt: skip
assert tuple(FORMATS) == get_args(FormatName)


class NotAcceptable(ValueError):
    """No format that is accepted can be written; the message names those that can."""


def choose(name: FormatName | None, accept: str | None) -> Format:
    """Return the format that a request wants.

    Args:
        name: the value of `format`, which comes before the header.
        accept: the header `Accept`; None and what it leaves open mean JSON.

    Raises:
        NotAcceptable: when the header takes none of the formats.
    """
    if name is not None:
        return FORMATS[name]
    ranges = _ranges(accept or "*/*")
    best = max(FORMATS.values(), key=lambda one: _quality(one.media_type, ranges))
    if _quality(best.media_type, ranges) == 0:
        offered = ", ".join(dict.fromkeys(one.media_type for one in FORMATS.values()))
        raise NotAcceptable(f"none of {accept} can be given; there are {offered}")
    return best


def _ranges(accept: str) -> dict[str, float]:
    """Return the quality of each media range of an `Accept` (RFC 9110, 12.5.1); other parameters are ignored."""
    found: dict[str, float] = {}
    for item in accept.split(","):
        media_range, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found[media_range] = max(quality, found.get(media_range, 0.0))
    return found


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    """Return how welcome a media type is: the most specific range that holds it decides."""
    major = media_type.partition("/")[0]
    for media_range in (media_type, f"{major}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
