"""A client of the HTTP service, for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import click
import httpx

from dateline.command import Failure
from schemas.event import Event

_PAGE = 1000

Params = Mapping[str, str | Sequence[str]]


class TimelineClient:
    """Asks a service; closed by `with`.

    Args:
        url: address of the service, without a trailing slash.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=30.0)

    def events(self, filters: Params, limit: int | None) -> Iterator[Event]:
        """Yield the events that the filters (as in `GET /v1/events`) let through, page by page, at most `limit`.

        Raises:
            Failure: when the service cannot be reached or refuses the request; the message gives its reason.
        """
        left = limit
        cursor: str | None = None
        while left is None or left > 0:
            page: dict[str, Any] = {**filters, "limit": str(min(_PAGE, left) if left is not None else _PAGE)}
            if cursor is not None:
                page["cursor"] = cursor
            answer = self._get("/v1/events", page)
            for record in answer["events"]:
                yield Event.model_validate(record)
            cursor = answer["next"]
            if cursor is None:
                return
            if left is not None:
                left -= len(answer["events"])

    def export(self, filters: Params, format_: str, limit: int | None) -> Iterator[bytes]:
        """Yield `GET /v1/events` in a format, piece by piece; say on standard error what the format left out.

        Raises:
            Failure: when the service cannot be reached or refuses the request, or its answer breaks off.
        """
        params: dict[str, Any] = {**filters, "format": format_}
        if limit is not None:
            params["limit"] = str(limit)
        try:
            with self._http.stream("GET", "/v1/events", params=params) as answer:
                if answer.is_error:
                    answer.read()
                    raise Failure(refusal(answer))
                left_out = answer.headers.get("dateline-left-out")
                if left_out:
                    click.echo(f"left out, since {format_} cannot say it: {left_out}", err=True)
                if "next" in answer.links:
                    click.echo("there are more events than were asked for or than fit into one answer", err=True)
                yield from answer.iter_bytes()
        except httpx.HTTPError as error:
            raise Failure(f"no answer from {self.url} ({error}): start `dateline up`, or set DATELINE_URL") from error

    def _get(self, path: str, params: Mapping[str, Any]) -> Any:
        try:
            answer = self._http.get(path, params=params)
        except httpx.HTTPError as error:
            raise Failure(f"no answer from {self.url} ({error}): start `dateline up`, or set DATELINE_URL") from error
        if answer.is_error:
            raise Failure(refusal(answer))
        return answer.json()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()


def refusal(answer: httpx.Response) -> str:
    """Return in words why the service refused a request."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.url} answered {answer.status_code}: {answer.text[:200]}"
