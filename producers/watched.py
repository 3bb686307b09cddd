"""A directory whose new and changed files are read as they come, each once, through restarts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from producers.documents import Reading
from producers.files import files_below, read_file
from producers.items import Item, NoSuchSource

_SCHEMA = "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, size INTEGER, changed_ns INTEGER) WITHOUT ROWID"

Stamp = tuple[int, int]
"""Size and time of change of a file, by which it is known to be new."""


class WatchedDirectory:
    """Watches a directory by looking at it; closed by `close`.

    A file is read once two looks in a row have found it the same, so that one still being written is left alone.
    `done` must be called when what a look gave is safe; what was not done is read again after a restart.

    Args:
        path: the directory.
        state: SQLite file that remembers what is done.
    """

    def __init__(self, path: Path, state: Path) -> None:
        if not path.is_dir():
            raise NoSuchSource(f"{path} is no directory")
        state.parent.mkdir(parents=True, exist_ok=True)
        self._path = path.resolve()
        self._database = sqlite3.connect(state)
        self._database.execute(_SCHEMA)
        self._database.commit()
        rows = self._database.execute("SELECT path, size, changed_ns FROM file")
        self._done: dict[str, Stamp] = {path: (size, changed) for path, size, changed in rows}
        self._last_look: dict[str, Stamp] = {}

    def ready(self) -> list[Path]:
        """Return the files that are new or changed since they were done, and were the same at the last look."""
        look = {}
        for file in files_below(self._path):
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            look[str(file)] = (stat.st_size, stat.st_mtime_ns)
        found = [
            Path(path) for path, stamp in look.items()
            if self._done.get(path) != stamp and self._last_look.get(path) == stamp
        ]  # fmt: skip
        self._last_look = look
        return found

    def done(self, file: Path) -> None:
        """Remember that a file, as the last look found it, needs no reading again."""
        stamp = self._last_look[str(file)]
        self._done[str(file)] = stamp
        with self._database:
            self._database.execute("REPLACE INTO file VALUES (?, ?, ?)", (str(file), *stamp))

    def close(self) -> None:
        """Release the state file."""
        self._database.close()


def watch(
    directory: WatchedDirectory, reading: Reading, safe: Callable[[], None],
    sleep: Callable[[float], None] = time.sleep, seconds: float = 1.0,
) -> Iterator[Item]:  # fmt: skip
    """Read the files of a directory as they come, without end.

    Args:
        directory: what to watch.
        reading: how files are read.
        safe: called after the last item of a file; returns when all items so far are on Kafka, else raises.
        sleep: waits for some seconds.
        seconds: between two looks.
    """
    reading = replace(reading, asked=False)
    while True:
        for file in directory.ready():
            try:
                yield from read_file(file, reading=reading)
            except NoSuchSource:  # gone between the look and the reading
                continue
            safe()
            directory.done(file)
        sleep(seconds)
