"""What JSON-LD says of a page's article: any nesting, lists, @graph, and JSON that is broken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

_MARKS = Path(__file__).parent / "page_marks.toml"
_MOST_NODES = 5_000  # a page's JSON-LD describes tens of things; more is a dump of a database
_DEEPEST = 40
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_PAIR = re.compile(r'"(?:\w+:)?(date[A-Za-z]+|uploadDate|headline)"\s*:\s*"((?:[^"\\]|\\.){4,300})"')


@lru_cache(maxsize=1)
def marks() -> dict[str, Any]:
    """Return the table of names under which pages state dates."""
    return tomllib.loads(_MARKS.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Described:
    """An object that a page describes.

    Attributes:
        weight: how likely it is the page's article: 3 an article, 2 the page itself, 1 unknown, 0 something else.
        facts: its properties by name in small letters, plain values and nested objects as they stand.
    """

    weight: int
    facts: dict[str, Any] = field(default_factory=dict)

    def texts(self, name: str) -> list[str]:
        """Return the plain values of a property, none when it has no such value."""
        value = self.facts.get(name)
        values = value if isinstance(value, list) else [value]
        return [str(one) for one in values if isinstance(one, str | int | float) and not isinstance(one, bool)]

    def names(self, name: str) -> list[str]:
        """Return the names of what a property refers to: persons, publishers."""
        found = []
        for one in _as_list(self.facts.get(name)):
            called = one.get("name") if isinstance(one, dict) else one
            found += [each for each in _as_list(called) if isinstance(each, str)]
        return found


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def described(scripts: list[str]) -> list[Described]:
    """Return what the JSON-LD scripts of a page describe, the likeliest article first."""
    found = [one for script in scripts for one in _read(script)]
    return sorted(found, key=lambda one: -one.weight)  # stable: among equals, the page's order


def _read(script: str) -> list[Described]:
    script = _WRAPPING.sub("", script.strip())
    for attempt in (script, _TRAILING_COMMA.sub(r"\1", script), unescape(script)):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(attempt.lstrip())
        except (ValueError, RecursionError):
            continue
        return list(_walk(value, False, 0, [0]))
    facts: dict[str, Any] = {}
    for name, value in _PAIR.findall(script):
        facts.setdefault(name.lower(), value)
    return [Described(1, facts)] if facts else []


def _walk(value: object, other: bool, depth: int, seen: list[int]) -> Iterator[Described]:
    seen[0] += 1
    if depth > _DEEPEST or seen[0] > _MOST_NODES:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, other, depth + 1, seen)
    elif isinstance(value, dict):
        facts = {str(name).lower().rpartition("/")[2].removeprefix("schema:"): one for name, one in value.items()}
        if any(isinstance(one, str | int | float | list) for one in facts.values()):
            yield Described(0 if other else _weight(facts), facts)
        for name, one in facts.items():
            if isinstance(one, list | dict):
                yield from _walk(one, other or name in marks()["types"]["other"], depth + 1, seen)


def _weight(facts: dict[str, Any]) -> int:
    types = [str(one).lower() for one in _as_list(facts.get("@type"))]
    if any(one.endswith(tuple(marks()["types"]["article"])) for one in types):
        return 3
    if any(one.endswith(tuple(marks()["types"]["page"])) for one in types):
        return 2
    return 1
