"""What all records share: strict JSON in and out, and deterministic identifiers."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict

from schemas.civil import parse_moment


def stable_id(kind: str, *parts: str) -> str:
    """Return a deterministic identifier such as `a_3f…`: the kind's letter and 80 bits of BLAKE2b over the parts."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=10)
    return f"{kind}_{digest.hexdigest()}"


class Record(BaseModel):
    """A value on a topic: immutable, no unknown fields, UTF-8 JSON on the wire."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    def to_json(self) -> bytes:
        """Return the record as compact UTF-8 JSON; the same record always gives the same bytes."""
        return self.model_dump_json().encode("utf-8")

    @classmethod
    def from_json(cls, value: bytes) -> Self:
        """Read a record from its JSON bytes.

        Raises:
            pydantic.ValidationError: when the bytes are no JSON or do not fit the record.
        """
        return cls.model_validate_json(value)


@lru_cache(maxsize=1 << 14)
def normalised_moment(text: str) -> str:
    """Return an ISO 8601 date or instant as records hold it."""
    return str(parse_moment(text))


IsoMoment = Annotated[str, AfterValidator(normalised_moment)]
"""An ISO 8601 date or instant; years -9999 to 9999, the zone kept as given."""
