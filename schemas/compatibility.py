"""Tell what a changed JSON Schema would break for those who rely on the released one.

Within a version only additions are allowed, for topics are kept for ever and consumers are not ours to change: what was
written earlier must stay valid, and what is written now must stay readable by who knows the released schema alone. So
a property may be added when it is not required, and a value to a closed list. Everything else asks for a new version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

_ANNOTATIONS = {"title", "description", "default", "examples", "$schema", "$defs"}
_ONE_BY_ONE = {"properties", "required", "enum", "$ref", "items", "anyOf", "prefixItems"}


def broken(released: Schema, present: Schema) -> list[str]:
    """Return what breaks, a line each, with the path of the property; nothing when all changes are additions."""
    return list(_compare(_Side(released, released), _Side(present, present), "$"))


class _Side:
    """A schema within its document; references are followed."""

    def __init__(self, document: Schema, schema: Schema) -> None:
        self._document = document
        while "$ref" in schema:
            schema = document["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        self.schema = schema

    def at(self, schema: Schema) -> _Side:
        return _Side(self._document, schema)


def _compare(released: _Side, present: _Side, path: str) -> Iterator[str]:
    old, new = released.schema, present.schema
    for keyword in sorted((old.keys() | new.keys()) - _ANNOTATIONS - _ONE_BY_ONE):
        if old.get(keyword) != new.get(keyword):
            yield f"{path}: {keyword} was {old.get(keyword)!r} and is {new.get(keyword)!r}"
    if "enum" in new and "enum" not in old:
        yield f"{path}: is now restricted to a closed list"
    for value in old.get("enum", ()):
        if value not in new.get("enum", [value]):
            yield f"{path}: the value {value!r} is gone"
    yield from _compare_properties(released, present, path)
    for keyword, mark in (("anyOf", "|"), ("prefixItems", "#")):
        before, after = old.get(keyword, []), new.get(keyword, [])
        if len(before) != len(after):
            yield f"{path}: {keyword} had {len(before)} alternatives and has {len(after)}"
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from _compare(released.at(one), present.at(other), f"{path}{mark}{number}")
    if ("items" in old) != ("items" in new):
        yield f"{path}: what its items are has changed"
    elif isinstance(old.get("items"), dict):
        yield from _compare(released.at(old["items"]), present.at(new["items"]), f"{path}[]")


def _compare_properties(released: _Side, present: _Side, path: str) -> Iterator[str]:
    old, new = released.schema.get("properties", {}), present.schema.get("properties", {})
    must_before, must_now = (set(side.schema.get("required", ())) for side in (released, present))
    for name in old:
        if name not in new:
            yield f"{path}.{name}: is gone"
            continue
        if (name in must_before) != (name in must_now):
            yield f"{path}.{name}: was {'' if name in must_before else 'not '}required, and is the opposite now"
        yield from _compare(released.at(old[name]), present.at(new[name]), f"{path}.{name}")
    for name in sorted((new.keys() - old.keys()) & must_now):
        yield f"{path}.{name}: is new and required, so that earlier messages lack it"
