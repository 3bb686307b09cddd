"""`/v1/subscriptions`: add, list and end webhooks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any, Literal

import httpcore
from fastapi import APIRouter, Path
from pydantic import AfterValidator, BaseModel, Field, HttpUrl, StringConstraints

from schemas.subscription import Subscription
from service.bounded_body import BoundedBody
from service.errors import ApiError, ErrorBody, not_found, unavailable
from service.live_feed import FeedUnavailable, LiveFeed
from service.parameters import LiveParameters
from service.position import encode
from service.start import start_at
from service.subscription_table import UNREACHABLE, Entry
from service.subscriptions import Subscriptions, TooMany
from service.webhook_signature import secret_bytes

Id = Annotated[str, Path(max_length=256, description="`subscription_id`", examples=["s_3f2c"])]


def _receiver(url: HttpUrl) -> HttpUrl:
    if url.username or url.password or url.fragment:
        raise ValueError("must have neither a user, a password nor a fragment")
    return url


def _proper(secret: str) -> str:
    secret_bytes(secret)
    return secret


class NewSubscription(LiveParameters):
    """A subscription to be: a receiver, and beside it the parameters of the live feed, by their names."""

    url: Annotated[HttpUrl, AfterValidator(_receiver)] = Field(
        description="Where deliveries are posted: http or https.", examples=["https://example.org/dateline"]
    )
    since: str | None = Field(
        default=None,
        max_length=65_536,
        description="Where to begin, as on the live feed: the `id` of a message, a cursor of `/v1/events`, a date or "
        "instant, or `earliest` for all that Kafka keeps. By default what is new.",
        examples=["earliest", "2025-06-26T08:30:00Z"],
    )
    secret: Annotated[str, StringConstraints(max_length=128), AfterValidator(_proper)] | None = Field(
        default=None,
        description="Signs the deliveries: `whsec_` and the base64 of 24 to 64 random bytes. By default a new one.",
    )

    def filters(self) -> dict[str, Any]:
        """Return the parameters of the live feed that differ from their defaults."""
        own = {"url", "secret", "since"}
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=own)


class SubscriptionAnswer(BaseModel):
    """A subscription and how its deliveries fare."""

    subscription_id: str
    url: str
    filters: dict[str, Any] = Field(description="parameters of the live feed")
    created_at: str
    state: Literal["active", "failing", "ended"] = Field(
        description="failing: the last attempt failed, and others will follow; ended: the receiver answered 410"
    )
    reason: str | None = Field(description="why it is not active")
    position: str = Field(description="position of the live feed up to which all is delivered or waits")
    delivered: int = Field(description="messages that the receiver took")
    waiting: int = Field(description="messages that failed and will be tried again, with those behind them")
    dead_lettered: int = Field(description="messages given up, which `dateline dead-letters` lists")
    last_delivered: str | None


class NewSubscriptionAnswer(SubscriptionAnswer):
    """A subscription that was just added, with its secret: nothing tells it again."""

    secret: str


class SubscriptionsAnswer(BaseModel):
    """All subscriptions, the oldest first."""

    subscriptions: list[SubscriptionAnswer]


def router(subscriptions: Subscriptions) -> APIRouter:
    """Return the routes of webhooks; the subscriptions run as long as the application that includes them."""

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncGenerator[None, None]:
        await subscriptions.start()
        try:
            yield
        finally:
            await subscriptions.stop()

    routes = APIRouter(
        tags=["subscriptions"], responses={503: {"model": ErrorBody}}, lifespan=lifespan, route_class=BoundedBody
    )

    @routes.post(
        "/subscriptions",
        summary="Have events delivered by webhook",
        status_code=201,
        responses={status: {"model": ErrorBody} for status in (409, 413, 422)},
    )
    async def post_subscription(wanted: NewSubscription) -> NewSubscriptionAnswer:
        """Add a subscription: each message of the live feed that passes the filters is posted to `url`.

        Deliveries follow the Standard Webhooks specification: the body is `{"type", "timestamp", "data"}`, where type
        and data are those of a message of `/v1/live`, signed with the secret that this answer tells. A delivery that is
        not answered with 2xx is tried again for a day and a half, and then becomes a dead letter. Messages of one event
        come in order; one that came already may come again, under the same `webhook-id`.
        """
        with _explained(subscriptions):
            await subscriptions.check_receiver(str(wanted.url))
            subscription = await subscriptions.create(
                str(wanted.url), wanted.filters(), await _start(subscriptions.feed, wanted.since), wanted.secret
            )
        answer = _answer(subscription, Entry(subscription))
        return NewSubscriptionAnswer(**answer.model_dump(), secret=subscription.secret)

    @routes.get("/subscriptions", summary="All webhooks and how they fare")
    async def get_subscriptions() -> SubscriptionsAnswer:
        """List the subscriptions with their filters and the state of their deliveries."""
        with _explained(subscriptions):
            return SubscriptionsAnswer(subscriptions=[_answer(*one) for one in subscriptions.all()])

    @routes.get("/subscriptions/{subscription_id}", summary="One webhook", responses={404: {"model": ErrorBody}})
    async def get_subscription(subscription_id: Id) -> SubscriptionAnswer:
        """Return a subscription and the state of its deliveries."""
        with _explained(subscriptions):
            return _answer(*_found(subscriptions, subscription_id))

    @routes.delete(
        "/subscriptions/{subscription_id}",
        summary="End a webhook",
        status_code=204,
        responses={404: {"model": ErrorBody}},
    )
    async def delete_subscription(subscription_id: Id) -> None:
        """End a subscription, with what of it waits to be tried again."""
        with _explained(subscriptions):
            _found(subscriptions, subscription_id)
            await subscriptions.remove(subscription_id)

    return routes


@contextmanager
def _explained(subscriptions: Subscriptions) -> Iterator[None]:
    if subscriptions.problem is not None:
        raise unavailable(subscriptions.problem)
    try:
        yield
    except TooMany as error:
        raise ApiError(409, "too_many", f"{error}; end one with DELETE first") from error
    except httpcore.ConnectError as error:
        raise ApiError(422, "bad_parameter", f"url: {error}", parameter="url") from error
    except FeedUnavailable as error:
        raise unavailable(str(error)) from error
    except UNREACHABLE as error:
        raise unavailable("Kafka does not answer; try again shortly") from error


async def _start(feed: LiveFeed, since: str | None) -> str | None:
    """Return where deliveries start: an id, empty for the earliest, None for now."""
    if since is None:
        return None
    position = await start_at(feed, since)
    return encode(position) if position else ""


def _found(subscriptions: Subscriptions, subscription_id: str) -> tuple[Subscription, Entry]:
    found = subscriptions.find(subscription_id)
    if found is None:
        raise not_found("subscription", subscription_id)
    return found


def _answer(subscription: Subscription, entry: Entry) -> SubscriptionAnswer:
    progress = entry.progress
    reason = (progress.ended or progress.failing) if progress else None
    return SubscriptionAnswer(
        subscription_id=subscription.subscription_id,
        url=subscription.url,
        filters=subscription.filters,
        created_at=subscription.created_at,
        state="active" if reason is None else "ended" if progress and progress.ended else "failing",
        reason=reason,
        position=progress.position if progress else subscription.start,
        delivered=progress.delivered if progress else 0,
        waiting=len(entry.waiting),
        dead_lettered=progress.dead_lettered if progress else 0,
        last_delivered=progress.last_delivered if progress else None,
    )
