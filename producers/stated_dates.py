"""Every place in a page that states when it was published or changed, in the order in which they are trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from producers.script_dates import script_dates
from producers.stated import Kind, Stated
from producers.structured_data import Described, marks
from producers.visible_dates import elsewhere, visible_dates, words
from producers.written_dates import read_date

_PROGRAMS = ("published", "modified")
_IN_ADDRESS = re.compile(
    r"(?:^|/|[a-z]-?|_)((?:19|20)\d\d)([-/_.]?)(0[1-9]|1[0-2]|[1-9](?=[-/_.]))\2(0[1-9]|[12]\d|3[01]|[1-9](?=[-/_.]|$))(?=\D|$)"
)


def stated_dates(tree: Any, things: list[Described], url: str | None, month_first: bool | None) -> Iterator[Stated]:
    """Yield the dates that a page states, the most trusted first.

    JSON-LD of articles; meta elements; microdata and RDFa; JSON-LD of the page as such; what readers see behind a label
    that says what it is; `<time>`; the address; elements whose class names a date; scripts; and last the names under
    which some write the day that a page, or a video in it, was made.
    """
    articles = [thing for thing in things if thing.weight == 3]
    others = [thing for thing in things if 0 < thing.weight < 3]
    for group in _PROGRAMS:
        yield from _structured(articles, group, month_first)
    for group in _PROGRAMS:
        yield from _meta(tree, group, month_first)
    yield from _properties(tree, _PROGRAMS, month_first)
    for group in _PROGRAMS:
        yield from _structured(others, group, month_first)
    seen = visible_dates(tree, month_first)
    yield from seen.labelled
    yield from seen.times
    yield from _address(url)
    yield from seen.classed
    yield from script_dates(tree)
    yield from _meta(tree, "made", month_first)
    yield from _properties(tree, ("made",), month_first)
    yield from _structured([*articles, *others], "made", month_first)


def _stated(group: str, text: str, month_first: bool | None, place: str) -> Stated:
    kind: Kind = "modified" if group == "modified" else "published"
    return Stated(kind, text, read_date(text, month_first), place, padded=group == "made")


def _structured(things: list[Described], group: str, month_first: bool | None) -> Iterator[Stated]:
    for name in marks()["properties"][group]:
        for thing in things:
            for text in thing.texts(name):
                yield _stated(group, text, month_first, f"JSON-LD {name}")


def _meta(tree: Any, group: str, month_first: bool | None) -> Iterator[Stated]:
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content:
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                name = (element.get(attribute) or "").strip().lower()
                if name:
                    values.setdefault(name, []).append(content)
    for name in marks()["meta"][group]:
        for text in values.get(name, ()):
            yield _stated(group, text, month_first, f"meta {name}")


def _properties(tree: Any, groups: tuple[str, ...], month_first: bool | None) -> Iterator[Stated]:
    wanted = {name: group for group in groups for name in marks()["properties"][group]}
    for element in tree.xpath("//*[@itemprop]"):
        yield from _property(element, "itemprop", wanted, month_first)
    for element in tree.xpath("//*[@property][not(self::meta)]"):
        yield from _property(element, "property", wanted, month_first)


def _property(element: Any, attribute: str, wanted: dict[str, str], month_first: bool | None) -> Iterator[Stated]:
    for name in element.get(attribute).lower().split():
        group = wanted.get(name.removeprefix("schema:"))
        if group and not elsewhere(element):
            text = element.get("content") or element.get("datetime") or element.get("title") or words(element)
            yield _stated(group, text, month_first, f"{attribute} {name}")


def _address(url: str | None) -> Iterator[Stated]:
    for match in _IN_ADDRESS.finditer(urlsplit(url).path if url else ""):
        moment = read_date(f"{match[1]}-{match[3]}-{match[4]}")
        if moment is not None:
            yield Stated("published", match[0], moment, "address", False)
