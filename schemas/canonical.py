"""Read the JSON that our own agents write, several times faster than pydantic reads it.

A record's class is the contract. From it a struct is derived that takes what `Record.to_json` writes and nothing else:
all fields present, none besides, the same types, literals and bounds, moments in their normal form. What it refuses may
still be a record (a field left to its default, a date written in another way); then pydantic must be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from pydantic import AfterValidator

from schemas.record import IsoMoment, Record, normalised_moment


class MomentText(str):
    """An `IsoMoment` in its normal form."""

    __slots__ = ()


def canonical_reader(record: type[Record]) -> Callable[[bytes], Any]:
    """Return a function from the canonical JSON of a record to a struct with the record's fields.

    The function raises `msgspec.MsgspecError` for all else.

    Raises:
        TypeError: when the record has a field that no struct can hold as strictly.
    """
    return msgspec.json.Decoder(_struct(record), dec_hook=_moment).decode


@cache
def _struct(record: type[Record]) -> Any:
    fields = [(name, _type(field.annotation, field.metadata)) for name, field in record.model_fields.items()]
    return msgspec.defstruct(record.__name__, fields, forbid_unknown_fields=True, frozen=True, gc=False)


def _type(annotation: Any, metadata: list[Any]) -> Any:
    """Return the type of a struct's field; the constraints on an optional value are those on the value."""
    if AfterValidator(normalised_moment) in metadata:
        return MomentText
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0], [*arguments[1:], *metadata])
    if origin in (Union, UnionType):
        return Union[tuple(one if one is NoneType else _type(one, metadata) for one in arguments)]  # noqa: UP007
    if origin is tuple and arguments[1:] == (...,) and not metadata:
        return tuple[_type(arguments[0], []), ...]  # type: ignore[misc]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _struct(annotation)
    if annotation not in (str, int, float, bool) and origin is not Literal:
        raise TypeError(f"no struct holds {annotation!r}")
    bounds = _bounds(metadata)
    return Annotated[annotation, msgspec.Meta(**bounds)] if bounds else annotation


def _bounds(metadata: list[Any]) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    for constraint in metadata:
        known = {
            name: value
            for name in ("ge", "le", "gt", "lt", "pattern", "min_length", "max_length")
            if (value := getattr(constraint, name, None)) is not None
        }
        if not known:
            raise TypeError(f"no struct keeps {constraint!r}")
        bounds |= known
    return bounds


def _moment(kind: type, value: Any) -> MomentText:
    assert kind is MomentText
    return _checked(value)


@lru_cache(maxsize=1 << 16)
def _checked(text: str) -> MomentText:
    if normalised_moment(text) != text:
        raise ValueError("not in its normal form")
    return MomentText(text)


assert AfterValidator(normalised_moment) in get_args(IsoMoment)
