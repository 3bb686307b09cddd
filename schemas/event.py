"""Event and Redirect: what happened, merged from the mentions of one or many articles."""

from __future__ import annotations

from pydantic import Field

from schemas.mention import Actor, Place, Quantity
from schemas.record import IsoMoment, Record
from schemas.vocabulary import Bound, Category, Modality, QuantityKind
from schemas.when import When


class Stage(Record):
    """What an event was first said to be: planned, then asserted."""

    modality: Modality
    since: IsoMoment | None = Field(description="earliest publication date of an article that says so")
    mention_count: int = Field(ge=1)


class Value(Record):
    """A value of a figure, and how many articles give it as the largest of its kind."""

    value: float
    bound: Bound
    article_count: int = Field(ge=1)


class Figure(Record):
    """A number that several articles may give differently: how many were killed."""

    kind: QuantityKind
    unit: str | None = None
    values: tuple[Value, ...] = Field(description="best supported first, each article counting once")
    disagree: bool = Field(description="whether two values exclude each other, as 17 and 20 do but not at least 17")


class Event(Record):
    """What happened. An upsert: the highest `revision` of an `event_id` holds; `retracted` takes it away."""

    event_id: str
    revision: int = Field(ge=1, description="grows with each change")
    retracted: bool = False
    redirect_to: str | None = Field(default=None, description="the event this one proved to be, when merged away")
    bucket: str = Field(description="event-date bucket, the window it counts in")
    title: str
    when: When = Field(description="the best supported of its mentions")
    other_whens: tuple[When, ...] = Field(default=(), description="what else is said of its date, best supported first")
    category: Category | None = None
    type: str | None = None
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = Field(default=(), description="all values reported; disagreement is kept")
    figures: tuple[Figure, ...] = Field(default=(), description="people concerned, each with the values in dispute")
    modality: Modality = Field(description="the firmest that is said")
    stages: tuple[Stage, ...] = Field(default=(), description="its modalities in the order they were first said")
    confidence: float = Field(ge=0, le=1)
    mention_count: int = Field(ge=0)
    article_count: int = Field(ge=0)
    source_count: int = Field(
        ge=0, description="independent sources: articles of one outlet, or in nearly the same words, count once"
    )
    mention_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = Field(default=(), description="sentences that report it, at most three")
    first_seen: IsoMoment | None = Field(default=None, description="earliest publication date of its articles")
    last_seen: IsoMoment | None = None
