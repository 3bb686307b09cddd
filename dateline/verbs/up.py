"""`dateline up`: the whole of Dateline on this machine, supervised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from rich.console import Console

from dateline.broker import BrokerUnavailable, admin
from dateline.command import Failure
from dateline.event_table import print_events
from dateline.instance import Instance
from dateline.local import bring_up, dateline_command
from dateline.progress import StallWatch, look, wait_quiet
from dateline.settings import Settings
from dateline.supervisor import Supervisor, log_to
from dateline.timeline_client import TimelineClient

_QUIET_WITHIN = 120.0
_LOOK_EVERY = 10.0
_TURN = 0.2


class _Stop(BaseException):
    """SIGINT or SIGTERM; no `except Exception` may swallow it."""


@click.command("up")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder for all that is written.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the HTTP service; 0 takes a free one.")
@click.option("--push", "sources", multiple=True, metavar="FILE|DIR", help="Push these articles once all is up.")
@click.option("--once", is_flag=True, help="Stop again as soon as the timeline answers; status 0 if it has events.")
def command(data: Path | None, port: int | None, sources: tuple[str, ...], once: bool) -> None:
    r"""Run Kafka, the agents and the HTTP service on this machine until Ctrl-C.

    All that is written lies under --data (default .dateline/). Kafka takes a free port. A process that ends is started
    again; each has its log under DATA/logs/.

    \b
    Example:
      dateline up --push seeds/
    """
    given = {name: value for name, value in (("data", data), ("port", port)) if value is not None}
    settings = Settings(**given)  # type: ignore[arg-type]
    console = Console(stderr=True)
    log_to(console)
    running = Instance.running(settings.data)
    if running is not None:
        raise Failure(
            f"Dateline already runs on {settings.data} (process {running.pid}, {running.url}): "
            "stop it with Ctrl-C, or give another folder with --data"
        )
    supervisor = Supervisor(settings.data / "logs")
    previous = [(number, signal.signal(number, _stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        _run(settings, supervisor, console, sources, once=once)
    except _Stop:
        console.print("stopping …")
    finally:
        for number, _ in previous:  # a second Ctrl-C must not leave processes behind
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()
        Instance.withdraw(settings.data)
        for number, handler in previous:
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Stop


def _run(settings: Settings, supervisor: Supervisor, console: Console, sources: tuple[str, ...], *, once: bool) -> None:
    instance = bring_up(settings, supervisor, console.print)
    instance.announce(settings.data)
    if sources:
        _push(settings, sources)
        _wait_processed(settings, instance, supervisor)
    if sources or once:
        _show(instance, console, must_answer=once)
    if once:
        return
    console.print(f"Dateline is up at [bold]{instance.url}[/bold] (docs: {instance.url}/docs). Ctrl-C stops it.")
    _watch(settings, instance, supervisor)


def _push(settings: Settings, sources: tuple[str, ...]) -> None:
    environment = {**os.environ, "DATELINE_DATA": str(settings.data)}
    done = subprocess.run(dateline_command("push", *sources), check=False, env=environment)
    if done.returncode != 0:
        raise Failure("not every article could be pushed; see above")


def _wait_processed(settings: Settings, instance: Instance, supervisor: Supervisor) -> None:
    try:
        with admin(instance.kafka) as client:
            lag = wait_quiet(client, settings.topic_prefix, _QUIET_WITHIN, supervisor.watch)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    if lag:
        raise Failure(f"{lag} messages were not processed within {_QUIET_WITHIN:.0f} s; see {settings.data / 'logs'}")


def _show(instance: Instance, console: Console, *, must_answer: bool) -> None:
    with TimelineClient(instance.url) as client:
        events = list(client.events({}, limit=100))
    if not events:
        if must_answer:
            raise Failure("the timeline answers, but holds no event")
        return
    print_events(events, sys.stdout)


def _watch(settings: Settings, instance: Instance, supervisor: Supervisor) -> None:
    stalls = StallWatch(settings.stall_seconds)
    looked = time.monotonic()
    while True:
        supervisor.watch()
        time.sleep(_TURN)
        if time.monotonic() - looked > _LOOK_EVERY:
            for role in stalls.stalled(look(instance.kafka, settings.topic_prefix)):
                supervisor.restart_role(role, f"no progress for {settings.stall_seconds:.0f} s although there is work")
            looked = time.monotonic()
