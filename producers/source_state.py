"""The feeds that are polled: schedule, how they fared, which of their entries are on Kafka; kept in SQLite."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Self

FORGET_AFTER = 90 * 86_400.0
"""Seconds after which an entry that its feed no longer has is forgotten."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    name TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, every REAL NOT NULL, pages INTEGER NOT NULL DEFAULT 0,
    country TEXT, paused INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, next_at REAL NOT NULL DEFAULT 0,
    last_poll REAL, last_success REAL, errors INTEGER NOT NULL DEFAULT 0, last_error TEXT,
    sent INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS source_due ON source (paused, next_at);
CREATE TABLE IF NOT EXISTS entry (
    source TEXT NOT NULL, key BLOB NOT NULL, digest BLOB NOT NULL, seen REAL NOT NULL, PRIMARY KEY (source, key)
) WITHOUT ROWID;
"""


class SourceError(ValueError):
    """A source that cannot be added, or is not there; the message says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One feed.

    Attributes:
        name: what people call it.
        url: its address.
        every: seconds between two polls, unless the feed asks for more.
        pages: whether the pages of its entries are fetched, rather than the feed's own words taken.
        country: ISO 3166-1 code of the outlet's country, or None.
        paused: whether it is left alone.
        etag: of the last answer, for the next question.
        last_modified: the same.
        next_at: second (Unix time) from which it may be polled again.
        last_poll: second of the last poll, None before the first.
        last_success: second of the last poll that succeeded.
        errors: polls that failed since then.
        last_error: why the last of them failed.
        sent: articles that it has brought.
    """

    name: str
    url: str
    every: float
    pages: bool = False
    country: str | None = None
    paused: bool = False
    etag: str | None = None
    last_modified: str | None = None
    next_at: float = 0.0
    last_poll: float | None = None
    last_success: float | None = None
    errors: int = 0
    last_error: str | None = None
    sent: int = 0


_COLUMNS = ", ".join(column.name for column in fields(Source))


def digest(text: str) -> bytes:
    """Return 80 bits that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).digest()


class SourceState:
    """The table of sources; may be read and changed by other processes meanwhile. Closed by `with`.

    Args:
        file: SQLite file; made when it is not there.
    """

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, timeout=10.0)
        self._database.execute("PRAGMA journal_mode = WAL")
        # A power cut may take the last polls back; their entries are then pushed again, which changes nothing.
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_SCHEMA)

    def add(self, source: Source) -> None:
        """Add a source.

        Raises:
            SourceError: when its name or its address is there already.
        """
        try:
            with self._database:
                self._database.execute(
                    "INSERT INTO source (name, url, every, pages, country) VALUES (?, ?, ?, ?, ?)",
                    (source.name, source.url, source.every, source.pages, source.country),
                )
        except sqlite3.IntegrityError as error:
            what = f"named {source.name}" if "source.name" in str(error) else f"at {source.url}"
            raise SourceError(f"there is a source {what} already") from error

    def all(self) -> list[Source]:
        """Return all sources by name."""
        return self._select("ORDER BY name")

    def due(self, now: float, limit: int) -> list[Source]:
        """Return the sources that may be polled now, the longest waiting first."""
        return self._select("WHERE paused = 0 AND next_at <= ? ORDER BY next_at LIMIT ?", now, limit)

    def _select(self, rest: str, *values: object) -> list[Source]:
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM source {rest}", values)
        return [_source(row) for row in rows]

    def pause(self, name: str, paused: bool = True) -> None:
        """Leave a source alone, or poll it again, at once.

        Raises:
            SourceError: when there is no source of the name.
        """
        with self._database:
            found = self._database.execute("UPDATE source SET paused = ?, next_at = 0 WHERE name = ?", (paused, name))
        if found.rowcount == 0:
            raise SourceError(f"there is no source named {name}; see `dateline sources list`")

    def remove(self, name: str) -> None:
        """Forget a source and its entries.

        Raises:
            SourceError: when there is no source of the name.
        """
        with self._database:
            found = self._database.execute("DELETE FROM source WHERE name = ?", (name,))
            self._database.execute("DELETE FROM entry WHERE source = ?", (name,))
        if found.rowcount == 0:
            raise SourceError(f"there is no source named {name}; see `dateline sources list`")

    def known(self, name: str) -> dict[bytes, bytes]:
        """Return the digests of a source's entries that are on Kafka, by the digests of their keys."""
        rows = self._database.execute("SELECT key, digest FROM entry WHERE source = ?", (name,))
        return dict(rows.fetchall())

    def succeeded(
        self, source: Source, now: float, next_at: float, *, etag: str | None, last_modified: str | None,
        present: Iterable[tuple[bytes, bytes]], sent: int, moved_to: str | None = None,
    ) -> None:  # fmt: skip
        """Keep what a poll brought, in one transaction; to be called when all of it is on Kafka.

        Args:
            source: what was polled.
            now: second of the poll.
            next_at: second from which it may be polled again.
            etag: of the answer.
            last_modified: of the answer.
            present: digests of key and content of every entry that the feed has now; none when it did not change.
            sent: articles that are new on Kafka.
            moved_to: the feed's new address, where the server named one for good.
        """
        with self._database:
            self._database.execute(
                "UPDATE source SET etag = ?, last_modified = ?, next_at = ?, last_poll = ?, last_success = ?, "
                "errors = 0, last_error = NULL, sent = sent + ? WHERE name = ?",
                (etag, last_modified, next_at, now, now, sent, source.name),
            )
            if moved_to is not None:  # unless another source is there already
                self._database.execute("UPDATE OR IGNORE source SET url = ? WHERE name = ?", (moved_to, source.name))
            rows = [(source.name, key, content, now) for key, content in present]
            if rows:
                self._database.executemany("REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
                self._database.execute(
                    "DELETE FROM entry WHERE source = ? AND seen < ?", (source.name, now - FORGET_AFTER)
                )

    def failed(self, source: Source, now: float, next_at: float, reason: str, *, gone: bool = False) -> None:
        """Keep that a poll failed; a source that is gone for good is paused."""
        with self._database:
            self._database.execute(
                "UPDATE source SET next_at = ?, last_poll = ?, errors = errors + 1, last_error = ?, "
                "paused = paused OR ? WHERE name = ?",
                (next_at, now, reason, gone, source.name),
            )

    def postpone(self, source: Source, next_at: float) -> None:
        """Poll a source again later, without blame."""
        with self._database:
            self._database.execute("UPDATE source SET next_at = ? WHERE name = ?", (next_at, source.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()


def _source(row: tuple[object, ...]) -> Source:
    values = dict(zip((column.name for column in fields(Source)), row, strict=True))
    values["pages"], values["paused"] = bool(values["pages"]), bool(values["paused"])
    return Source(**values)  # type: ignore[arg-type]
