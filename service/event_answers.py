"""Answers of `GET /v1/events`: a page or an export, in the format that is wanted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from fastapi import Request, Response

from service.errors import ApiError
from service.event_parameters import EventsParameters
from service.export_response import ExportResponse
from service.follow_position import follow_from
from service.formats.document import About, Format, Stored
from service.formats.negotiation import NotAcceptable, choose
from store.query import MAX_LIMIT, EventQuery
from store.timeline_store import TimelineStore

LEFT_OUT = "Dateline-Left-Out"
LIVE = "Dateline-Live"
_NOT_IN_TITLE = ("format", "cursor", "limit", "fields", "sort")


def answer(store: TimelineStore, request: Request, parameters: EventsParameters) -> Response:
    """Return the events that are asked for, as they are asked for.

    Raises:
        ApiError: 406 for an `Accept` that no format fulfils, 422 for a parameter that the format cannot have.
    """
    wanted = _format(request, parameters)
    about = About(
        title=_title(request),
        url=str(request.url),
        base=str(request.base_url).rstrip("/"),
        fields=parameters.wanted_fields(),
    )
    if wanted.streamed:
        return _export(store, parameters, wanted, about)
    return _page(store, request, _page_query(parameters, wanted), wanted, about)


def _format(request: Request, parameters: EventsParameters) -> Format:
    try:
        wanted = choose(parameters.format, request.headers.get("accept"))
    except NotAcceptable as error:
        raise ApiError(406, "not_acceptable", f"accept: {error}; or give format=json", parameter="accept") from error
    if parameters.fields is not None and not wanted.with_fields:
        message = f"fields: {wanted.name} has its own; choose fields in another format, for example format=json"
        raise ApiError(422, "bad_parameter", message, parameter="fields")
    if not wanted.streamed and parameters.limit is not None and parameters.limit > MAX_LIMIT:
        message = (
            f"limit: must be at most {MAX_LIMIT} in {wanted.name}, for example limit={MAX_LIMIT} and then cursor; "
            "format=ndjson gives any number at once"
        )
        raise ApiError(422, "bad_parameter", message, parameter="limit")
    return wanted


def _page_query(parameters: EventsParameters, wanted: Format) -> EventQuery:
    """Return the query of a page: calendars are of what is planned, and feeds bring what is new, unless told else."""
    calendar = wanted.name == "ics"
    query = replace(
        parameters.query(),
        sort=parameters.sort or ("-changed" if wanted.name == "atom" else "time"),
        limit=parameters.limit or (MAX_LIMIT if calendar else 100),
        cursor=parameters.cursor,
    )
    return replace(query, modality=("planned",)) if calendar and not query.modality else query


def _page(store: TimelineStore, request: Request, query: EventQuery, wanted: Format, about: About) -> Response:
    page = store.events(query)
    events = [Stored(record) for record in page.records]
    live = follow_from(page.feed)
    about = replace(about, live=live, next=page.next)
    if page.next is not None:
        about = replace(about, next_url=str(request.url.include_query_params(cursor=page.next)))
    said, left_out = _said(events, wanted)
    headers = {
        "ETag": _etag(events, wanted, about),
        "Cache-Control": "no-cache",
        "Vary": "Accept",
        LIVE: live,
        **_disposition(wanted),
    }
    if left_out:
        headers[LEFT_OUT] = ", ".join(f"{reason}={count}" for reason, count in sorted(left_out.items()))
    links = [f'<{about.url}>; rel="self"'] if wanted.name == "atom" else []  # where a feed is, as WebSub (5) wants it
    if about.next_url is not None:
        links.append(f'<{about.next_url}>; rel="next"')
    if links:
        headers["Link"] = ", ".join(links)
    if _known(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(b"".join(wanted.write(said, about)), media_type=wanted.media_type, headers=headers)


def _export(store: TimelineStore, parameters: EventsParameters, wanted: Format, about: About) -> Response:
    query = replace(parameters.query(), sort=parameters.sort or "time", cursor=parameters.cursor)

    def pieces() -> Iterator[bytes]:
        records = chain.from_iterable(store.records(query))
        return (piece for piece in wanted.write(map(Stored, islice(records, parameters.limit)), about) if piece)

    headers = {"Cache-Control": "no-store", "Vary": "Accept", **_disposition(wanted)}
    return ExportResponse(pieces, wanted.media_type, headers)


def _said(events: list[Stored], wanted: Format) -> tuple[list[Stored], Counter[str]]:
    """Part the events that a format can say from those that it cannot, which are counted by their reasons."""
    reasons = [wanted.cannot_say(event) for event in events]
    said = [event for event, reason in zip(events, reasons, strict=True) if reason is None]
    return said, Counter(reason for reason in reasons if reason is not None)


def _etag(events: list[Stored], wanted: Format, about: About) -> str:
    """Return a tag of what a page says; where the feed stands is no part of it, or no page would stay the same."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (wanted.name, about.base, about.title, str(about.fields), str(about.next is None)):
        digest.update(part.encode() + b"\0")
    for event in events:
        digest.update(event.text.encode() + b"\n")
    return f'W/"{digest.hexdigest()}"'


def _known(if_none_match: str | None, etag: str) -> bool:
    """Tell whether the client has the page already (RFC 9110, 13.1.2; weak comparison)."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _disposition(wanted: Format) -> dict[str, str]:
    if wanted.name in ("json", "geojson", "timelinejs", "atom"):
        return {}
    return {"Content-Disposition": f'inline; filename="timeline.{wanted.extension}"'}


def _title(request: Request) -> str:
    filters = [f"{name} {value}" for name, value in request.query_params.multi_items() if name not in _NOT_IN_TITLE]
    return f"Dateline: {', '.join(filters)}" if filters else "Dateline"
