"""DeadLetter: bytes that could not be processed, and why."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from pydantic import Field, ValidationError

from schemas.record import IsoMoment, Record


class DeadLetter(Record):
    """A message that a stage refused; `value` holds its bytes, so that it can be replayed once the cause is mended."""

    topic: str
    partition: int
    offset: int
    stage: str = Field(description="agent that refused it")
    error: str = Field(description="class of the error")
    reason: str = Field(description="what was wrong, in words")
    key: str | None = Field(default=None, description="message key, base64")
    value: str | None = Field(default=None, description="message value, base64")
    time: IsoMoment

    @classmethod
    def of(
        cls,
        *,
        topic: str,
        partition: int,
        offset: int,
        stage: str,
        error: Exception,
        key: bytes | None,
        value: bytes | None,
        now: datetime,
    ) -> DeadLetter:
        """Describe a message that `stage` refused with `error`; `now` is an aware instant."""
        return cls(
            topic=topic, partition=partition, offset=offset, stage=stage, error=type(error).__name__,
            reason=explain(error), key=_base64(key), value=_base64(value),
            time=now.astimezone(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip


def explain(error: Exception) -> str:
    """Say in one line what was wrong; validation errors name each field."""
    if isinstance(error, ValidationError):
        problems = [
            f"{'.'.join(map(str, problem['loc'])) or 'record'}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        return "; ".join(problems)
    return str(error) or type(error).__name__


def _base64(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")
