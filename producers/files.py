"""Sources on this machine: text files, JSONL files, directories of both, and standard input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_JSONL = (".jsonl", ".ndjson")
_TEXT = (".txt", ".text")


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a source gave, and where it stood (`file`, or `file:line`)."""

    origin: str
    row: object


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something a source could not read, where it stood, and why."""

    origin: str
    reason: str


Item = Found | Unreadable


class NoSuchSource(ValueError):
    """A path that is not there, or holds nothing that can be pushed."""


def read_paths(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Item]:
    """Read articles from files, directories and, for `-`, JSONL or one plain text on standard input.

    A text file's metadata may stand beside it, in a JSON object of the same name with the ending .json (published_at,
    language, url, title, country, source, id).

    Raises:
        NoSuchSource: when a path does not exist or a directory holds nothing readable.
    """
    for path in paths:
        if path == "-":
            yield from read_stream(stdin, "stdin")
        else:
            for file in _files(Path(path)):
                yield from read_file(file)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise NoSuchSource(f"{path} does not exist")
    if path.is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in _JSONL + _TEXT and file.is_file())
    if not found:
        raise NoSuchSource(f"{path} holds no {', '.join(_TEXT + _JSONL)} file")
    return found


def read_file(file: Path, *, sidecar: bool = True) -> Iterator[Item]:
    """Read one file: JSONL by its ending, anything else as one plain text, with the sidecar that stands beside it.

    Raises:
        NoSuchSource: when there is no such file.
    """
    if not file.is_file():
        raise NoSuchSource(f"{file} is no file")
    if file.suffix in _JSONL:
        with file.open("rb") as stream:
            yield from read_lines(stream, str(file))
    else:
        yield _read_text(file, file.with_suffix(".json") if sidecar else None)


def read_stream(stream: BinaryIO, origin: str) -> Iterator[Item]:
    """Read JSONL when the first line is a JSON object, else one plain text."""
    first = stream.readline()
    if first.lstrip().startswith(b"{"):
        yield from _lines([first], origin, start=1)
        yield from _lines(stream, origin, start=2)
    else:
        yield _text_item(first + stream.read(), origin, {})


def read_lines(stream: Iterable[bytes], origin: str) -> Iterator[Item]:
    """Read JSONL: one row a line, blank lines left out."""
    yield from _lines(stream, origin, start=1)


def _lines(stream: Iterable[bytes], origin: str, start: int) -> Iterator[Item]:
    for number, line in enumerate(stream, start):
        if not line.strip():
            continue
        where = f"{origin}:{number}"
        try:
            yield Found(where, json.loads(line.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            yield Unreadable(where, _not_utf8(error))
        except (json.JSONDecodeError, RecursionError) as error:
            yield Unreadable(where, f"not JSON: {error}")


def _read_text(file: Path, sidecar: Path | None) -> Item:
    metadata: object = {}
    if sidecar is not None and sidecar.exists():
        try:
            metadata = json.loads(sidecar.read_bytes())
        except ValueError as error:
            return Unreadable(str(sidecar), f"not JSON: {error}")
        if not isinstance(metadata, dict):
            return Unreadable(str(sidecar), "a sidecar must be a JSON object")
    return _text_item(file.read_bytes(), str(file), metadata if isinstance(metadata, dict) else {})


def _text_item(data: bytes, origin: str, metadata: dict[str, object]) -> Item:
    try:
        return Found(origin, {**metadata, "text": data.decode("utf-8-sig")})
    except UnicodeDecodeError as error:
        return Unreadable(origin, _not_utf8(error))


def _not_utf8(error: UnicodeDecodeError) -> str:
    return f"not UTF-8: byte 0x{error.object[error.start]:02x} at position {error.start}; convert the input to UTF-8"
