"""Bring a store's tables up to the numbered DDL of `schemas/ddl`, forward only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from clickhouse_connect.driver.client import Client

import schemas
from store.cluster import ClusterDdl, rendered
from store.errors import StoreError, explained

DDL = Path(schemas.__file__).parent / "ddl"

_KEPT = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    name       String,
    checksum   String,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree(applied_at) ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of DDL: its name, such as `0001_events`, and its text."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        """Fingerprint of the text."""
        return hashlib.blake2b(self.text.encode("utf-8"), digest_size=16).hexdigest()

    @property
    def statements(self) -> list[str]:
        """The statements of the file; each ends with a semicolon at the end of a line."""
        return [statement.strip() for statement in f"{self.text}\n".split(";\n") if statement.strip()]


def read_migrations(folder: Path = DDL) -> list[Migration]:
    """Return the migrations of a folder in the order of their numbers."""
    return [Migration(file.stem, file.read_text("utf-8")) for file in sorted(folder.glob("[0-9]*.sql"))]


def migrate(client: Client, migrations: list[Migration], ddl: ClusterDdl | None = None) -> list[str]:
    """Apply what is not yet applied; return the names of what was.

    A migration that broke off half-way is applied again, so each statement must bear that (`IF NOT EXISTS`).

    Args:
        client: the connection.
        migrations: all that there are, in order.
        ddl: how a cluster has them; None for one engine.

    Raises:
        StoreError: when an applied file has changed since, or the store knows a migration that this version lacks.
    """
    with explained("migrating the timeline store"):
        for statement in [*([ddl.create_database()] if ddl else []), *rendered([_KEPT], ddl)]:
            client.command(statement)
        rows = client.query("SELECT name, checksum FROM schema_migrations FINAL").result_rows
    applied = {str(name): str(checksum) for name, checksum in rows}
    _refuse_rewritten_history(applied, migrations)
    pending = [migration for migration in migrations if migration.name not in applied]
    for migration in migrations:
        statements = rendered(migration.statements, ddl)  # of those applied too: they tell how tables are spread
        if migration not in pending:
            continue
        with explained(f"applying migration {migration.name}"):
            for statement in statements:
                client.command(statement)
            client.insert(
                "schema_migrations",
                [(migration.name, migration.checksum)],
                column_names=["name", "checksum"],
                column_type_names=["String", "String"],
            )
    return [migration.name for migration in pending]


def _refuse_rewritten_history(applied: dict[str, str], migrations: list[Migration]) -> None:
    known = {migration.name: migration.checksum for migration in migrations}
    for name, checksum in sorted(applied.items()):
        if name not in known:
            raise StoreError(
                f"the store has migration {name}, which this version of Dateline does not know; "
                "run the version that applied it, or a later one"
            )
        if known[name] != checksum:
            raise StoreError(
                f"migration {name} was changed after it was applied; "
                "restore schemas/ddl to what was applied, and put the change into a new file"
            )
