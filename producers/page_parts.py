"""Which part of a page an element stands in, by tags and by the names of classes and ids."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from producers.structured_data import marks

_WORDS = 250


class PageParts:
    """Tells of the elements of one page whether they stand in a part that speaks of something else than the article.

    What was found is kept by element, so that a page nested without end costs no more than it has elements.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Any, bool], bool] = {}

    def elsewhere(self, element: Any, labelled: bool = False) -> bool:
        """Tell whether an element stands in menus, footers, comments, lists of other articles, or beside the article.

        Args:
            element: what holds a date.
            labelled: whether words say what the date is: then boxes beside the article are no other part.
        """
        climbed = []
        around = element
        verdict = False
        while around is not None and not verdict:
            if (around, labelled) in self._found:
                verdict = self._found[around, labelled]
                break
            climbed.append(around)
            verdict = _is_other_part(around, labelled)
            around = around.getparent()
        for one in climbed:
            self._found[one, labelled] = verdict
        return verdict


def _is_other_part(element: Any, labelled: bool) -> bool:
    if element.tag in ("nav", "footer") or (element.tag == "aside" and not labelled):
        return True
    if element.tag in ("body", "html", "main"):
        return False
    marked = marks_of(element)
    return marked != "" and (says("elsewhere", marked) or (not labelled and says("beside", marked)))


def marks_of(element: Any) -> str:
    """Return the class, id and property of an element in small letters; nothing where it has none."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".strip().lower()


@lru_cache(maxsize=8192)  # a page repeats its classes
def says(name: str, marked: str) -> bool:
    """Tell whether names of classes are those of a sort of `page_marks.toml`, such as published."""
    return _pattern(name).search(marked) is not None


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(marks()["elements"][name], re.IGNORECASE)


def words(element: Any) -> str:
    """Return the first words of an element, white space made single."""
    found: list[str] = []
    length = 0
    for piece in element.itertext():
        found += piece.split()
        length += len(piece)
        if length > 4 * _WORDS:  # much of it may be white space
            break
    return " ".join(found)[:_WORDS]
