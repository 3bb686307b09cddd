"""Sources on this machine: files, directories and standard input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from producers.documents import Reading, read_document
from producers.items import Found, Item, NoSuchSource, Unreadable

__all__ = ["Found", "Item", "NoSuchSource", "Unreadable", "read_file", "read_path", "read_stream"]


def read_path(path: Path, reading: Reading | None = None) -> Iterator[Item]:
    """Read a file, or all files of a directory, in depth and in order of their names.

    A text's or page's metadata may stand beside it, in a JSON object of the same name with the ending .json
    (published_at, language, url, title, country, source, id).

    Raises:
        NoSuchSource: when the path does not exist or the directory holds no file.
    """
    if not path.exists():
        raise NoSuchSource(f"{path} does not exist")
    if path.is_dir():
        files = files_below(path)
        if not files:
            raise NoSuchSource(f"{path} holds no file")
        reading = replace(reading or Reading(), asked=False)
        for file in files:
            yield from read_file(file, reading=reading)
    else:
        yield from read_file(path, reading=reading)


def files_below(path: Path) -> list[Path]:
    """Return the files of a directory that may hold articles: no hidden ones, none that describes the one beside it."""
    found = [
        file
        for file in path.rglob("*")
        if not any(part.startswith(".") for part in file.relative_to(path).parts) and file.is_file()
    ]
    described = {file.with_suffix(".json") for file in found if file.suffix != ".json"}
    return sorted(file for file in found if file not in described)


def read_file(file: Path, *, sidecar: bool = True, reading: Reading | None = None) -> Iterator[Item]:
    """Read one file of any kind, with the sidecar that stands beside it.

    Raises:
        NoSuchSource: when there is no such file.
    """
    if not file.is_file() and not file.is_fifo():
        raise NoSuchSource(f"{file} is no file")
    reading = reading or Reading()
    described = file.with_suffix(".json")
    if sidecar and described != file and described.exists():
        try:
            known = json.loads(described.read_bytes())
        except ValueError as error:
            yield Unreadable(str(described), f"not JSON: {error}")
            return
        if not isinstance(known, dict):
            yield Unreadable(str(described), "a sidecar must be a JSON object")
            return
        reading = replace(reading, row={**known, **reading.row})
    try:
        with file.open("rb") as stream:
            yield from read_document(stream, str(file), reading)
    except PermissionError as error:
        yield Unreadable(str(file), f"cannot be read: {error.strerror}")


def read_stream(stream: BinaryIO, origin: str, reading: Reading | None = None) -> Iterator[Item]:
    """Read a stream of any kind; rows of JSONL are given as they come."""
    yield from read_document(stream, origin, reading)
