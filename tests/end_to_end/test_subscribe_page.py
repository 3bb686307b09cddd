"""The programs of docs/subscribe.md, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dateline.settings import ROOT
from tests.end_to_end.conftest import Running

PAGE = (ROOT / "docs" / "subscribe.md").read_text(encoding="utf-8")


def program(name: str) -> str:
    (found,) = re.findall(rf"```\w+ {name}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def report(town: str) -> dict[str, str]:
    text = f"A storm in {town} destroyed forty houses on 4 March 2011."
    return {"id": f"page-{town}", "text": text, "published_at": "2011-03-05", "language": "en"}


def first_line_about(town: str, command: list[str], running: Running, folder: Path) -> str:
    """Run a program until it prints a line with the name."""
    environment = {**os.environ, "KAFKA": running.instance.kafka}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment) as one:
        stop = threading.Timer(120, one.kill)
        stop.start()
        try:
            assert one.stdout is not None
            assert one.stderr is not None
            line = next((line.decode() for line in one.stdout if town.encode() in line), None)
            assert line is not None, one.stderr.read().decode()
            return line
        finally:
            stop.cancel()
            one.kill()


@pytest.mark.long
@pytest.mark.parametrize(("name", "town"), [("kafka-python", "Ardmouth"), ("aiokafka", "Brynfell")])
def test_a_python_consumer_prints_the_timeline(running: Running, tmp_path: Path, name: str, town: str) -> None:
    running.push(report(town))
    (tmp_path / "follow.py").write_text(program(name), encoding="utf-8")
    line = first_line_about(town, [sys.executable, "follow.py"], running, tmp_path)
    assert line.startswith("2011-03-04 ")


@pytest.mark.long
def test_the_node_consumer_prints_the_timeline(running: Running, tmp_path: Path) -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node is not installed")
    packages = ["kafkajs@2.2.4", "lz4-napi@2.10.0"]
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path), *packages]
    done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=200)
    if done.returncode != 0:
        pytest.skip(f"kafkajs cannot be installed: {done.stderr[-200:]}")
    running.push(report("Carnwick"))
    (tmp_path / "follow.js").write_text(program("kafkajs"), encoding="utf-8")
    line = first_line_about("Carnwick", ["node", "follow.js"], running, tmp_path)
    assert line.startswith("2011-03-04 ")


@pytest.mark.long
def test_the_console_consumer_prints_keys_headers_and_records(running: Running) -> None:
    running.push(report("Dunholt"))
    line = first_line_about("Dunholt", ["sh", "-c", f"exec {program('console-consumer')}"], running, ROOT)
    headers, key, record = line.split("\t", 2)
    assert "ce_type:dateline.event.v1" in headers
    assert "content-type:application/json" in headers
    assert f'"event_id":"{key}"' in record
