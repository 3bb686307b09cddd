"""Mention: one dated statement in one article."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.record import IsoMoment, Record
from schemas.vocabulary import Bound, Category, Modality, Precision, QuantityKind
from schemas.when import When


class Actor(Record):
    """A person or organisation that takes part."""

    name: str
    type: str = Field(default="PER", pattern="^(PER|ORG|LOC)$")
    role: str | None = Field(
        default=None, description="part played in the event: agent or patient, where the sentence shows it"
    )


class Place(Record):
    """Where it happened, as far as the text tells."""

    name: str
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2 code")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="degrees north")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="degrees east")
    precision: Precision | None = Field(default=None, description="what the coordinates are the centre of")


class Quantity(Record):
    """A number that the sentence gives: casualties, money, a share."""

    kind: QuantityKind
    value: float
    bound: Bound = "exact"
    unit: str | None = None


class Quote(Record):
    """Words quoted in a sentence. Offsets are code points into the article's text, within the quotation marks."""

    start: int
    end: int
    speaker: str | None = Field(default=None, description="who said it, in the fullest form the article has")


class Mention(Record):
    """One dated statement in one article. Offsets are code points into the article's text, ends exclusive."""

    article_id: str
    mention_id: str
    sentence: str
    start: int = Field(description="start of the trigger")
    end: int
    sentence_start: int
    sentence_end: int
    when: When
    category: Category | None = None
    type: str | None = Field(default=None, description="finer event type, where known")
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    modality: Modality = "asserted"
    reported_by: str | None = Field(default=None, description="who says so, where it is reported")
    quotes: tuple[Quote, ...] = ()
    confidence: float = Field(ge=0, le=1)
    extractor: str = Field(description="name and version of what extracted it")
    title: str = Field(description="the statement, short, for lists")
    source: str | None = None
    url: str | None = None
    published_at: IsoMoment | None = None
    language: str | None = None
    gist: tuple[str, ...] = Field(
        default=(), description="the most telling words of the whole article, as stems, heaviest first"
    )


class MentionRetraction(Record):
    """Sent under a mention's key when its article no longer says so, or was withdrawn."""

    mention_id: str
    article_id: str
    retracted: Literal[True] = True
