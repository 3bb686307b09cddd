"""Where an article's fields stand in rows of another shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from producers.sniff import ROW_FIELDS


class BadMapping(ValueError):
    """A mapping that cannot be read; the message says what was wrong."""


def parse_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Read `FIELD=PATH` pairs: an article's field, and the column or the dotted path of JSON names where it stands.

    Raises:
        BadMapping: when a pair has no `=`, or its field is none of an article's.
    """
    mapping = {}
    for pair in pairs:
        field, equals, path = pair.partition("=")
        if not equals or not path:
            raise BadMapping(f"{pair!r} is no mapping; write FIELD=PATH, such as text=story.body")
        if field not in ROW_FIELDS:
            raise BadMapping(f"{field!r} is no field of an article; they are {', '.join(sorted(ROW_FIELDS))}")
        mapping[field] = path
    return mapping


def mapped(row: object, mapping: Mapping[str, str]) -> object:
    """Return a row with the mapped fields in their places; fields that are not mapped stay where they are.

    A path that the row lacks leaves its field out, even where the row has one of the field's own name.
    """
    if not mapping or not isinstance(row, Mapping):
        return row
    result = {name: value for name, value in row.items() if name not in mapping}
    for field, path in mapping.items():
        value = row[path] if path in row else _at(row, path)
        if value is not None:
            result[field] = value
    return result


def _at(value: object, path: str) -> object:
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value
