"""Examples of parameters that work, for messages about those that do not."""

from __future__ import annotations

from urllib.parse import quote_plus

from service.event_parameters import (
    ActivityParameters,
    EventParameters,
    EventsParameters,
    FacetsParameters,
    TimelineParameters,
    WindowsParameters,
)
from service.parameters import LiveParameters


def example_of(name: str) -> str | None:
    """Return an example of a parameter that works, as it stands in a URL; None for one without."""
    for parameters in (
        EventsParameters, TimelineParameters, FacetsParameters, EventParameters, LiveParameters, ActivityParameters,
        WindowsParameters,
    ):  # fmt: skip
        for key, field in parameters.model_fields.items():
            if (field.alias or key) == name and field.examples:
                return f"{name}={quote_plus(str(field.examples[0]), safe=':,;-')}"
    return None
