"""Every place in a page that states when it was published or changed, with how far it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit

from producers.structured_data import Described, marks
from producers.written_dates import find_date, read_date
from schemas.civil import Moment

Kind = Literal["published", "modified"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that a page states.

    Attributes:
        kind: whether of the publication or of the last change.
        text: as written.
        moment: what it tells, None where it tells no day.
        place: where it stood, for people: `JSON-LD datePublished`.
        metadata: whether it is data for programs, rather than what readers see.
    """

    kind: Kind
    text: str
    moment: Moment | None
    place: str
    metadata: bool = True


def stated_dates(tree: Any, things: list[Described], url: str | None, month_first: bool | None) -> Iterator[Stated]:
    """Yield the dates that a page states, the most trusted first.

    JSON-LD of articles; meta elements; microdata and RDFa; JSON-LD of the page as such; `<time>`; the address; elements
    whose class says that they hold a date.
    """
    things = [thing for thing in things if thing.weight]
    yield from _structured([thing for thing in things if thing.weight == 3], month_first)
    yield from _meta(tree, month_first)
    yield from _properties(tree, month_first)
    yield from _structured([thing for thing in things if thing.weight < 3], month_first)
    yield from _times(tree, month_first)
    yield from _address(url)
    yield from _elements(tree, month_first)


def _structured(things: list[Described], month_first: bool | None) -> Iterator[Stated]:
    for kind in _KINDS:
        for name in marks()["properties"][kind]:
            for thing in things:
                for text in thing.texts(name):
                    yield Stated(kind, text, read_date(text, month_first), f"JSON-LD {name}")


_KINDS: tuple[Kind, Kind] = ("published", "modified")


def _meta(tree: Any, month_first: bool | None) -> Iterator[Stated]:
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content:
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                name = (element.get(attribute) or "").strip().lower()
                if name:
                    values.setdefault(name, []).append(content)
    for kind in _KINDS:
        for name in marks()[kind]:
            for text in values.get(name, ()):
                yield Stated(kind, text, read_date(text, month_first), f"meta {name}")


def _properties(tree: Any, month_first: bool | None) -> Iterator[Stated]:
    wanted = {name: kind for kind in _KINDS for name in marks()["properties"][kind]}
    for element in tree.iterfind(".//*[@itemprop]"):
        yield from _property(element, "itemprop", wanted, month_first)
    for element in tree.iterfind(".//*[@property]"):
        yield from _property(element, "property", wanted, month_first)


def _property(element: Any, attribute: str, wanted: dict[str, Kind], month_first: bool | None) -> Iterator[Stated]:
    if element.tag == "meta" and attribute == "property":
        return
    for name in element.get(attribute).lower().split():
        kind = wanted.get(name.removeprefix("schema:"))
        if kind and not _elsewhere(element):
            text = element.get("content") or element.get("datetime") or element.get("title") or _words(element)
            yield Stated(kind, text, read_date(text, month_first), f"{attribute} {name}")


def _times(tree: Any, month_first: bool | None) -> Iterator[Stated]:
    found = []
    for element in tree.iter("time"):
        text = element.get("datetime") or _words(element)
        kind: Kind = "modified" if _modified().search(_marks_of(element)) else "published"
        if text and not _elsewhere(element):
            telling = element.get("pubdate") is not None or "publi" in _marks_of(element)
            found.append((not telling, Stated(kind, text, read_date(text, month_first), "time element", False)))
    for _, stated in sorted(found, key=lambda one: one[0]):
        yield stated


_IN_ADDRESS = re.compile(
    r"(?:^|/|[a-z]-?|_)((?:19|20)\d\d)([-/_.]?)(0[1-9]|1[0-2]|[1-9](?=[-/_.]))\2(0[1-9]|[12]\d|3[01]|[1-9](?=[-/_.]|$))(?=\D|$)"
)


def _address(url: str | None) -> Iterator[Stated]:
    for match in _IN_ADDRESS.finditer(urlsplit(url).path if url else ""):
        moment = read_date(f"{match[1]}-{match[3]}-{match[4]}")
        if moment is not None:
            yield Stated("published", match[0], moment, "address", False)


def _elements(tree: Any, month_first: bool | None) -> Iterator[Stated]:
    for element in tree.iter(
        "span", "div", "p", "abbr", "li", "a", "td", "em", "small", "h5", "h6", "strong", "b", "i"
    ):
        written = f"{element.get('class') or ''} {element.get('id') or ''}"
        if written == " " or not _published().search(written) or len(element) > 12:
            continue
        text = element.get("title") or element.get("data-date") or element.get("content") or ""
        moment = read_date(text, month_first) if text else None
        if moment is None:
            text = _words(element)
            moment = find_date(text, month_first) if len(text) <= 200 else None
        if moment is not None and not _elsewhere(element):
            kind: Kind = "modified" if _modified().search(written) else "published"
            yield Stated(kind, text, moment, f"element {written.strip()[:60]!r}", False)


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())[:250]


def _marks_of(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def _elsewhere(element: Any) -> bool:
    """Tell whether an element stands in a part of the page that speaks of something else than the article."""
    for around in (element, *element.iterancestors()):
        if around.tag in ("aside", "nav", "footer"):
            return True
        if around.tag not in ("body", "html", "main") and _other_parts().search(_marks_of(around)):
            return True
    return False


@lru_cache(maxsize=1)
def _published() -> re.Pattern[str]:
    return re.compile(marks()["elements"]["published"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _modified() -> re.Pattern[str]:
    return re.compile(marks()["elements"]["modified"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _other_parts() -> re.Pattern[str]:
    return re.compile(marks()["elements"]["elsewhere"], re.IGNORECASE)
