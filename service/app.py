"""The application: routes and their parts, put together from explicit arguments."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from service import (
    activity,
    articles,
    docs_page,
    errors,
    events,
    facets,
    health,
    live,
    live_socket,
    page,
    timeline,
    windows,
)
from service.health import Ready
from service.intake import ArticleSink
from service.live_feed import LiveFeed
from service.response_headers import ResponseHeaders
from store.timeline_store import TimelineStore

_GZIP = 5
"""Level of compression: 9 takes twice as long for 2 % less."""
_NOT_ZIPPED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,  # the live feed among them
    "application/vnd.apache.parquet",
)

_DESCRIPTION = """Turns a stream of news articles into a timeline of dated events.

Dates are ISO 8601, years -9999 to 9999 (astronomical: `-0043` is 44 BCE). Every interval is `[start, end)`: its end is
exclusive. Every error is `{"error": {"code", "message", "parameter"?}}`.
"""


def create_app(
    *,
    store: TimelineStore,
    intake: ArticleSink,
    feed: LiveFeed,
    ready: Ready,
    max_article_bytes: int,
    further: Sequence[APIRouter] = (),
) -> FastAPI:
    """Return the service.

    Args:
        store: the timeline; its owner closes it.
        intake: takes articles onto Kafka.
        feed: the live feed; started and stopped with the application.
        ready: gives further reasons why the process is not ready, such as pending migrations.
        max_article_bytes: largest article, as the bytes of its JSON record.
        further: further routes of the API; the parts behind them run as long as the application, by their own lifespan.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None, None]:
        await feed.start()
        try:
            yield
        finally:
            await feed.stop()

    app = FastAPI(
        title="Dateline", version="1", description=_DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    for routes in (
        articles.router(store, intake, max_article_bytes),
        events.router(store),
        timeline.router(store),
        facets.router(store),
        windows.router(store),
        activity.router(store),
        live.router(feed, store),
        live_socket.router(feed, store),
    ):
        app.include_router(routes, prefix="/v1")
    app.include_router(health.router(store, feed, ready))
    app.include_router(page.router(store))
    for routes in further:
        app.include_router(routes, prefix="/v1")
    docs_page.install(app)
    errors.install(app)
    app.add_middleware(ResponseHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=_GZIP, exclude_content_types=_NOT_ZIPPED)
    return app
