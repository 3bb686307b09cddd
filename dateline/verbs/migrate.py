"""`dateline migrate`: bring the store's tables up to date."""

from __future__ import annotations

import json

import click

from dateline.command import Failure
from dateline.instance import store_dsn
from dateline.settings import Settings
from store.errors import StoreError
from store.timeline_store import TimelineStore


@click.command("migrate")
@click.option("--settle", is_flag=True, help="Merge revisions into what holds; a hundred million events take minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(settle: bool, as_json: bool) -> None:
    r"""Apply the store's migrations that are not applied yet (schemas/ddl/, in number order, forward only).

    With --settle, revisions are merged afterwards, so that questions need not look twice at what was revised: worth it
    once a day where much is revised, beside a server that answers meanwhile.

    `dateline up` and `dateline serve` do it by themselves; an embedded store must not be in use meanwhile.

    \b
    Example:
      DATELINE_STORE=clickhouse://user:password@host:8123/dateline dateline migrate
    """
    try:
        store = TimelineStore(store_dsn(Settings()))
        try:
            applied = store.migrate()
            if settle:
                store.settle()
        finally:
            store.close()
    except StoreError as error:
        raise Failure(str(error)) from error
    click.echo(json.dumps({"applied": applied}) if as_json else "\n".join(applied) or "nothing to apply")
