"""Numbers that a statement gives: casualties, people detained or displaced, money, shares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.mention import Quantity
from schemas.vocabulary import Bound, QuantityKind

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALE = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9, "k": 1e3, "b": 1e9, "dozen": 12.0,
}  # fmt: skip
# "dozens" is at least two of them.
_VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0, "tens of thousands": 20_000.0,
          "hundreds of thousands": 200_000.0, "millions": 2e6}  # fmt: skip
_BOUNDS: dict[str, Bound] = {
    "at least": "at_least", "more than": "at_least", "over": "at_least", "no fewer than": "at_least",
    "no less than": "at_least", "upwards of": "at_least", "a minimum of": "at_least", "above": "at_least",
    "at most": "at_most", "up to": "at_most", "no more than": "at_most", "fewer than": "at_most",
    "less than": "at_most",
    "under": "at_most", "as many as": "at_most", "as much as": "at_most", "below": "at_most", "a maximum of": "at_most",
    "about": "about", "around": "about", "some": "about", "nearly": "about", "almost": "about", "roughly": "about",
    "approximately": "about", "an estimated": "about", "close to": "about",
}  # fmt: skip
_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = (
    rf"(?:\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,6}})?|(?:{_WORDS})(?:[- ](?:{_WORDS}))?(?:\ hundred)?"
    r"|tens\ of\ thousands|hundreds\ of\ thousands|dozens|scores|hundreds|thousands|millions|a\ dozen|a\ hundred)"
)
_SCALES = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|mln|bln|bn|dozen)\b|(?:m|b|k)\b)?"
_BOUND = "|".join(sorted((re.escape(b) for b in _BOUNDS), key=len, reverse=True))
_PREFIX = rf"(?:(?P<bound>{_BOUND})[ ]+)?(?:another[ ]+|a[ ]further[ ]+)?"
_VALUE = rf"(?P<number>{_NUMBER})(?P<scale>{_SCALES})"
_CUES: dict[QuantityKind, tuple[str, str]] = {
    "killed": (
        r"kill(?:ed|ing|s)?|dead|claim(?:ed|ing|s)?|left|murder(?:ed|ing)|slain|shot[ ]dead|death[ ]toll[ ]\w+[ ]to",
        r"killed|dead|died|dies|deaths?|fatalit(?:y|ies)|lives|perished|drowned|murdered",
    ),
    "injured": (
        r"injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing)?|hospitali[sz]ed",
        r"injured|wounded|hurt|injuries|hospitali[sz]ed",
    ),
    "detained": (r"arrest(?:ed|ing|s)|detain(?:ed|ing|s)|jailed", r"arrested|detained|arrests|jailed|in[ ]custody"),
    "displaced": (
        r"displac(?:ed|ing|es)|evacuat(?:ed|ing)|uproot(?:ed|ing)|forced",
        r"displaced|homeless|evacuated|fled|refugees|evacuees",
    ),
}
# A sentence without these has none of the cues: most sentences are told by this alone.
_STEMS: dict[QuantityKind, tuple[str, ...]] = {
    "killed": ("kill", "dead", "die", "dea", "fatal", "live", "perish", "drown", "murder", "slain", "bodies", "claim"),
    "injured": ("injur", "wound", "hurt", "hospitali"),
    "detained": ("arrest", "detain", "jailed", "custody"),
    "displaced": ("displac", "evacu", "uproot", "forced", "homeless", "fled", "refugee"),
}
_CASUALTY = {
    kind: (
        re.compile(rf"\b(?:{before})[ ]+{_PREFIX}\b{_VALUE}\b", re.IGNORECASE),
        re.compile(
            rf"{_PREFIX}\b{_VALUE}(?![\d%])(?:[ ](?!and\b|but\b|or\b)[\w’'-]+){{0,4}}?[ ](?:{after})\b", re.IGNORECASE
        ),
    )
    for kind, (before, after) in _CUES.items()
}
_PERCENT = re.compile(rf"{_PREFIX}{_VALUE}[ ]?(?:%|percent\b|per[ ]cent\b|pct\b)", re.IGNORECASE)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD", "A$": "AUD", "C$": "CAD"}
_CURRENCIES = {
    "dollars": "USD", "dlrs": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "yuan": "CNY",
    "yen": "JPY", "rubles": "RUB", "roubles": "RUB", "rupees": "INR", "francs": "CHF", "marks": "DEM", "usd": "USD",
    "eur": "EUR", "gbp": "GBP",
}  # fmt: skip
_SIGNED = re.compile(rf"{_PREFIX}(?P<unit>(?:US|A|C)?\$|[€£¥₹]) ?{_VALUE}", re.IGNORECASE)
_NAMED = re.compile(rf"{_PREFIX}\b{_VALUE}[ ](?:U\.?S\.?[ ])?(?P<unit>{'|'.join(_CURRENCIES)})\b", re.IGNORECASE)
_CURRENCY = re.compile(rf"[$€£¥₹]|\b(?:{'|'.join(_CURRENCIES)})\b")
_ANY = re.compile(rf"\d|\b(?:{_WORDS}|dozens|scores|hundreds|thousands|millions|dozen|hundred)\b", re.IGNORECASE)
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_YEAR_CUES = ("in ", "since ", "by ", "of ", "until ", "from ", "In ", "Since ", "By ", "during ", "after ", "before ")
# "left 12" says nothing unless "dead" or "injured" follows, "claimed 3" nothing unless "lives" does.
_NEEDS_MORE = {"left": r"[^,;.]{0,30}\bdead\b", "claim": r"[^,;.]{0,20}\blives\b"}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where its words lie in the text: code-point offsets, end exclusive."""

    start: int
    end: int
    quantity: Quantity


def find(text: str, start: int, end: int) -> list[Found]:
    """Return the quantities of text[start:end] in order, one for each number."""
    if not _ANY.search(text, start, end):
        return []
    found: dict[int, Found] = {}
    lower = text[start:end].lower()
    for kind, patterns in _CASUALTY.items():
        if any(stem in lower for stem in _STEMS[kind]):
            for rank, pattern in enumerate(patterns):
                for match in pattern.finditer(text, start, end):
                    _add_casualty(found, text, end, match, kind, rank)
    if "%" in lower or "percent" in lower or "per cent" in lower or "pct" in lower:
        for match in _PERCENT.finditer(text, start, end):
            _add(found, match, "percent", "%")
    if _CURRENCY.search(lower):
        for pattern in (_SIGNED, _NAMED):
            for match in pattern.finditer(text, start, end):
                unit = match["unit"]
                _add(found, match, "money", _SIGNS.get(unit.upper()) or _CURRENCIES.get(unit.lower()))
    return [found[at] for at in sorted(found)]


def _add_casualty(
    found: dict[int, Found], text: str, end: int, match: re.Match[str], kind: QuantityKind, rank: int
) -> None:
    at = match.start("number")
    if _YEAR.fullmatch(match["number"]) and text[max(0, at - 8) : at].endswith(_YEAR_CUES):
        return
    head = match.group().lower()
    for cue, more in _NEEDS_MORE.items():
        if rank == 0 and head.startswith(cue) and not re.match(more, text[match.end() : end], re.IGNORECASE):
            return
    if rank == 0 and head.startswith("forced") and "flee" not in text[match.end() : match.end() + 40]:
        return
    known = found.get(match.start("number"))
    # The cue nearest to the number decides: "killed 17 and injured 200", "17 killed, 200 injured".
    if known is None or match.end() - match.start() < known.end - known.start:
        _add(found, match, kind, "people")


def _add(found: dict[int, Found], match: re.Match[str], kind: QuantityKind, unit: str | None) -> None:
    written = match["number"].lower()
    value = _value(written, match["scale"].strip(" -").lower())
    if value is None:
        return
    bound = _BOUNDS[" ".join(match["bound"].lower().split())] if match["bound"] else "exact"
    if written in _VAGUE:
        bound = "at_least"
    quantity = Quantity(kind=kind, value=value, bound=bound, unit=unit)
    found[match.start("number")] = Found(match.start(), match.end(), quantity)


def _value(written: str, scale: str) -> float | None:
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
