"""`dateline serve`: the HTTP service and, with an embedded store, the sink that fills it."""

from __future__ import annotations

import asyncio
import signal
import time

import click
import uvloop

from agents.app import group_name
from agents.worker import run
from dateline.instance import kafka_address, store_dsn
from dateline.intake import KafkaIntake
from dateline.local import check_port, listen
from dateline.settings import Settings
from dateline.verbs.agents import build_app, cluster_of, open_store
from dateline.web import WebService
from schemas.topics import DEAD_LETTERS, EVENTS, SUBSCRIPTIONS, WINDOWS
from service import webhooks
from service.app import create_app
from service.live_feed import LiveFeed
from service.subscriptions import Subscriptions, WebhookOptions
from service.webhook_retry import RetryPlan


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--sink/--no-sink", default=None, help="Fill the store too; by default only when it is embedded.")
def command(port: int | None, sink: bool | None) -> None:
    r"""Serve the timeline over HTTP: range queries, live feed, article intake and the first page.

    An embedded store belongs to one process, so this one also runs the sink that fills it.

    \b
    Example:
      DATELINE_KAFKA=broker:9092 DATELINE_STORE=clickhouse://host/dateline dateline serve --port 8320
    """
    settings = Settings() if port is None else Settings(port=port)
    check_port(settings.host, settings.port)
    bootstrap, prefix = kafka_address(settings), settings.topic_prefix
    cluster_of(settings)
    store = open_store(settings)
    with_sink = store_dsn(settings).startswith("chdb:") if sink is None else sink
    feed = LiveFeed(bootstrap, events=EVENTS.full_name(prefix), windows=WINDOWS.full_name(prefix))
    intake = KafkaIntake(bootstrap, prefix, settings.max_article_bytes)
    subscriptions = Subscriptions(
        bootstrap,
        topic=SUBSCRIPTIONS.full_name(prefix),
        dead_letters=DEAD_LETTERS.full_name(prefix),
        group=group_name(prefix, "webhooks"),
        feed=feed,
        clock=time.time,
        options=WebhookOptions(settings.webhook_networks, RetryPlan(settings.webhook_tries)),
    )

    async def ready() -> list[str]:
        return [subscriptions.problem] if subscriptions.problem else []

    app = create_app(
        store=store, intake=intake, feed=feed, ready=ready, max_article_bytes=settings.max_article_bytes,
        further=[webhooks.router(subscriptions)],
    )  # fmt: skip
    web = WebService(app, feed, listen(settings.host, settings.port), settings.log_level)
    try:
        if with_sink:
            run(build_app("sink", settings, store), web, log_level=settings.log_level)
        else:
            uvloop.run(_serve(web))
    finally:
        intake.close()
        store.close()


async def _serve(web: WebService) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with web:
        await stop.wait()
