"""Numbers that a statement gives: casualties, people detained or displaced, money, shares.

Each number is read once, with what stands right before and after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.mention import Quantity
from schemas.vocabulary import Bound, QuantityKind

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALE = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "trillion": 1e12,
    "m": 1e6, "bn": 1e9, "k": 1e3, "b": 1e9, "dozen": 12.0,
}  # fmt: skip
# "dozens" is at least two of them.
_VAGUE = {
    "dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0, "tens of thousands": 20_000.0,
    "hundreds of thousands": 200_000.0, "millions": 2e6,
}  # fmt: skip
_BOUNDS: dict[str, Bound] = {
    "at least": "at_least", "more than": "at_least", "over": "at_least", "no fewer than": "at_least",
    "no less than": "at_least", "upwards of": "at_least", "a minimum of": "at_least", "above": "at_least",
    "at most": "at_most", "up to": "at_most", "no more than": "at_most", "fewer than": "at_most",
    "less than": "at_most", "under": "at_most", "as many as": "at_most", "as much as": "at_most", "below": "at_most",
    "a maximum of": "at_most", "about": "about", "around": "about", "some": "about", "nearly": "about",
    "almost": "about", "roughly": "about", "approximately": "about", "an estimated": "about", "close to": "about",
}  # fmt: skip
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD", "A$": "AUD", "C$": "CAD"}
_CURRENCIES = {
    "dollars": "USD", "dlrs": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "yuan": "CNY",
    "yen": "JPY", "rubles": "RUB", "roubles": "RUB", "rupees": "INR", "francs": "CHF", "marks": "DEM", "usd": "USD",
    "eur": "EUR", "gbp": "GBP",
}  # fmt: skip

_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,6}})?"
    rf"|(?:{_WORDS})(?:[- ](?:{_WORDS}))?(?:\ hundred)?"
    r"|tens\ of\ thousands|hundreds\ of\ thousands|dozens|scores|hundreds|thousands|millions|a\ dozen|a\ hundred)"
    r"(?P<scale>[ -]?(?:hundred|thousand|million|billion|trillion|mln|bln|bn|dozen)\b|(?:m|b|k)\b)?(?!\w)",
    re.IGNORECASE,
)
_BOUND = "|".join(sorted((re.escape(bound) for bound in _BOUNDS), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:(?<![\w-])(?P<bound>{_BOUND})\ )?(?:another\ |a\ further\ )?(?P<sign>(?:US|A|C)?\$|[€£¥₹])?$", re.IGNORECASE
)
_REACH_BEFORE = 24  # code points of the longest bound and sign
_CUE_REACH = 24  # of the longest cue before a number: "death toll climbed to"
_CUES_BEFORE: dict[QuantityKind, str] = {
    "killed": r"kill(?:ed|ing|s)?|dead|claim(?:ed|ing|s)?|left|murder(?:ed|ing)|slain|death\ toll\ \w+\ to",
    "injured": r"injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing)?|hospitali[sz]ed",
    "detained": r"arrest(?:ed|ing|s)|detain(?:ed|ing|s)|jailed",
    "displaced": r"displac(?:ed|ing|es)|evacuat(?:ed|ing)|uproot(?:ed|ing)|forced",
}
_CUES_AFTER: dict[QuantityKind, str] = {
    "killed": r"killed|dead|died|dies|deaths?|fatalit(?:y|ies)|lives|perished|drowned|murdered",
    "injured": r"injured|wounded|hurt|injuries|hospitali[sz]ed",
    "detained": r"arrested|detained|arrests|jailed|in\ custody",
    "displaced": r"displaced|homeless|evacuated|fled|refugees|evacuees",
}
_CUE_BEFORE = {kind: re.compile(rf"(?<!\w)(?:{cues})\ +$", re.IGNORECASE) for kind, cues in _CUES_BEFORE.items()}
# "two men charged in the death": what parts a number from a cue behind it
_NO_GAP = r"(?:and|but|or|in|for|with|on|at|to|by|from)\b|(?!(?:reported|feared|confirmed|presumed|believed)\b)\w+ed\b"
_CUE_AFTER = {
    kind: re.compile(rf"(?:\ (?!{_NO_GAP})[\w’'-]+){{0,4}}?\ (?:{cues})\b", re.IGNORECASE)
    for kind, cues in _CUES_AFTER.items()
}
_PERCENT = re.compile(r" ?(?:%|percent\b|per cent\b|pct\b)", re.IGNORECASE)
_CURRENCY = re.compile(rf" (?:U\.?S\.? )?(?P<unit>{'|'.join(_CURRENCIES)})\b", re.IGNORECASE)
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_YEAR_CUES = ("in ", "since ", "by ", "of ", "until ", "from ", "during ", "after ", "before ")
# "left 12" says nothing unless "dead" follows, "claimed 3" nothing unless "lives" does, "forced 40" unless they flee.
_NEEDS_MORE = {
    "left": re.compile(r"[^,;.]{0,30}\bdead\b", re.IGNORECASE),
    "claim": re.compile(r"[^,;.]{0,20}\blives\b", re.IGNORECASE),
    "forced": re.compile(r"[^,;.]{0,30}\b(?:flee|leave)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where its words lie in the text: code-point offsets, end exclusive."""

    start: int
    end: int
    quantity: Quantity


def find(text: str, start: int, end: int) -> list[Found]:
    """Return the quantities of text[start:end] in order, one for each number."""
    found = (_read(text, start, end, match) for match in _NUMBER.finditer(text, start, end))
    return [item for item in found if item is not None]


def _read(text: str, start: int, end: int, match: re.Match[str]) -> Found | None:
    """Return the quantity that a number means, None when nothing beside it tells its kind."""
    before = text[max(start, match.start() - _REACH_BEFORE) : match.start()]
    if _YEAR.fullmatch(match["number"]) and before.lower().endswith(_YEAR_CUES):
        return None
    head = _BEFORE.search(before)
    opening = head.group() if head else ""
    first = match.start() - len(opening)
    bound = _BOUNDS[head["bound"].lower()] if head and head["bound"] else "exact"
    written = match["number"].lower()
    value = _value(written, (match["scale"] or "").strip(" -").lower())
    if written in _VAGUE:
        bound = "at_least"
    percent = _PERCENT.match(text, match.end(), end)
    if percent:
        return Found(first, percent.end(), Quantity(kind="percent", value=value, bound=bound, unit="%"))
    if head and head["sign"]:
        unit = _SIGNS.get(head["sign"].upper())
        return Found(first, match.end(), Quantity(kind="money", value=value, bound=bound, unit=unit))
    currency = _CURRENCY.match(text, match.end(), end)
    if currency:
        unit = _CURRENCIES[currency["unit"].lower()]
        return Found(first, currency.end(), Quantity(kind="money", value=value, bound=bound, unit=unit))
    people = _people(text, start, end, first, match.end())
    if people is None:
        return None
    kind, first, last = people
    return Found(first, last, Quantity(kind=kind, value=value, bound=bound, unit="people"))


def _people(text: str, start: int, end: int, first: int, last: int) -> tuple[QuantityKind, int, int] | None:
    """Return what befell a number of people and the span that says so: the nearest cue decides.

    "killed 17 and injured 200", "17 killed, 200 injured".
    """
    before = text[max(start, first - _CUE_REACH) : first]
    best: tuple[int, QuantityKind, int, int] | None = None
    for kind, pattern in _CUE_BEFORE.items():
        cue = pattern.search(before)
        if cue and _is_enough(cue.group().lower(), text, last, end):
            best = (len(cue.group()), kind, first - len(cue.group()), last)
    for kind, pattern in _CUE_AFTER.items():
        cue = pattern.match(text, last, end)
        if cue and (best is None or len(cue.group()) < best[0]):
            best = (len(cue.group()), kind, first, cue.end())
    return best[1:] if best else None


def _is_enough(cue: str, text: str, last: int, end: int) -> bool:
    return all(not cue.startswith(word) or more.match(text, last, end) for word, more in _NEEDS_MORE.items())


def _value(written: str, scale: str) -> float:
    """Return the number that digits or words mean: "5,000", "twenty-three", "two hundred", "dozens"."""
    factor = _SCALE.get(scale, 1.0)
    if written in _VAGUE:
        return _VAGUE[written] * factor
    if written[0].isdigit():
        return float(written.replace(",", "")) * factor
    if written.startswith("a "):
        return _SCALE[written[2:]] * factor
    total = 0.0
    for word in written.replace("-", " ").split():
        total = total * 100 if word == "hundred" else total + _SMALL.get(word, 0)
    return total * factor
