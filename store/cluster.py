"""The DDL of `schemas/ddl` for a cluster: the same statements, with local replicated tables behind distributed ones.

Of each table NAME there is `NAME_local` on every server, replicated within its shard, and `NAME`, which every statement
of the store goes to and which spreads rows by a hash of what identifies them. All rows of one event, on whatever date,
lie on one shard. The servers' macros `shard` and `replica` and the paths of their replicas are their own affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from store.errors import StoreError

SETTINGS: Mapping[str, Any] = {
    "distributed_foreground_insert": 1,  # a batch is written when its insert returns, not some time later
    "distributed_product_mode": "global",  # a distributed table within a condition is asked once, as a whole
    "load_balancing": "in_order",  # what was written is read where it was written
}
"""What the statements of the store need where tables are distributed."""

_COMMENT = re.compile(r"^\s*--.*\n?", re.MULTILINE)
_CREATE = re.compile(
    r"CREATE TABLE IF NOT EXISTS (?P<name>\w+)\s*(?:AS (?P<like>\w+)|(?P<columns>\(.*\)))\s+"
    r"ENGINE = (?P<engine>\w*MergeTree)(?P<rest>.*)",
    re.DOTALL,
)
_ALTER = re.compile(r"ALTER TABLE (?P<name>\w+)(?P<rest>\s.*)", re.DOTALL)
_ORDER = re.compile(r"ORDER BY\s+(?:\((?P<several>[^)]*)\)|(?P<one>\w+))")
_COLUMN = re.compile(r"\b(?:ADD|DROP|MODIFY|RENAME) COLUMN\b")


@dataclass(slots=True)
class ClusterDdl:
    """Renders statements in the order in which they are applied: a table must be created before it is altered.

    Args:
        cluster: the name that `remote_servers` gives it.
        database: where the tables are.
    """

    cluster: str
    database: str
    _keys: dict[str, str] = field(default_factory=dict)

    def create_database(self) -> str:
        """Return the statement that creates the database on all servers."""
        return f"CREATE DATABASE IF NOT EXISTS `{self.database}` {self._everywhere}"

    def statements(self, statement: str) -> list[str]:
        """Return what to run on one server of the cluster in place of a statement.

        Raises:
            StoreError: when it is of a kind that is not known here.
        """
        text = _COMMENT.sub("", statement).strip()
        if created := _CREATE.fullmatch(text):
            return self._created(created)
        if altered := _ALTER.fullmatch(text):
            return self._altered(altered)
        if text.startswith("INSERT INTO"):
            return [text]
        raise StoreError(f"a cluster needs another form of this statement, which store/cluster.py lacks: {text[:200]}")

    def _created(self, created: re.Match[str]) -> list[str]:
        name, like = created["name"], created["like"]
        self._keys[name] = _sharding_key(created["rest"])
        what = f"AS {like}_local" if like else created["columns"]
        return [
            f"CREATE TABLE IF NOT EXISTS {name}_local {self._everywhere} {what}\n"
            f"ENGINE = Replicated{created['engine']}{created['rest']}",
            f"CREATE TABLE IF NOT EXISTS {self._distributed(name)}",
        ]

    def _altered(self, altered: re.Match[str]) -> list[str]:
        name = altered["name"]
        statements = [f"ALTER TABLE {name}_local {self._everywhere}{altered['rest']}"]
        if _COLUMN.search(altered["rest"]):  # the distributed table holds columns and no rows: it is made again
            statements.append(f"CREATE OR REPLACE TABLE {self._distributed(name)}")
        return statements

    def _distributed(self, name: str) -> str:
        return (
            f"{name} {self._everywhere} AS {name}_local\n"
            f"ENGINE = Distributed('{self.cluster}', '{self.database}', '{name}_local', {self._keys[name]})"
        )

    @property
    def _everywhere(self) -> str:
        return f"ON CLUSTER '{self.cluster}'"


def _sharding_key(rest: str) -> str:
    """Return the hash that spreads a table: of the event where it is of events, else of the whole key."""
    order = _ORDER.search(rest)
    if order is None:
        raise StoreError(f"a table without ORDER BY cannot be spread over a cluster: {rest[:200]}")
    columns = [column.strip() for column in (order["several"] or order["one"]).split(",")]
    return f"cityHash64({'event_id' if 'event_id' in columns else ', '.join(columns)})"


def rendered(statements: Iterable[str], ddl: ClusterDdl | None) -> list[str]:
    """Return what to run in place of statements; without a cluster they are run as they are."""
    return [one for each in statements for one in (ddl.statements(each) if ddl else [each])]
