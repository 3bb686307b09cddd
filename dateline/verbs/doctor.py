"""`dateline doctor`: what is missing on this machine, and how far the workers are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import click
import httpx
from rich.console import Console

from dateline.broker import BrokerUnavailable, admin, describe_topics
from dateline.command import Failure
from dateline.instance import Instance, kafka_address, service_url, store_dsn
from dateline.progress import progress
from dateline.settings import Settings
from schemas.topics import TOPICS
from store.errors import StoreError
from store.timeline_store import TimelineStore


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: `ok` is None where the check does not apply now."""

    check: str
    ok: bool | None
    detail: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    r"""Check what Dateline needs here: Python, Java, Kafka's jars, the broker, its topics, the store, the service.

    The exit status is 1 when a check fails.

    \b
    Example:
      dateline doctor
    """
    settings = Settings()
    findings = [finding for check in _CHECKS for finding in check(settings)]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings]))
    else:
        console = Console()
        for finding in findings:
            mark = {True: "[green]ok     [/green]", False: "[red]problem[/red]", None: "[dim]-      [/dim]"}[finding.ok]
            console.print(f"{mark} {finding.check}: ", end="")
            console.print(finding.detail, markup=False, highlight=False, soft_wrap=True)
    if any(finding.ok is False for finding in findings):
        sys.exit(1)


def _tools(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), f"{version}; 3.11 or newer is needed")
    java = shutil.which("java")
    if java is None:
        yield Finding("Java", False, "missing: install a Java 17 runtime, needed only to run Kafka here")
    else:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
        yield Finding("Java", True, said.splitlines()[0] if said else java)
    jars = list(settings.kafka_libs.glob("kafka_2.13-*.jar"))
    detail = jars[0].name if jars else f"not in {settings.kafka_libs}: run `make setup`"
    yield Finding("Kafka's jars", bool(jars), detail)


def _kafka(settings: Settings) -> Iterator[Finding]:
    try:
        bootstrap = kafka_address(settings)
    except Failure as error:
        yield Finding("Kafka", None, error.message)
        return
    try:
        states = describe_topics(bootstrap, settings.topic_prefix)
        yield Finding("Kafka", True, f"answers at {bootstrap}")
        missing = len(TOPICS) - len(states)
        detail = f"{missing} of {len(TOPICS)} missing: make them with `dateline topics`" if missing else "all there"
        yield Finding("topics", missing == 0, detail)
        if not missing:
            with admin(bootstrap) as client:
                for role, state in progress(client, settings.topic_prefix).items():
                    yield Finding(f"worker {role}", True, f"{state.lag:,} messages behind")
    except BrokerUnavailable as error:
        yield Finding("Kafka", False, str(error))


def _store(settings: Settings) -> Iterator[Finding]:
    instance = Instance.running(settings.data)
    if settings.store is None and instance is not None:
        yield Finding("store", None, f"embedded, held by the instance that runs on {settings.data}")
        return
    if settings.store is None and not (settings.data / "store").exists():
        yield Finding("store", None, f"embedded, not made yet ({settings.data / 'store'})")
        return
    try:
        store = TimelineStore(store_dsn(settings))
        try:
            store.ping()
        finally:
            store.close()
        yield Finding("store", True, "answers, and keeps dates of every year")
    except StoreError as error:
        yield Finding("store", False, str(error))


def _service(settings: Settings) -> Iterator[Finding]:
    try:
        url = service_url(settings)
    except Failure as error:
        yield Finding("service", None, error.message)
        return
    try:
        answer = httpx.get(f"{url}/readyz", timeout=5.0)
        yield Finding("service", answer.status_code == httpx.codes.OK, f"{url} says {answer.text}")
    except httpx.HTTPError as error:
        yield Finding("service", False, f"no answer from {url}: {error}")


_CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_tools, _kafka, _store, _service)
