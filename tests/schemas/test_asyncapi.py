"""The AsyncAPI document, read by AsyncAPI's own parser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from schemas.export import FOLDER, documents

CHECK = Path(__file__).parent / "check_asyncapi.mjs"


@pytest.fixture(scope="module")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asyncapi")
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node is not installed")
    done = subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "@asyncapi/parser@3.6.6"],
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip(f"@asyncapi/parser cannot be installed: {done.stderr[-200:]}")
    return folder


def check(modules: Path, file: Path) -> subprocess.CompletedProcess[str]:
    command = ["node", str(CHECK), str(modules), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.long
def test_its_public_parser_finds_no_error_and_all_topics(node_modules: Path) -> None:
    done = check(node_modules, FOLDER / "asyncapi.json")
    assert done.returncode == 0, done.stderr
    addresses = {channel["address"] for channel in documents()["asyncapi.json"]["channels"].values()}
    assert set(done.stdout.split()) == addresses


@pytest.mark.long
def test_the_parser_would_find_an_error(node_modules: Path, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "published")
    spoilt = tmp_path / "published" / "asyncapi.json"
    document = json.loads(spoilt.read_text(encoding="utf-8"))
    document["operations"]["receive-events"]["action"] = "listen"
    spoilt.write_text(json.dumps(document), encoding="utf-8")
    done = check(node_modules, spoilt)
    assert done.returncode == 1
    assert "operations" in done.stderr
