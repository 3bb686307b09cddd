"""The dateline at the head of a dispatch: "The Hague .", "KYIV, Ukraine (AP) —", "LONDON, June 3 (Reuters) -"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = 400  # the dateline stands within the first line or two, after a headline or byline
_NAME = r"[A-Z][\w.'’-]*(?:[ -](?:(?:de|do|da|la|le|el|al|of|the|and|upon|sur|del|di)[ -])?[A-Z][\w.'’-]*){0,3}"
_AGENCY = r"\([A-Z][\w .&/-]{1,30}\)|AP|AFP|Reuters|UPI|Xinhua|ANI|PTI|TASS|dpa|DPA"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_YEAR = r"(?:,?[ ]\d{4})?"
_DAY = rf"(?:{_MONTH}[ ]\d{{1,2}}{_YEAR}|\d{{1,2}}[ ]{_MONTH}{_YEAR}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)"
_DATELINE = re.compile(
    rf"""(?m)^[ \t]*(?P<line>
        (?P<place>(?:The[ ])?{_NAME})
        (?:,[ ]?(?P<region>{_NAME}))?
        (?:,?[ ]?(?P<day>{_DAY}))?
        (?:
            (?:,?[ ]*(?:{_AGENCY}))[ ]*(?:—|–|--|-|:|\.)     # KYIV, Ukraine (AP) —
          | [ ]*(?:—|–|--)                                   # KYIV, Ukraine —
          | [ ]\.(?=\s)                                      # The Hague .
          | [ ]?:(?=[ ])                                     # NEW DELHI:
        )
    )[ \t]*(?=\S)""",
    re.VERBOSE,
)
_LABELS = frozenset({
    "BREAKING", "UPDATE", "UPDATED", "WATCH", "LISTEN", "EXCLUSIVE", "LIVE", "CORRECTION", "EDITORIAL", "OPINION",
    "ANALYSIS", "EXPLAINER", "PHOTOS", "VIDEO", "NOTE", "FACTBOX", "BREAKING NEWS", "READ MORE", "FACT CHECK", "SPORTS",
    "BUSINESS", "Q",
})  # fmt: skip
_SHOUTED = re.compile(r"[A-Z][A-Z .'’-]+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where (and when) a dispatch was written.

    Attributes:
        start, end: code-point offsets of the dateline with its dash or stop.
        place: the town, title-cased when it was in capitals.
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
    """Return the dateline within the first lines of a text, if it has one."""
    head = text[:_HEAD]
    for match in _DATELINE.finditer(head):
        if _is_dateline(match):
            region = match["region"]
            return Dateline(
                match.start("line"),
                match.end("line"),
                readable(match["place"]),
                readable(region) if region else None,
                match.start("day"),
                match.end("day"),
            )
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    """Tell a dateline from a sentence that begins with a name and a dash ("Anna — the eldest — left")."""
    line = match["line"]
    if line.rstrip().endswith(".") or "(" in line or match["day"]:
        return True
    place = match["place"]
    if place in _LABELS or (line.endswith(":") and not _SHOUTED.fullmatch(place)):
        return False
    return bool(_SHOUTED.fullmatch(place)) or (match["region"] is not None and bool(_SHOUTED.match(line)))


def readable(name: str) -> str:
    """Return a name in capitals as it is usually written: KYIV as Kyiv; others as they are."""
    if not name.isupper() or "." in name or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)
