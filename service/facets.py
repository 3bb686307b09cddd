"""`GET /v1/facets`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.errors import ErrorBody
from service.event_parameters import FacetsParameters
from store.query import FacetField
from store.timeline_store import TimelineStore


class ValueCount(BaseModel):
    """A value, and how many events have it."""

    value: str = Field(description="names of actors, places and outlets are in small letters; as filters they do")
    count: int


class FacetsAnswer(BaseModel):
    """What the events of a query have in common."""

    total: int = Field(description="how many events there are")
    facets: dict[FacetField, list[ValueCount]] = Field(description="the most frequent values first")


def router(store: TimelineStore) -> APIRouter:
    """Return the route of facets."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/facets",
        summary="Values that the events of a query have, counted",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_facets(parameters: Annotated[FacetsParameters, Query()]) -> FacetsAnswer:
        """Return the categories, actors, places … of the events that the filters of `/v1/events` let through."""
        found = store.facets(parameters.query(), parameters.facet, parameters.values)
        return FacetsAnswer(
            total=found.total,
            facets={
                field: [ValueCount(value=one.value, count=one.count) for one in values]
                for field, values in found.values.items()
            },
        )

    return routes
