"""Settings of every Dateline process, read from the environment (`DATELINE_*`); documented in docs/settings.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, IPvAnyNetwork
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _listed(text: object) -> object:
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Each field is an environment variable: `data` is `DATELINE_DATA`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", extra="forbid", frozen=True)

    data: Path = Field(Path(".dateline"), description="Folder that holds all that `dateline up` writes.")
    kafka: str | None = Field(
        None,
        description="Bootstrap servers of a Kafka cluster; without it, the broker that `dateline up` runs is used.",
    )
    topic_prefix: str = Field("dateline.", pattern=r"^[A-Za-z0-9._-]*$", description="Prefix of every topic name.")
    partitions: int = Field(4, ge=1, le=1000, description="Partitions of each topic when it is created.")
    replication: int = Field(1, ge=1, le=9, description="Replicas of each topic when it is created.")
    store: str | None = Field(
        None,
        description="Timeline store: `chdb:///path` or `clickhouse://user:password@host:port/database[?cluster=name]`; "
        "by default chDB under DATA.",
    )
    host: str = Field("127.0.0.1", description="Address that the HTTP service listens on.")
    port: int = Field(8320, ge=0, le=65535, description="Port of the HTTP service; 0 takes a free one.")
    url: str | None = Field(
        None,
        description="Address of the service that `events` and `tail` ask; by default the one that `dateline up` runs.",
    )
    webhook_networks: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="Networks that webhooks may reach although they are not public: `10.0.0.0/8`, comma-separated."
    )
    webhook_tries: int = Field(
        12, ge=1, le=20, description="Attempts at a webhook's delivery before it becomes a dead letter."
    )
    workers: int = Field(2, ge=1, le=64, description="Extraction workers that `dateline up` starts.")
    max_article_bytes: int = Field(
        1_048_576, ge=1024, le=2_097_152, description="Largest article accepted, as the bytes of its JSON record."
    )
    kafka_libs: Path = Field(
        ROOT / "deploy" / "kafka" / "libs", description="Folder of Kafka's jars, filled by `make setup`."
    )
    kafka_heap: str = Field(
        "512m", pattern="^[0-9]+[mg]$", description="Java heap of the Kafka that `dateline up` runs."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe level that is logged."
    )
    stall_seconds: float = Field(
        60.0, ge=5, description="Seconds without progress after which `dateline up` restarts a worker that has work."
    )
