"""The dates that readers of a page see: behind a label, in `<time>`, in elements whose class names a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from producers.stated import KINDS, Kind, Stated
from producers.structured_data import marks
from producers.written_dates import first_date, read_date
from schemas.civil import Moment

_TIMES = frozenset(("time", "relative-time", "time-ago", "amp-timeago", "local-time"))
_CLASSED = frozenset(
    (
        "span",
        "div",
        "p",
        "abbr",
        "li",
        "a",
        "td",
        "em",
        "small",
        "h5",
        "h6",
        "strong",
        "b",
        "i",
        "dd",
        "section",
        "header",
    )
)
_UNSEEN = frozenset(("script", "style", "template", "head", "title", "option", "textarea", "svg"))
_DATA = ("datetime", "title", "content", "data-date", "data-datetime", "data-time", "data-timestamp", "data-published")
_YEAR = re.compile(r"(?:19|20)\d\d|\d\d?\.\d\d?\.\d\d")
_LONGEST = 200  # characters of an element that holds a date and little else
_PROSE = 120  # a piece of text with a date in it that is longer is prose
_REACH = 25  # characters between a label and its date: "Published by Ann Lee on"
_MOST_CHILDREN = 12
_TELLING = "time element of the publication"


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers see, each list in the page's order.

    Attributes:
        labelled: dates behind words that say what they are: "Published:", "zuletzt geändert am".
        times: those of `<time>` and its relatives; the ones marked as the publication first.
        classed: those of elements whose class or id says that they hold a date.
    """

    labelled: list[Stated] = field(default_factory=list)
    times: list[Stated] = field(default_factory=list)
    classed: list[Stated] = field(default_factory=list)


def visible_dates(tree: Any, month_first: bool | None) -> Seen:
    """Return the dates that the readers of a page see.

    Args:
        tree: root of the page.
        month_first: how 3/4/2021 is meant; None leaves such a date unread.
    """
    seen = Seen()
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        if element.tag in _TIMES:
            _add_time(seen, element, month_first)
        elif element.tag in _CLASSED:
            _add_classed(seen, element, month_first)
        if element.text and _YEAR.search(element.text):
            _add_labelled(seen, element, element.text, _before(element), month_first)
        if element.tail and _YEAR.search(element.tail):
            _add_labelled(seen, element, element.tail, words(element), month_first)
    seen.times.sort(key=lambda one: one.place != _TELLING)
    return seen


def _add_time(seen: Seen, element: Any, month_first: bool | None) -> None:
    said = [element.get(name) for name in _DATA] + [words(element)]
    texts = [text for text in said if text]
    if not texts or elsewhere(element):
        return
    moments = ((text, read_date(text, month_first)) for text in texts)
    text, moment = next((one for one in moments if one[1] is not None), (texts[0], None))
    label = _label(_before(element))
    if label and moment:
        seen.labelled.append(Stated(label, text, moment, f"label: {label}", False))
        return
    marked = _marks_of(element)
    kind: Kind = "modified" if _says("modified", marked) else "published"
    telling = element.get("pubdate") is not None or _says("telling", marked)
    if telling:
        kind = "published"
    seen.times.append(Stated(kind, text, moment, _TELLING if telling else "time element", False))


def _add_classed(seen: Seen, element: Any, month_first: bool | None) -> None:
    marked = f"{element.get('class') or ''} {element.get('id') or ''}"
    if marked == " " or not _says("published", marked) or len(element) > _MOST_CHILDREN:
        return
    found = _in_data(element, month_first) or _in_words(element, month_first)
    if found is None or elsewhere(element):
        return
    text, moment, prefix = found
    label = _label(prefix.strip() or _before(element))
    if label:
        seen.labelled.append(Stated(label, text, moment, f"label: {label}", False))
        return
    kind: Kind = "modified" if _says("modified", marked) else "published"
    seen.classed.append(Stated(kind, text, moment, f"element {marked.strip()[:60]!r}", False))


def _in_data(element: Any, month_first: bool | None) -> tuple[str, Moment, str] | None:
    for name in _DATA:
        text = element.get(name)
        moment = read_date(text, month_first) if text else None
        if moment is not None:
            return text, moment, ""
    return None


def _in_words(element: Any, month_first: bool | None) -> tuple[str, Moment, str] | None:
    text = words(element)
    found = first_date(text, month_first) if len(text) <= _LONGEST else None
    return None if found is None else (text, found[0], text[: found[1]])


def _add_labelled(seen: Seen, element: Any, text: str, before: str, month_first: bool | None) -> None:
    """Add the date of a short piece of text when words before it say what it is."""
    text = " ".join(text.split())
    found = first_date(text, month_first) if len(text) <= _PROSE else None
    if found is None:
        return
    label = _label(text[: found[1]].strip() or before)
    if label and not elsewhere(element, labelled=True):
        seen.labelled.append(Stated(label, text, found[0], f"label: {label}", False))


def _label(before: str) -> Kind | None:
    """Return what the words before a date say it is."""
    before = before[-2 * _REACH :]
    kinds: dict[int, Kind] = {}
    for kind in KINDS:
        for match in _labels(kind).finditer(before):
            kinds[match.end()] = kind
    last = max(kinds, default=0)
    return kinds[last] if kinds and len(before) - last <= _REACH else None


def _before(element: Any) -> str:
    """Return the words that stand right before an element, in its parent or before that."""
    for one in (element, element.getparent()):
        if one is None:
            break
        previous = one.getprevious()
        parent = one.getparent()
        if previous is not None:
            text = (previous.tail or "").strip() or (words(previous) if isinstance(previous.tag, str) else "")
        else:
            text = "" if parent is None else (parent.text or "").strip()
        if text:
            return " ".join(text.split())
    return ""


def words(element: Any) -> str:
    """Return the first words of an element, white space made single."""
    return " ".join(" ".join(element.itertext()).split())[:250]


def _marks_of(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def elsewhere(element: Any, labelled: bool = False) -> bool:
    """Tell whether an element stands in a part of the page that speaks of something else than the article.

    Args:
        element: what holds a date.
        labelled: whether words say what the date is: then boxes beside the article are no other part.
    """
    tags = ("nav", "footer") if labelled else ("nav", "footer", "aside")
    parts = ("elsewhere",) if labelled else ("elsewhere", "beside")
    for around in (element, *element.iterancestors()):
        if around.tag in tags:
            return True
        if around.tag not in ("body", "html", "main"):
            marked = _marks_of(around)
            if marked and any(_says(name, marked) for name in parts):
                return True
    return False


@lru_cache(maxsize=8192)  # a page repeats its classes
def _says(name: str, marked: str) -> bool:
    return _pattern(name).search(marked) is not None


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(marks()["elements"][name], re.IGNORECASE)


@lru_cache(maxsize=2)
def _labels(kind: Kind) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(marks()['labels'][kind].values())})\b", re.IGNORECASE)
