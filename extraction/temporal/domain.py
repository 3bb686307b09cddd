"""Telling what kind of text it is when the caller does not: news, narrative or colloquial."""

from __future__ import annotations

import re
from typing import Literal

from extraction.temporal.language import Language
from schemas.civil import Moment, civil

Domain = Literal["news", "narrative", "colloquial"]
"""What expressions rest on: the publication date (news, and colloquial for short posts) or the text (narrative)."""

_SHORT = 300  # characters; what is longer is no post
_MARK = re.compile(r"(?:^|\s)[@#]\w|https?://|[:;]-?[()DP](?:\s|$)|[!?]{2}|\.\.\.\s*$")
_LEAST_YEARS = 4
_YEARS_PER_DAY = 5  # past years that outweigh one weekday, "yesterday" or "ago"
_REPORTS_PER_YEAR = 3  # reporting verbs that one past year outweighs: histories quote, too
_NEAR_CLASSES = ("WEEKDAY", "DAY_WORD")
_ANNUAL = 3  # years; "in 2012" is nothing unusual in the news of 2014


def detect(text: str, tokens: list[str], atoms: str, language: Language, published: Moment | None) -> Domain:
    """Tell a text's domain.

    A short text with the marks of a post (a hashtag, a link, "lol", or "I" and "you" that nobody is reported to have
    said) is colloquial. One that names many years long past, or eras, and has few weekdays, other days that only a
    publication date gives a place in time, or reporting verbs, is narrative. All else is news.

    Args:
        text: the text.
        tokens: its tokens.
        atoms: one atom a token.
        language: whose tables cut it.
        published: publication date, where it is known.
    """
    if len(text) <= _SHORT and (_MARK.search(text) or _is_talk(tokens, language)):
        return "colloquial"
    years = _past_years(tokens, atoms, language, published)
    if years < _LEAST_YEARS:
        return "news"
    days = _count(atoms, language, *language.settings.get("near_classes", _NEAR_CLASSES))
    reports = sum(token.rstrip().lower() in language.values["REPORTING"] for token in tokens)
    return "narrative" if years >= _YEARS_PER_DAY * days + reports / _REPORTS_PER_YEAR else "news"


def _is_talk(tokens: list[str], language: Language) -> bool:
    words = {token.rstrip().lower() for token in tokens}
    values = language.values
    if words & values["COLLOQUIAL"].keys():
        return True
    return bool(words & values["SPEAKER"].keys()) and not words & values["REPORTING"].keys()


def _past_years(tokens: list[str], atoms: str, language: Language, published: Moment | None) -> int:
    """Count the years long before publication; without a publication date, every year and era counts."""
    figures = set(language.atoms_of("YEAR"))
    eras = _count(atoms, language, "ERA")
    if published is None:
        return eras + sum(map(atoms.count, figures))
    latest = civil(published.day)[0] - _ANNUAL
    past = (1 for token, atom in zip(tokens, atoms, strict=True) if atom in figures and int(token.rstrip()) <= latest)
    return eras + sum(past)


def _count(atoms: str, language: Language, *classes: str) -> int:
    return sum(map(atoms.count, {atom for name in classes for atom in language.atoms_of(name)}))
