"""The processes that make up Dateline on one machine (DESIGN: scale), and how they are brought up in order."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from dateline.broker import BrokerUnavailable, create_topics, wait_ready
from dateline.command import Failure
from dateline.instance import Instance
from dateline.settings import Settings
from dateline.supervisor import Member, Supervisor
from deploy.kafka.broker import KafkaError, prepare

Say = Callable[[str], None]

_KAFKA_TIMEOUT = 60.0
_SERVICE_TIMEOUT = 60.0


def dateline_command(*arguments: str) -> list[str]:
    """Return the argument vector that runs a verb with this interpreter."""
    return [sys.executable, "-m", "dateline", *arguments]


def bring_up(settings: Settings, supervisor: Supervisor, say: Say) -> Instance:
    """Start Kafka (unless a cluster is set), the store with its service, and the workers; return where they are.

    Raises:
        Failure: when a part cannot start; the message says which and why.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    bootstrap = settings.kafka or _start_kafka(settings, supervisor, say)
    port = settings.port or free_port(settings.host)
    check_port(settings.host, port)
    try:
        create_topics(bootstrap, settings.topic_prefix, settings.partitions, settings.replication)
    except BrokerUnavailable as error:
        raise Failure(str(error)) from error
    env = {"DATELINE_KAFKA": bootstrap, "DATELINE_DATA": str(settings.data.resolve()), "DATELINE_PORT": str(port)}
    url = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{port}"
    service = supervisor.start(Member("service", dateline_command("serve"), role="sink", env=env))
    for number in range(1, settings.workers + 1):
        name = f"extract-{number}"
        # Extraction takes all the processor it can get; the service must answer all the same.
        command = dateline_command("agents", "--role", "extract")
        supervisor.start(Member(name, command, role="extract", nice=5, env=env))
    supervisor.start(Member("timeline", dateline_command("agents", "--role", "timeline"), role="timeline", env=env))
    _wait_service(url, service, supervisor)
    say(f"service and store ready at {url}")
    return Instance(pid=os.getpid(), kafka=bootstrap, url=url)


def _start_kafka(settings: Settings, supervisor: Supervisor, say: Say) -> str:
    started = time.monotonic()
    try:
        broker = prepare(settings.data / "kafka", settings.kafka_libs, settings.kafka_heap)
        member = supervisor.start(Member("kafka", broker.command, role="kafka"))
        wait_ready(broker.bootstrap, _KAFKA_TIMEOUT, alive=lambda: member.pid is not None)
    except KafkaError as error:
        raise Failure(str(error)) from error
    except BrokerUnavailable as error:
        raise Failure(f"{error}; its log is {settings.data / 'logs' / 'kafka.log'}") from error
    say(f"Kafka ready at {broker.bootstrap} ({time.monotonic() - started:.1f} s)")
    return broker.bootstrap


def _wait_service(url: str, service: Member, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + _SERVICE_TIMEOUT
    reason = "no answer"
    while time.monotonic() < deadline:
        if service.pid is None:
            raise Failure(f"the service ended while starting: {_last_words(supervisor.log_file(service))}")
        try:
            answer = httpx.get(f"{url}/readyz", timeout=2.0)
            if answer.status_code == httpx.codes.OK:
                return
            reason = answer.text
        except httpx.HTTPError as error:
            reason = str(error)
        time.sleep(0.1)
    raise Failure(f"the service was not ready within {_SERVICE_TIMEOUT:.0f} s: {reason}")


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    said = [line.removeprefix("dateline: ") for line in lines if line.startswith("dateline: ")]
    return said[-1] if said else f"see {log}"


def check_port(host: str, port: int) -> None:
    """Make sure that a port can be listened on.

    Raises:
        Failure: when it is in use, or the address is not this machine's.
    """
    try:
        listen(host, port).close()
    except OSError as error:
        raise Failure(
            f"port {port} on {host} cannot be used ({error.strerror}): choose another with --port or DATELINE_PORT, "
            "or end what listens there"
        ) from error


def free_port(host: str) -> int:
    """Return a port that nobody listens on now."""
    with listen(host, 0) as sock:
        port: int = sock.getsockname()[1]
        return port


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        OSError: when the port is in use or the address is not this machine's.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(1024)
    except OSError:
        sock.close()
        raise
    return sock
