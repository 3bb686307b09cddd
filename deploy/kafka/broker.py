"""Prepare a single-node Kafka (KRaft) under a folder and give the command that runs it."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path
from string import Template

_TEMPLATE = Path(__file__).with_name("server.properties")


class KafkaError(RuntimeError):
    """Kafka cannot be prepared or started here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PreparedBroker:
    """A formatted broker that is ready to run.

    Attributes:
        bootstrap: its address, `127.0.0.1:PORT`.
        command: the argument vector that runs it in the foreground.
    """

    bootstrap: str
    command: list[str]


def prepare(folder: Path, libs: Path, heap: str = "512m") -> PreparedBroker:
    """Write the configuration under `folder`, format its storage on first use, and choose free ports.

    Ports may differ at each start: clients learn the address from whoever runs the broker.

    Args:
        folder: where configuration and data live; made when missing.
        libs: folder of Kafka's jars.
        heap: Java heap, such as `512m`.

    Raises:
        KafkaError: when Java or the jars are missing, or the storage cannot be formatted.
    """
    java = shutil.which("java")
    if java is None:
        raise KafkaError("Java is missing: install a Java 17 runtime (Debian: apt-get install openjdk-17-jre-headless)")
    if not any(libs.glob("kafka_2.13-*.jar")):
        raise KafkaError(f"Kafka's jars are not in {libs}: run `make setup`, or point DATELINE_KAFKA_LIBS at them")
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    broker_port, controller_port = _free_ports(2)
    config = folder / "server.properties"
    config.write_text(
        Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
            broker_port=broker_port, controller_port=controller_port, log_dir=data.resolve()
        ),
        encoding="utf-8",
    )
    classpath = f"{libs.resolve()}/*"
    if not (data / "meta.properties").exists():
        _format(java, classpath, config)
    command = [
        java, f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classpath, "kafka.Kafka", str(config.resolve()),
    ]  # fmt: skip
    return PreparedBroker(bootstrap=f"127.0.0.1:{broker_port}", command=command)


def _format(java: str, classpath: str, config: Path) -> None:
    cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode("ascii").rstrip("=")
    # One in 64 begins with a hyphen, which would be taken for an option if it stood alone.
    done = subprocess.run(
        [java, "-cp", classpath, "kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id}", "-c", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise KafkaError(f"Kafka's storage could not be formatted with {config}: {done.stderr.strip()[-500:]}")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for sock in sockets:
            sock.bind(("127.0.0.1", 0))
        return [sock.getsockname()[1] for sock in sockets]
    finally:
        for sock in sockets:
            sock.close()
