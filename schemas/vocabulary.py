"""The closed lists of the vocabulary: values that records may take."""

from __future__ import annotations

from typing import Literal

Granularity = Literal[
    "second",
    "minute",
    "hour",
    "part_of_day",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "millennium",
    "open",
    "unknown",
]
"""How fine the text is; `open` for an interval without an end or a start, `unknown` where nothing could be resolved."""

Anchor = Literal["explicit", "publication_date", "earlier_date", "dateline", "none"]
"""What resolved a When: its own words, the publication date, an earlier date in the text, the dateline, or nothing."""

Category = Literal[
    "conflict", "politics", "law_crime", "disaster", "international", "business", "health_environment", "sport",
    "arts_culture", "science_tech",
]  # fmt: skip

# from the firmest to the weakest: an event takes the firmest that any of its mentions has
Modality = Literal["asserted", "reported", "planned", "conditional", "denied"]

QuantityKind = Literal["killed", "injured", "detained", "displaced", "money", "percent", "other"]

Bound = Literal["exact", "at_least", "at_most", "about"]

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

Precision = Literal["country", "region", "city", "site"]

PublishedAtSource = Literal["given", "feed", "metadata", "page", "dateline", "none"]
