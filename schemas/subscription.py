"""Subscription, Progress and Waiting: what the service keeps about webhooks, on the subscriptions topic."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schemas.record import IsoMoment, Record


class Subscription(Record):
    """Who is to be told what. Key: `subscription_id`; a tombstone ends it."""

    subscription_id: str
    url: str
    filters: dict[str, Any] = Field(description="parameters of the live feed, by their names")
    secret: str = Field(description="signs the deliveries; whsec_ and base64")
    start: str = Field(description="position of the live feed after which deliveries begin; empty for the earliest")
    created_at: IsoMoment


class Progress(Record):
    """How far a subscription has come. Key: `subscription_id/progress`."""

    subscription_id: str
    position: str = Field(description="position of the live feed up to which all is delivered or waits on this topic")
    delivered: int = Field(default=0, ge=0)
    dead_lettered: int = Field(default=0, ge=0)
    last_delivered: IsoMoment | None = None
    failing: str | None = Field(default=None, description="why the last attempt failed; null after one that did not")
    ended: str | None = Field(default=None, description="why nothing more is delivered: the receiver said it is gone")


class Waiting(Record):
    """A message that was tried and is to be tried again, or comes after such a one. Key: `subscription_id/message_id`.

    A tombstone says that it was delivered or became a dead letter.
    """

    subscription_id: str
    message_id: str = Field(description="webhook-id: the same at every attempt")
    lane: str = Field(description="event or window that it tells of; messages of one lane are delivered in order")
    sequence: int = Field(ge=0, description="order among the messages of the subscription")
    body: str = Field(description="what is posted")
    tries: int = Field(default=0, ge=0, description="attempts so far")
    next_try: float = Field(default=0.0, description="Unix seconds before which it is not tried again")
    writer: str = Field(default="", description="process that delivers it; empty for one put back by hand")
