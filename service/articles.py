"""`POST /v1/articles` and `GET /v1/articles/{id}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field, ValidationError

from schemas.article import Article
from schemas.dead_letter import explain
from schemas.mention import Mention
from service.article_bodies import NDJSON, Row, Unreadable, parse_body, read_bounded
from service.errors import ApiError, ErrorBody, not_found, unavailable
from service.intake import ArticleSink, Rejected, TooLarge, Unavailable
from store.timeline_store import TimelineStore

_BODY_FACTOR = 16
_EXAMPLE = {
    "url": "https://news.example/2025/06/summit",
    "title": "Summit opens in Geneva",
    "text": "The summit opened in Geneva on Wednesday.",
    "published_at": "2025-06-26",
    "language": "en",
}
_ROW_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "id": {"type": "string", "description": "your identifier; by default made from the URL, else from the text"},
        "url": {"type": "string"},
        "title": {"type": "string"},
        "text": {"type": "string", "description": "the article's text"},
        "published_at": {
            "type": "string",
            "description": "ISO 8601 date or instant, years -9999 to 9999; relative dates in the text rest on it",
        },
        "language": {"type": "string", "description": "BCP 47 tag"},
        "country": {"type": "string", "description": "ISO 3166-1 code of the outlet's country"},
        "source": {"type": "string", "description": "outlet; by default the host of the URL"},
    },
    "example": _EXAMPLE,
}
_REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"oneOf": [_ROW_SCHEMA, {"type": "array", "items": _ROW_SCHEMA}]}},
            NDJSON[0]: {"schema": _ROW_SCHEMA},
        },
    }
}


class AcceptedArticle(BaseModel):
    """An article that Kafka has acknowledged, and where it stands there."""

    article_id: str
    topic: str
    partition: int
    offset: int


class RejectedArticle(BaseModel):
    """An article of a batch that was not accepted."""

    index: int = Field(description="place in the batch, from 0")
    code: str
    reason: str
    parameter: str | None = Field(default=None, description="the field at fault")


class Intake(BaseModel):
    """What became of the articles of a request."""

    accepted: list[AcceptedArticle]
    rejected: list[RejectedArticle]


class ArticleAnswer(BaseModel):
    """An article, and what it says about when."""

    article: Article
    mentions: list[Mention]


def router(store: TimelineStore, intake: ArticleSink, max_article_bytes: int) -> APIRouter:
    """Return the routes of articles."""
    routes = APIRouter(tags=["articles"])

    @routes.post(
        "/articles",
        status_code=202,
        summary="Send articles",
        openapi_extra=_REQUEST_BODY,
        responses={status: {"model": ErrorBody} for status in (400, 413, 415, 422, 503)},
    )
    async def post_articles(request: Request) -> Intake:
        """Send one article (a JSON object) or many (a JSON array, or NDJSON with one object a line).

        The answer comes once Kafka has them. Sending an article again changes nothing. A single article that is bad
        gives an error; in a batch the bad ones are listed under `rejected` and the others are accepted.
        """
        body = await read_bounded(request.stream(), _BODY_FACTOR * max_article_bytes)
        return await anyio.to_thread.run_sync(
            _take, intake, body, request.headers.get("content-type", ""), max_article_bytes
        )

    @routes.get(
        "/articles/{article_id}",
        summary="One article with its mentions",
        responses={status: {"model": ErrorBody} for status in (404, 503)},
    )
    def get_article(
        article_id: Annotated[str, Path(max_length=256, description="`article_id`", examples=["a_3f2c"])],
    ) -> ArticleAnswer:
        """Return an article as it was accepted, and the dated statements found in it."""
        article = store.article(article_id)
        if article is None:
            raise not_found("article", article_id)
        return ArticleAnswer(article=article, mentions=store.mentions_of_article(article_id))

    return routes


def _take(intake: ArticleSink, body: bytes, content_type: str, most_bytes: int) -> Intake:
    parsed = parse_body(body, content_type)
    articles: list[Article] = []
    rejected: list[RejectedArticle] = []
    for index, row in enumerate(parsed.rows):
        verdict = _verdict(intake, row, most_bytes)
        if isinstance(verdict, Article):
            articles.append(verdict)
        elif parsed.single:
            raise verdict
        else:
            rejected.append(
                RejectedArticle(index=index, code=verdict.code, reason=verdict.message, parameter=verdict.parameter)
            )
    return Intake(accepted=_published(intake, articles), rejected=rejected)


def _verdict(intake: ArticleSink, row: Row, most_bytes: int) -> Article | ApiError:
    """Return the article that a row is, or why it is none."""
    if isinstance(row, Unreadable):
        return ApiError(400, row.code, row.reason)
    try:
        article = intake.prepare(row)
        if len(article.to_json()) > most_bytes:
            raise TooLarge(f"text: the article exceeds {most_bytes:,} bytes of JSON")
    except TooLarge as error:
        return ApiError(413, "too_large", error.reason, parameter=error.parameter)
    except Rejected as error:
        return ApiError(422, "bad_article", error.reason, parameter=error.parameter)
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        return ApiError(422, "bad_article", explain(error), parameter=str(place[0]) if place else None)
    return article


def _published(intake: ArticleSink, articles: Sequence[Article]) -> list[AcceptedArticle]:
    if not articles:
        return []
    try:
        places = intake.publish(articles)
    except Unavailable as error:
        raise unavailable(f"articles cannot be taken now: {error}; send the same again shortly") from error
    return [
        AcceptedArticle(article_id=at.article_id, topic=at.topic, partition=at.partition, offset=at.offset)
        for at in places
    ]
