"""`/docs`: the interface to look at and try, with its assets from an installed package rather than a CDN."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

_PACKAGE = "fastapi_offline"
_CDN = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5"
_ASSETS = "/docs/assets"


def install(app: FastAPI) -> None:
    """Serve `/docs`; without the package that carries Swagger UI, its assets come from a CDN."""
    package = find_spec(_PACKAGE)
    assets = _CDN
    if package is not None and package.origin is not None:
        app.mount(_ASSETS, StaticFiles(directory=Path(package.origin).with_name("static")), name="docs assets")
        assets = _ASSETS
    origin = "'self'" if assets == _ASSETS else "'self' https://cdn.jsdelivr.net"
    # Swagger UI's start is an inline script and it sets styles as it runs.
    policy = (
        f"default-src 'none'; script-src {origin} 'unsafe-inline'; style-src {origin} 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )

    @app.get("/docs", include_in_schema=False)
    async def get_docs() -> HTMLResponse:
        """Show the interface."""
        page = get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=f"{app.title}: HTTP interface",
            swagger_js_url=f"{assets}/swagger-ui-bundle.js",
            swagger_css_url=f"{assets}/swagger-ui.css",
            swagger_favicon_url="data:,",
            oauth2_redirect_url=None,
        )
        page.headers["Content-Security-Policy"] = policy
        return page
