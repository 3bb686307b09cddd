"""Tag temporal expressions: find every one in a text and normalise it to TIMEX3, at its true granularity."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import get_args

from extraction.language import detected, primary
from extraction.temporal.builders import BUILDERS
from extraction.temporal.discourse import Discourse
from extraction.temporal.domain import Domain, detect
from extraction.temporal.interval import when_of
from extraction.temporal.language import Language, LanguageError, languages, load_language
from extraction.temporal.matcher import RUN, Candidate, Matcher
from extraction.temporal.period import Period, bounds, timex_value
from extraction.temporal.reading import Match, Reading
from schemas.civil import DateError, Moment, parse_moment
from schemas.when import Timex

_DEFAULT_LANGUAGE = "en"
_MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "FM", "MH", "PW", "BZ"})


def tag(
    text: str,
    *,
    published_at: str | None = None,
    language: str | None = None,
    country: str | None = None,
    domain: Domain | None = None,
) -> list[Timex]:
    """Return the temporal expressions of a text, in the order of their places.

    Args:
        text: the text; offsets count its code points.
        published_at: publication date or instant (ISO 8601). Without it, what depends on it stays unresolved.
        language: ISO 639-1 code, a region may follow (`en-GB`). Without it, the text's function words
            tell; English where they do not, and for a language without tables.
        country: ISO 3166-1 alpha-2 code of the outlet's country, which decides what 03/04/2025 and "Labor Day" mean.
        domain: news, narrative or colloquial; told from the text when missing (see `extraction.temporal.domain`).

    Raises:
        DateError: when `published_at` is no date or instant.
        LanguageError: when the domain is none of the three.
    """
    tables = _tables(language, text)
    moment = parse_moment(published_at) if published_at else None
    if domain is not None and domain not in get_args(Domain):
        raise LanguageError(f"no domain {domain!r}; there are {', '.join(get_args(Domain))}")
    tokens = tables.token.findall(text)
    atoms = "".join(map(tables.atom_of.__getitem__, tokens))
    if domain is None:
        domain = detect(text, tokens, atoms, tables, moment)
    region = _region(language, country)
    discourse = Discourse(tables, domain, tokens, atoms, [], moment, _month_first(tables, region), region)
    return _read(text, discourse, _matcher(tables.code, domain))


def _tables(language: str | None, text: str) -> Language:
    code = primary(language) if language else detected(text)
    return load_language(code if code and code in languages() else _DEFAULT_LANGUAGE)


@lru_cache(maxsize=32)
def _matcher(code: str, domain: str) -> Matcher:
    return Matcher(load_language(code), domain)


def _region(language: str | None, country: str | None) -> str | None:
    """Return the code of the outlet's country: as told, else the language's region."""
    region = country or (language or "").replace("_", "-").partition("-")[2]
    return region.upper() if region else None


def _month_first(tables: Language, region: str | None) -> bool:
    return region in _MONTH_FIRST_COUNTRIES if region else bool(tables.settings.get("month_first"))


def _read(text: str, discourse: Discourse, matcher: Matcher) -> list[Timex]:
    """Read the text's runs from left to right; each expression may rest on those before it."""
    found: list[Timex] = []
    starts: list[int] = []
    for run in RUN.finditer(discourse.atoms):
        candidates = matcher.candidates(run.group())
        if not candidates:
            continue
        if not starts:
            starts = list(accumulate(map(len, discourse.tokens), initial=0))
            discourse.words = [token.rstrip().lower().replace("’", "'") for token in discourse.tokens]
        done = 0
        for candidate in candidates:
            if candidate.start < done:
                continue
            match = _match(candidate, run.start(), discourse)
            reading = _reading(match)
            if reading is None:
                continue
            done = match.span[1] - run.start()
            if reading.value or reading.period:
                found.append(_timex(text, starts, match, reading))
    return found


def _match(candidate: Candidate, offset: int, discourse: Discourse) -> Match:
    groups = {name: (first + offset, last + offset, cls) for name, first, last, cls in candidate.groups}
    return Match(candidate.rule, candidate.start + offset, candidate.end + offset, groups, discourse)


def _reading(match: Match) -> Reading | None:
    """Return what the rule's builder makes of a match; None when it declines or the date does not exist."""
    try:
        reading = BUILDERS[match.rule.build](match)
        if reading and reading.period:
            bounds(reading.period)
    except DateError:
        return None
    if reading and reading.alternatives:
        reading.alternatives = tuple(filter(_exists, reading.alternatives))
    return reading


def _exists(period: Period) -> bool:
    """Tell whether a period lies within the years that are kept."""
    try:
        bounds(period)
    except DateError:
        return False
    return True


def _timex(text: str, starts: list[int], match: Match, reading: Reading) -> Timex:
    discourse = match.discourse
    first, last = match.span
    start, end = starts[first], starts[last - 1] + len(discourse.tokens[last - 1].rstrip())
    value = reading.value
    if reading.period:
        timebank = discourse.domain == "news"
        value = timex_value(reading.period, pad_weeks=not timebank, zones=not timebank)
    when = None
    if reading.type in ("DATE", "TIME") and not value.endswith("_REF"):
        when = when_of(reading, value, match.rule.name, discourse, first, last)
    discourse.note(first, last, reading)
    return Timex.model_construct(
        start=start, end=end, text=text[start:end], type=reading.type, value=value, mod=reading.mod, when=when
    )


__all__ = ["Domain", "Moment", "tag"]
