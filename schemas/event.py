"""Event and Redirect: what happened, merged from the mentions of one or many articles."""

from __future__ import annotations

from pydantic import Field

from schemas.mention import Actor, Place, Quantity
from schemas.record import IsoMoment, Record
from schemas.vocabulary import Category, Modality
from schemas.when import When


class Event(Record):
    """What happened. An upsert: the highest `revision` of an `event_id` holds; `retracted` takes it away."""

    event_id: str
    revision: int = Field(ge=1, description="grows with each change")
    retracted: bool = False
    redirect_to: str | None = Field(default=None, description="the event this one proved to be, when merged away")
    bucket: str = Field(description="event-date bucket, the key of its mentions")
    title: str
    when: When
    category: Category | None = None
    type: str | None = None
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = Field(default=(), description="all values reported; disagreement is kept")
    modality: Modality
    confidence: float = Field(ge=0, le=1)
    mention_count: int = Field(ge=0)
    article_count: int = Field(ge=0)
    source_count: int = Field(ge=0, description="distinct outlets")
    mention_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = Field(default=(), description="sentences that report it, at most three")
    first_seen: IsoMoment | None = Field(default=None, description="earliest publication date of its articles")
    last_seen: IsoMoment | None = None
