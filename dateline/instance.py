"""The instance that `dateline up` runs: its addresses, written under DATA so that other commands find it."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ValidationError

from dateline.command import Failure
from dateline.settings import Settings


class Instance(BaseModel):
    """Where a running instance can be reached."""

    pid: int
    kafka: str
    url: str

    @classmethod
    def running(cls, data: Path) -> Instance | None:
        """Return the instance that runs on a data folder, None when none does."""
        try:
            instance = cls.model_validate_json(_file(data).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return instance if _alive(instance.pid) else None

    def announce(self, data: Path) -> None:
        """Write the addresses under the data folder; whole or not at all."""
        new = _file(data).with_suffix(".new")
        new.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        new.replace(_file(data))

    @staticmethod
    def withdraw(data: Path) -> None:
        """Remove what `announce` wrote."""
        _file(data).unlink(missing_ok=True)


def kafka_address(settings: Settings) -> str:
    """Return the bootstrap servers that this command is to use.

    Raises:
        Failure: when none is set and no instance runs.
    """
    if settings.kafka:
        return settings.kafka
    instance = Instance.running(settings.data)
    if instance is None:
        raise Failure(
            f"no Kafka is known: nothing runs on {settings.data} and DATELINE_KAFKA is not set. "
            "Start `dateline up`, or set DATELINE_KAFKA to your cluster"
        )
    return instance.kafka


def service_url(settings: Settings, given: str | None = None) -> str:
    """Return the address of the HTTP service that this command is to ask, without a trailing slash.

    Raises:
        Failure: when none is given or set and no instance runs.
    """
    url = given or settings.url
    if url is None:
        instance = Instance.running(settings.data)
        if instance is None:
            raise Failure(
                f"no service is known: nothing runs on {settings.data} and DATELINE_URL is not set. "
                "Start `dateline up`, or name a service with --url"
            )
        url = instance.url
    return url.rstrip("/")


def store_dsn(settings: Settings) -> str:
    """Return the DSN of the timeline store."""
    return settings.store or f"chdb://{(settings.data / 'store').resolve()}"


def _file(data: Path) -> Path:
    return data / "running.json"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
