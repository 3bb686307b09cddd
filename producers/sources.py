"""Everything that can be named as a source, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from producers.documents import Reading, read_document
from producers.files import read_path
from producers.items import Item, NoSuchSource
from producers.kafka_topic import read_topic
from producers.watched import WatchedDirectory, watch
from producers.web import Web

PAUSE_SECONDS = 0.5
"""Between two requests to one host, unless its robots.txt asks for more."""


class Sources:
    """Opens sources by their names; closed by `with`.

    Args:
        reading: how documents are read.
        safe: returns when all items given so far are on Kafka, raises when they are not.
        allow_private: whether loopback and private addresses may be fetched.
        watch: whether to go on with a directory or a topic once its end is reached.
        state: SQLite file that remembers what is done of watched directories.
    """

    def __init__(
        self, reading: Reading, safe: Callable[[], None], *, allow_private: bool = False, watch: bool = False,
        state: Path | None = None,
    ) -> None:  # fmt: skip
        self._web = Web(allow_private, PAUSE_SECONDS)
        self._reading = replace(reading, open_links=self._web.open_links)
        self._safe = safe
        self._watch = watch
        self._state = state

    def read(self, names: Iterable[str], stdin: BinaryIO) -> Iterator[Item]:
        """Read sources, one after the other: paths, `-`, `http(s)://…`, `kafka://host:port/topic`.

        Raises:
            NoSuchSource: when one is not there, or cannot be watched.
        """
        for name in names:
            scheme = name.partition("://")[0].lower() if "://" in name else ""
            if scheme == "kafka":
                yield from read_topic(name, dict(self._reading.mapping), self._safe, follow=self._watch)
            elif self._watch:
                yield from self._watched(name)
            elif name == "-":
                yield from read_document(stdin, "stdin", self._reading)
            elif scheme in ("http", "https"):
                yield from self._web.read(name, self._reading)
            else:
                yield from read_path(Path(name), self._reading)

    def _watched(self, name: str) -> Iterator[Item]:
        if self._state is None or not Path(name).is_dir():
            raise NoSuchSource(
                f"{name} cannot be watched: only a directory or a topic can; feeds are for `dateline sources`"
            )
        directory = WatchedDirectory(Path(name), self._state)
        try:
            yield from watch(directory, self._reading, self._safe)
        finally:
            directory.close()

    def __enter__(self) -> Self:
        self._web.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._web.__exit__(kind, error, trace)
