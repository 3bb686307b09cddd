"""From a reading to a When: the interval, opened by "since", "until" or "by" where these stand before it."""

from __future__ import annotations

from extraction.temporal.discourse import Discourse
from extraction.temporal.period import Period, edtf, iso_bounds, timex_value
from extraction.temporal.reading import Reading
from schemas.when import When

_APPROXIMATE = ("APPROX",)


def when_of(reading: Reading, value: str, rule: str, discourse: Discourse, start: int, end: int) -> When:
    """Return the interval that a DATE or TIME denotes.

    Args:
        reading: what the rule's builder made of it.
        value: its TIMEX3 value.
        rule: identifier of the rule.
        discourse: the text around it.
        start: its first token.
        end: the token after its last.
    """
    period = reading.period
    if period is None:
        name = rule + reading.suffix if reading.suffix else rule + ".unresolved"
        return When.model_construct(
            start=None,
            end=None,
            granularity="unknown",
            value=value,
            edtf=None,
            anchor="none",
            rule=name,
            alternatives=(),
        )
    first, last = iso_bounds(period)
    others = tuple(timex_value(other) for other in reading.alternatives)
    opening = _opening(discourse, start, end)
    bounds: tuple[str | None, str | None] = (first, last)
    notation: str = edtf(period, approximate=reading.mod in _APPROXIMATE)
    granularity = period.unit
    if opening:
        granularity = "open"
        bounds = {"from": (first, None), "after": (last, None), "to": (None, last), "before": (None, first)}[opening]
        notation = _opened(notation, period, opening)
    return When.model_construct(
        start=bounds[0],
        end=bounds[1],
        granularity=granularity,
        value=value,
        edtf=notation,
        anchor=reading.anchor,
        rule=rule + reading.suffix,
        alternatives=others,
    )


def _opening(discourse: Discourse, start: int, end: int) -> str:
    """Return from, after, to or before when the preposition opens the interval, else nothing.

    Articles may stand between (German "seit dem 3. Mai"); where dates stand before nouns ("after May elections"),
    such a date bounds nothing.
    """
    link = discourse.language.values["OPENER_LINK"]
    place = next((place for place in range(start, start - 4, -1) if discourse.before(place) not in link), start)
    word = discourse.before(place)
    kind = str(discourse.language.values["OPENER"].get(word, ""))
    if kind in ("after", "before") and discourse.before(place, 2) in discourse.language.values["UNIT"]:
        return ""  # "the day after Christmas" opens nothing
    if kind in ("after", "before") and discourse.language.settings.get("dates_before_nouns"):
        following = discourse.after(end)
        if following[:1].isalpha() or following in ("'s", "-"):
            return ""
    return kind


def _opened(notation: str, period: Period, opening: str) -> str:
    ends = notation.split("/")
    if opening == "from":
        return f"{ends[0]}/.."
    if opening == "to":
        return f"../{ends[-1]}"
    first, last = iso_bounds(period)
    return f"{last}/.." if opening == "after" else f"../{first}"
