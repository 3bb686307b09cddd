"""Where a store is: the DSN of an embedded chDB path or of a ClickHouse server, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from store.errors import StoreError

DATABASE = "dateline"
_FORMS = "write chdb:///absolute/path or clickhouse://user:password@host:port/database[?cluster=name]"
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A chDB store: a folder that one process owns, and the database inside it."""

    path: Path
    database: str

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Server:
    """A ClickHouse server's HTTP interface, and the name of the cluster that it spreads the tables over, if any."""

    host: str
    port: int
    username: str
    password: str
    database: str
    secure: bool
    cluster: str | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.database}"


def parse_address(dsn: str) -> Embedded | Server:
    """Read a DSN: `chdb:///path[?database=name]` or `clickhouse[s]://[user[:password]@]host[:port][/database][?cluster=name]`.

    Raises:
        StoreError: when it is neither.
    """
    scheme, _, rest = dsn.partition("://")
    if scheme == "chdb":
        # a path is taken as it is written: it may hold characters that a URL would need escaped
        path, _, options = rest.partition("?")
        if not path.startswith("/"):
            raise StoreError(f"the store {dsn!r} names no absolute path; {_FORMS}")
        return Embedded(Path(path).resolve(), parse_qs(options).get("database", [DATABASE])[0])
    if scheme not in ("clickhouse", "clickhouses"):
        raise StoreError(f"the store {dsn!r} cannot be read; {_FORMS}")
    try:
        parts = urlsplit(dsn)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise StoreError(f"the address of the store cannot be read ({error}); {_FORMS}") from error
    if not host:
        raise StoreError(f"the address of the store names no host; {_FORMS}")
    given = parse_qs(parts.query, keep_blank_values=True)
    cluster = given.pop("cluster", [None])[0]
    if given or (cluster is not None and not _NAME.fullmatch(cluster)):
        raise StoreError(f"the options ?{parts.query} of the store cannot be read; {_FORMS}")
    secure = scheme == "clickhouses"
    return Server(
        host=host,
        port=port or (8443 if secure else 8123),
        username=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")) or DATABASE,
        secure=secure,
        cluster=cluster,
    )
