"""`dateline agents`: the workers alone, for more than one machine."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime

import click
import faust
from rich.console import Console

from agents.activity import add_activity
from agents.app import Cluster, create_app
from agents.corroborate import add_corroborate
from agents.extract import add_extract
from agents.sink import add_sink
from agents.window import add_window
from agents.worker import run
from dateline.broker import BrokerUnavailable, describe_topics
from dateline.command import Failure
from dateline.instance import kafka_address, store_dsn
from dateline.local import dateline_command
from dateline.settings import Settings
from dateline.supervisor import Member, Supervisor, log_to
from schemas.topics import TOPICS
from store.errors import StoreError
from store.timeline_store import TimelineStore

ROLES = ("extract", "timeline", "sink")


@click.command("agents")
@click.option(
    "--role", type=click.Choice(ROLES), help="Run one worker of this role here; by default one of each, supervised."
)
def command(role: str | None) -> None:
    r"""Run workers against a Kafka cluster: extraction, timeline, and the sink into a ClickHouse server.

    Without --role, starts DATELINE_WORKERS extraction workers, a timeline worker and, when DATELINE_STORE is a server,
    a sink, and starts again what ends. An embedded store belongs to `dateline serve`, which then runs the sink itself.

    \b
    Example:
      DATELINE_KAFKA=broker:9092 DATELINE_STORE=clickhouse://host/dateline dateline agents
    """
    settings = Settings()
    if role is None:
        _supervise(settings)
    else:
        run(build_app(role, settings), log_level=settings.log_level)


def build_app(role: str, settings: Settings, store: TimelineStore | None = None) -> faust.App:
    """Return the application of a role with its agents.

    Args:
        role: one of `ROLES`.
        settings: where Kafka and the store are.
        store: for the sink: an open store, by default one opened here.

    Raises:
        Failure: when Kafka or the store cannot be used.
    """
    cluster = cluster_of(settings)
    app = create_app(role, cluster)
    if role == "extract":
        add_extract(app, cluster, now)
    elif role == "timeline":
        add_corroborate(app, cluster, now)
        add_window(app, cluster, now)
        add_activity(app, cluster, now)
    else:
        add_sink(app, cluster, store or open_store(settings), now)
    return app


def now() -> datetime:
    """Return the present: the one clock of the workers."""
    return datetime.now(UTC)


def cluster_of(settings: Settings) -> Cluster:
    """Describe the Kafka cluster as the agents need it; the partition count is the one that the broker reports.

    Raises:
        Failure: when no broker answers or topics are missing.
    """
    bootstrap = kafka_address(settings)
    try:
        states = describe_topics(bootstrap, settings.topic_prefix)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    if len(states) < len(TOPICS):
        missing = {topic.full_name(settings.topic_prefix) for topic in TOPICS} - {state.name for state in states}
        raise Failure(
            f"topics are missing on {bootstrap}: {', '.join(sorted(missing))}; make them with `dateline topics`"
        )
    counts = {state.partitions for state in states}
    if len(counts) > 1:
        raise Failure(
            f"the topics differ in their partition counts ({', '.join(f'{s.name} {s.partitions}' for s in states)}): "
            "Dateline needs one count for all; add partitions to the smaller ones"
        )
    return Cluster(bootstrap, settings.topic_prefix, counts.pop(), settings.replication, settings.data)


def open_store(settings: Settings) -> TimelineStore:
    """Open the timeline store and bring its tables up to date.

    Raises:
        Failure: when it cannot be reached, or another process holds it.
    """
    try:
        store = TimelineStore(store_dsn(settings))
        store.migrate()
    except StoreError as error:
        raise Failure(str(error)) from error
    return store


def _supervise(settings: Settings) -> None:
    console = Console(stderr=True)
    log_to(console)
    cluster_of(settings)
    roles = ["extract"] * settings.workers + ["timeline"] + (["sink"] if settings.store and _server(settings) else [])
    supervisor = Supervisor(settings.data / "logs")
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stopping.append(number))
    try:
        for index, role in enumerate(roles, 1):
            supervisor.start(Member(f"agent-{index}-{role}", dateline_command("agents", "--role", role), role=role))
        console.print(f"{len(roles)} workers run; their logs are in {settings.data / 'logs'}. Ctrl-C stops them.")
        while not stopping:
            supervisor.watch()
            time.sleep(0.2)
    finally:
        supervisor.stop()


def _server(settings: Settings) -> bool:
    return not store_dsn(settings).startswith("chdb:")
