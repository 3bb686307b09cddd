"""Numbers that a statement gives: casualties, people detained or displaced, money, shares, things counted.

Each number is read once, with what stands right before and behind it; the words are in `quantities.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.lexicon import read
from extraction.numerals import NUMBER, Numeral, any_of, read_numeral
from extraction.uncounted import is_named, is_no_count, is_part, is_race
from schemas.mention import Quantity
from schemas.vocabulary import Bound, QuantityKind

_TABLE: dict[str, Any] = read("en", "quantities")
_PEOPLE_KINDS: tuple[QuantityKind, ...] = ("killed", "injured", "detained", "displaced")
_SIDE_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "about")


_BOUND_OF: dict[str, Bound] = {
    word.replace("_", " "): bound for bound in _SIDE_BOUNDS for word in _TABLE["bounds"][bound].split()
}
_SIGNS = "|".join(sorted(map(re.escape, _TABLE["signs"]), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:(?<![\w-])(?P<bound>{any_of(' '.join(_TABLE['bounds'][b] for b in _SIDE_BOUNDS).split())})\s+)?"
    rf"(?:another\s+|a\s+further\s+|a\s+total\s+of\s+|the\s+)?(?P<sign>{_SIGNS})?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"\s*(?:(?P<at_least>\+|-plus\b|{any_of(_TABLE['bounds']['at_least_behind'].split())})"
    rf"|(?P<about>{any_of(_TABLE['bounds']['about_behind'].split())}))(?!\w)",
    re.IGNORECASE,
)
_REACH = 40  # code points of the longest bound and sign, and of the longest cue before a number
_CUE_BEFORE = {
    kind: re.compile(rf"(?<!\w)(?:{any_of(_TABLE['cues'][kind]['before'].split())})\s+$", re.IGNORECASE)
    for kind in _PEOPLE_KINDS
}
# "the death toll from Tuesday's earthquake in Arden rose to 45"
_TOLL = re.compile(r"\btoll\b[^.;,\d]{0,80}$", re.IGNORECASE)
_TOLL_REACH = 90
# What parts a number from a cue behind it: "two men charged in the death".
_NO_GAP = (
    r"(?:and|but|or|in|for|with|on|at|to|by|from|after|as)\b"
    r"|(?!(?:reported|feared|confirmed|presumed|believed)\b)(?-i:[a-z]+ed\b)"
)
_ASIDE = r"(?:,\s[^,;.]{3,60},)?"  # "12 people, among them three children, were killed"
_CUE_AFTER = {
    kind: re.compile(
        rf"(?:\s+(?!{_NO_GAP})[\w’'-]+){{0,4}}?{_ASIDE}(?:\s+(?!{_NO_GAP})[\w’'-]+){{0,2}}?\s+"
        rf"(?:{any_of(_TABLE['cues'][kind]['after'].split())})(?!\w)",
        re.IGNORECASE,
    )
    for kind in _PEOPLE_KINDS
}
_THINGS = any_of((_TABLE["things"]["people"] + _TABLE["things"]["objects"]).split())
_THING = re.compile(
    rf"(?:\s+(?!{_NO_GAP})[\w’'-]+){{0,2}}?\s+(?P<unit>{_THINGS})(?![\w-])",
    re.IGNORECASE,
)
_MISSING = re.compile(
    rf"(?:\s+[\w’'-]+){{0,3}}?\s+(?:{any_of(_TABLE['things']['missing'].split())})(?!\w)", re.IGNORECASE
)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per\s+cent\b|pct\b)(?P<points>\s+points?\b|age\s+points?\b)?", re.IGNORECASE)
_POINTS = re.compile(r"\s(?P<unit>percentage|basis)\s+points?\b", re.IGNORECASE)
_CURRENCY = re.compile(
    rf"\s(?:U\.?S\.?\s|Australian\s|Canadian\s)?(?P<unit>{any_of(_TABLE['currencies'])})\b", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s$")
_SUFFERED = re.compile(r"\b(?:was|were|been|is|are|being|be|got|get)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s+(?:\d|(?:at\s+least|more\s+than|about|the|a|an|his|her|its|their|dozens|hundreds|people|civilians|two|three|four|five"
    r"|six|seven|eight|nine|ten)\b)",
    re.IGNORECASE,
)
_PARTS = "|".join(sorted(_TABLE["fractions"], key=len, reverse=True)).replace(" ", "[ -]")
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<part>{_PARTS})\s+of\b(?!\s+a\s)",
    re.IGNORECASE,
)
# Three letters of each word that may count, so that most sentences are passed over at once.
_MAY_COUNT = re.compile(
    r"\d|(?<!\w)(?:"
    + "|".join(
        sorted(
            {word[:3].replace(" ", r"\s") for word in (*_TABLE["numbers"], *_TABLE["scales"], *_TABLE["vague"])}
            | {word[:3].replace(" ", r"\s") for word in _TABLE["fractions"]}
            | {"no ", "non", "nob", "wit"}
        )
    )
    + ")",
    re.IGNORECASE,
)
_MAY_BE_NONE = re.compile(r"\b(?:[Nn]o|[Nn]obody|[Nn]one|[Ww]ithout)\b")
_NONE = {
    kind: re.compile(rf"(?<!\w)(?:{any_of(_TABLE['none'][kind].split())})(?!\w)", re.IGNORECASE)
    for kind in ("killed", "injured", "detained", "both")
}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where its words lie in the text: code-point offsets, end exclusive."""

    start: int
    end: int
    quantity: Quantity


def find(text: str, start: int, end: int) -> list[Found]:
    """Return the quantities of text[start:end] in order of their place.

    "Dozens" is at least 24, "a third" about 33.3 percent, "no one was hurt" 0. A range, "between 30 and 40", gives
    both its ends: at least 30, at most 40; "from 30 to 40" says that 30 became 40 and gives both exactly. A part of a
    number told before ("12 of them children") gives none, nor do ages, years, times, scores and the numbers of names.
    """
    found: list[Found] = []
    if not _MAY_COUNT.search(text, start, end):
        return found
    for match in NUMBER.finditer(text, start, end):
        found.extend(_read(text, start, end, read_numeral(match)))
    for match in _FRACTION.finditer(text, start, end) if text.find(" of ", start, end) >= 0 else ():
        value = float(_TABLE["fractions"][" ".join(re.split(r"[ -]", match["part"].lower()))])
        before = _BEFORE.search(text[max(start, match.start() - _REACH) : match.start()])
        bound = _bound(before) if before and before["bound"] else "about"
        found.append(Found(match.start(), match.end(), Quantity(kind="percent", value=value, bound=bound, unit="%")))
    found.extend(_nobody(text, start, end))
    return sorted(found, key=lambda item: item.start)


def _nobody(text: str, start: int, end: int) -> list[Found]:
    found: list[Found] = []
    if not _MAY_BE_NONE.search(text, start, end):
        return found
    for kind, pattern in _NONE.items():
        for match in pattern.finditer(text, start, end):
            kinds: tuple[QuantityKind, ...] = ("killed", "injured") if kind == "both" else (_as_kind(kind),)
            found.extend(Found(*match.span(), Quantity(kind=each, value=0, unit="people")) for each in kinds)
    return found


@cache
def _as_kind(name: str) -> QuantityKind:
    return next(kind for kind in _PEOPLE_KINDS if kind == name)


def _bound(before: re.Match[str]) -> Bound:
    return _BOUND_OF[" ".join(before["bound"].lower().split())]


def _read(text: str, start: int, end: int, numeral: Numeral) -> list[Found]:
    """Return what a number means: nothing when nothing beside it tells, two quantities for a range."""
    before = text[max(start, numeral.start - _REACH) : numeral.start]
    head = _BEFORE.search(before)
    sign = head["sign"] if head else None
    first = numeral.start - len(head.group()) if head else numeral.start
    opening = text[max(start, first - _REACH) : first]
    if sign is None and numeral.money_scale:
        return []
    if sign is None and is_no_count(text, start, end, numeral, before):
        return []
    if is_part(text, opening, numeral.end, end):
        return []
    behind = _BEHIND.match(text, numeral.end, end)
    last = behind.end() if behind else numeral.end
    kind = _kind_of(text, start, end, first, last, numeral, sign)
    if kind is None:
        return []
    name, unit, low, high = kind
    bound: Bound = "at_least" if numeral.vague else "exact"
    if head and head["bound"]:
        bound = _bound(head)
    elif behind:
        bound = "at_least" if behind["at_least"] else "about"
    if numeral.upto is not None:
        grows = _FROM.search(text[max(start, numeral.start - _REACH) : numeral.start]) is not None
        ends: tuple[Bound, Bound] = ("exact", "exact") if grows else ("at_least", "at_most")
        values = zip((numeral.value, numeral.upto), ends, strict=True)
        return [Found(low, high, Quantity(kind=name, value=value, bound=end, unit=unit)) for value, end in values]
    return [Found(low, high, Quantity(kind=name, value=numeral.value, bound=bound, unit=unit))]


def _kind_of(
    text: str, start: int, end: int, first: int, last: int, numeral: Numeral, sign: str | None
) -> tuple[QuantityKind, str | None, int, int] | None:
    """Return (kind, unit, start, end) of a number whose words are text[first:last]."""
    percent = _PERCENT.match(text, last, end)
    if percent:
        return "percent", "percentage points" if percent["points"] else "%", first, percent.end()
    points = _POINTS.match(text, last, end)
    if points:
        named = points["unit"].lower() == "percentage"
        return (
            ("percent", "percentage points", first, points.end())
            if named
            else ("other", "basis points", first, points.end())
        )
    if sign:
        return "money", _unit_of_sign(sign), first, last
    currency = _CURRENCY.match(text, last, end)
    if currency:
        return "money", str(_TABLE["currencies"][currency["unit"].lower()]), first, currency.end()
    people = _people(text, start, end, first, last)
    if people is not None:
        return people
    if numeral.digits and is_named(text, start, first):
        return None
    missing = _MISSING.match(text, last, end)
    if missing:
        return "other", "missing", first, missing.end()
    thing = _THING.match(text, last, end)
    if thing and is_race(text, start, numeral.start, thing["unit"]):
        return None
    return ("other", thing["unit"].lower(), first, thing.end()) if thing else None


def _unit_of_sign(sign: str) -> str:
    return next(str(code) for written, code in _TABLE["signs"].items() if written.lower() == sign.lower())


def _people(text: str, start: int, end: int, first: int, last: int) -> tuple[QuantityKind, str, int, int] | None:
    """Return what befell a number of people and the span that says so: the nearest cue decides.

    "killed 17 and injured 200", "17 killed, 200 injured".
    """
    before = text[max(start, first - _REACH) : first]
    best: tuple[int, QuantityKind, int, int] | None = None
    toll = _TOLL.search(text[max(start, first - _TOLL_REACH) : first])
    if toll:
        best = (0, "killed", first - len(toll.group()), last)
    for kind, pattern in _CUE_BEFORE.items():
        cue = pattern.search(before)
        if cue and _is_enough(cue.group().lower(), text, last, end):
            best = (len(cue.group()), kind, first - len(cue.group()), last)
    for kind, pattern in _CUE_AFTER.items():
        cue = pattern.match(text, last, end)
        if cue and (best is None or len(cue.group()) < best[0]) and not _is_deed(text, cue, end):
            best = (len(cue.group()), kind, first, cue.end())
    return (best[1], "people", best[2], best[3]) if best else None


def _is_deed(text: str, cue: re.Match[str], end: int) -> bool:
    """Tell "28 shells killed 22": the number did it, it did not suffer it."""
    if not cue.group().endswith("ed") or _SUFFERED.search(cue.group()):
        return False
    return _OBJECT.match(text, cue.end(), end) is not None


def _is_enough(cue: str, text: str, last: int, end: int) -> bool:
    for stem, more in _TABLE["needs"].items():
        if cue.startswith(stem):
            return (
                re.match(
                    rf"[^,;.]{{0,30}}\b(?:{any_of(more.split())})\b", text[last : min(end, last + 48)], re.IGNORECASE
                )
                is not None
            )
    return True
