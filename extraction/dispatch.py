"""The dateline at the head of a dispatch: "The Hague .", "KYIV, Ukraine (AP) —", "LONDON, June 3 (Reuters) -"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.gazetteer.countries import known_names
from extraction.lexicon import read

_HEAD = 600  # the dateline stands within the first lines, after a headline, byline or caption
_CAPITAL = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_CAPITAL}(?:[ -](?:(?:de|do|da|la|le|el|al|of|the|and|upon|sur|del|di)[ -])?{_CAPITAL}){{0,3}}"
_PLACES = rf"(?:The[ ])?{_NAME}(?:\\?/{_NAME}){{0,2}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_YEAR = r"(?:,?[ ]\d{4})?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?[ ])?"
_DAY = (
    rf"{_WEEKDAY}(?:{_MONTH}[ ]\d{{1,2}}{_YEAR}|\d{{1,2}}[ ]{_MONTH}{_YEAR}|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?)"
)
# The stamp that an agency's page puts before the dateline; with it the place is told twice.
_STAMP = (
    rf"{_NAME}[ ]\|[ ](?P<stamp>\w{{3}}[ ]{_MONTH}[ ]\d{{1,2}},[ ]\d{{4}})[ ]\d{{1,2}}:\d\d[ ][ap]m[ ][A-Z]{{2,4}}[ ]"
)
_WORDS = r"[^\W\d_][\w .&/-]{1,30}"
_BRACKETED = rf"(?:\({_WORDS}\)|/{_WORDS}/|-LRB-[ ]{_WORDS}[ ]-RRB-)"
_DASH = r"(?:—|–|--|-)"
_DATELINE = re.compile(
    rf"""(?P<line>
        (?:{_STAMP})?
        (?P<place>{_PLACES})
        (?:,[ ]?(?P<region>{_NAME})|[ ][\[(](?P<bracketed>{_NAME})[\])](?=,?[ ](?:{_BRACKETED}|{_DAY})))?
        (?:[,.]?[ ]?(?P<day>{_DAY})\.?)?
        (?:
            ,?[ ]*(?P<agency>{_BRACKETED}|(?:AGENCIES)\b)(?:[ ]*(?:{_DASH}|:|\.))?   # KYIV, Ukraine (AP) —
          | [ ]*(?P<dash>—|–|--|[ ]-(?=[ ]))                                    # KYIV, Ukraine —
          | (?P<stop>[ ]\.(?=\s))                                               # The Hague .
          | (?P<colon>[ ]?:(?=[ ]))                                             # NEW DELHI:
        )
    )\s*(?=\S)""".replace("AGENCIES", "|".join(map(re.escape, read("en", "dateline")["agencies"].split()))),
    re.VERBOSE,
)
_NO_PLACE = re.compile(rf"(?P<line>(?:(?P<day>{_DAY})[ ])?{_BRACKETED}[ ]*{_DASH})\s*(?=\S)".replace("[ ]", " "))
_BYLINE = re.compile(rf"(?m)^\W*By [^\W\d_a-z][^\n.!?]{{2,80}} in (?P<place>{_NAME})\W*$".replace("[ ]", " "))
_SHOUTED = re.compile(r"[^\W\d_a-z](?:[A-Z .,'’/\\-]|[^\W\d_a-z])+")
_BEGINS = re.compile(r"(?m)^[ \t\xa0]*|(?<=[.!?\"”)\]])[ \t]+")
_ENDS_CLEARLY = re.compile(r"(?:—|–|-|:|\.)$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where (and when) a dispatch was written.

    Attributes:
        start, end: code-point offsets of the dateline with its dash or stop.
        place: the town, title-cased when it was in capitals, the first of several; empty where only the agency stands.
        region: country or state behind it, if any.
        day_start, day_end: offsets of its date, both -1 when it has none.
    """

    start: int
    end: int
    place: str
    region: str | None
    day_start: int
    day_end: int


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline within the first lines of a text, if it has one.

    A place in capitals or one we know, then perhaps a region, a date and an agency, then a dash, a stop or a colon.
    Where none stands, "(CNN) --" and a byline that ends in a place ("By Ann Lee in Berlin") serve.
    """
    head = text[:_HEAD]
    for begin in _BEGINS.finditer(head):
        match = _DATELINE.match(head, begin.end())
        if match and _is_dateline(match, begin.start() == 0 or head[begin.start() - 1] == "\n"):
            region = match["region"] or match["bracketed"]
            day = match.span("day") if match["day"] else match.span("stamp")
            place = re.split(r"\\?/", match["place"])[0].rstrip(".")
            return Dateline(
                *match.span("line"), readable(place), readable(region.rstrip(".")) if region else None, *day
            )
    for begin in _BEGINS.finditer(head):
        bare = _NO_PLACE.match(head, begin.end())
        if bare:
            return Dateline(*bare.span("line"), "", None, *bare.span("day"))
    byline = _BYLINE.search(head)
    return Dateline(*byline.span(), byline["place"], None, -1, -1) if byline else None


@cache
def _labels() -> frozenset[str]:
    return frozenset(label.replace("_", " ") for label in read("en", "dateline")["labels"].split())


def _is_dateline(match: re.Match[str], begins_line: bool) -> bool:
    """Tell a dateline from a sentence that begins with a name and a dash ("Anna — the eldest — left")."""
    place, region = match["place"], match["region"]
    shouted = _SHOUTED.fullmatch(place) is not None
    if place.upper() in _labels() or (region is not None and region.upper().split()[-1] in _labels()):
        return False
    if match["agency"]:
        clear = _ENDS_CLEARLY.search(match["line"]) is not None
        return (clear and (shouted or begins_line)) or bool(match["day"])
    if not begins_line and not shouted:
        return False
    if match["day"]:
        return shouted or bool(match["dash"])
    if match["dash"] == " -" and (not shouted or len(place) < 4):
        return False
    if match["colon"]:
        return shouted and _is_known(place)
    return bool(match["stop"]) or shouted or _is_known(place) or (region is not None and _is_known(region))


def _is_known(name: str) -> bool:
    known = known_names().get(name) or known_names().get(readable(name))
    return known is not None and known.kind != "demonym"


def readable(name: str) -> str:
    """Return a name in capitals as it is usually written: KYIV as Kyiv; others as they are."""
    if not name.isupper() or "." in name or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)
