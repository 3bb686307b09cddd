"""The first page: the newest events, rendered on the server, readable without JavaScript."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.dates_in_words import in_words
from store.timeline_store import TimelineStore

_NEWEST = 50
_TEMPLATES = Path(__file__).with_name("templates")


def router(store: TimelineStore) -> APIRouter:
    """Return the route of the first page."""
    routes = APIRouter(include_in_schema=False)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["in_words"] = in_words
    environment.filters["segment"] = lambda text: quote(text, safe="")
    template = environment.get_template("newest.html")

    @routes.get("/")
    def get_page() -> HTMLResponse:
        """Show the newest events."""
        nonce = secrets.token_urlsafe(16)
        html = template.render(events=store.newest(_NEWEST), nonce=nonce)
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})

    return routes
