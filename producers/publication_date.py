"""When a page was published: the most trusted of the dates that it states, what is doubted, and its own zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from producers.stated import Stated
from schemas.civil import SECONDS_A_DAY, Moment, civil, day_number
from schemas.vocabulary import PublishedAtSource

_HOUR = 3600
_WIDEST_OFFSET = 14 * _HOUR
_EPOCHS = (day_number(1970) - 1, day_number(1970))  # 1969-12-31 is the epoch seen from the Americas
_MANY = 3  # a page with more different days of one kind lists other articles


@dataclass(frozen=True, slots=True)
class PageDates:
    """The dates of a page.

    Attributes:
        published: the publication, with clock and zone only where the page tells them.
        source: the kind of place it was found in.
        place: the very place, such as `JSON-LD datepublished`; None when there is no date.
        modified: the last change.
        doubts: dates that were not believed, and why.
    """

    published: Moment | None
    source: PublishedAtSource
    place: str | None
    modified: Moment | None
    doubts: tuple[str, ...]


def choose_dates(
    stated: Iterable[Stated], feed: Moment | None, fetched_at: datetime | None, guess: Callable[[], Moment | None]
) -> PageDates:
    """Choose among the dates that a page states.

    Args:
        stated: in order of trust.
        feed: what the feed that led to the page says; it comes after all that the page itself states.
        fetched_at: when the page was fetched: what lies behind that is doubted. None where that is not known.
        guess: asked for a date when nothing else tells one, not even of the last change.
    """
    doubts: dict[str, None] = {}
    published: list[Stated] = []
    modified: list[Stated] = []
    for one in stated:
        doubt = _doubt(one, fetched_at)
        if doubt:
            doubts[doubt] = None
        elif one.moment is not None:
            (published if one.kind == "published" else modified).append(one)
    published = _without_lists(published)
    changed = modified[0].moment if modified else None
    if published:
        first = published[0]
        assert first.moment is not None
        moment, doubt = _as_readers_saw_it(first.moment, published)
        if doubt:
            doubts[doubt] = None
        return PageDates(moment, "metadata" if first.metadata else "page", first.place, changed, tuple(doubts))
    last_resorts: tuple[tuple[Callable[[], Moment | None], PublishedAtSource, str], ...] = (
        (lambda: feed, "feed", "feed"),
        (lambda: changed, "page", "last change"),
        (guess, "page", "words of the page"),
    )
    for ask, source, place in last_resorts:
        found = ask()
        if found is None:
            continue
        doubt = _doubt(Stated("published", str(found), found, place, padded=ask is guess), fetched_at)
        if doubt:
            doubts[doubt] = None
            continue
        if source != "feed":
            doubts[f"the page does not state when it was published; {found} is taken by the {place}"] = None
        return PageDates(found, source, place, changed, tuple(doubts))
    return PageDates(None, "none", None, changed, tuple(doubts))


def _doubt(one: Stated, fetched_at: datetime | None) -> str | None:
    """Return why a date is not believed, or None."""
    what = f"{one.place} {one.text.strip()[:60]!r}"
    if one.moment is None:
        return f"{what} tells no date" if one.metadata and re.search(r"\d", one.text) else None
    if one.moment.day in _EPOCHS or civil(one.moment.day)[0] <= 1:
        return f"{what} is the default of a clock that was not set"
    if one.padded and one.moment.second is None and civil(one.moment.day)[1:] == (1, 1):
        return f"{what} is a year rather than a day"
    if fetched_at is not None:
        now = int(fetched_at.astimezone(UTC).timestamp()) + day_number(1970) * SECONDS_A_DAY
        leeway = _HOUR if one.moment.offset is not None else _WIDEST_OFFSET
        if one.moment.utc_second > now + leeway:
            return f"{what} lies in the future of the time it was read"
    return None


def _without_lists(published: list[Stated]) -> list[Stated]:
    """Leave out dates that readers see when there are so many that most belong to other articles."""
    kept = list(published)
    for place in {one.place for one in published if not one.metadata and one.place != "address"}:
        alike = [one for one in kept if one.place == place]
        if len({one.moment.day for one in alike if one.moment}) > _MANY:
            kept = [one for one in kept if one.place != place]
    return kept


def _as_readers_saw_it(moment: Moment, published: list[Stated]) -> tuple[Moment, str | None]:
    """Return an instant given in UTC in the zone of its outlet, as far as the page tells it.

    A second date for the same instant tells the zone; so does a clock without one that differs by quarters of an hour.
    Where only a day is told that is not the day in UTC, but is in some zone, that day is taken, without a clock.
    """
    if moment.second is None or moment.offset != 0:
        return _with_its_clock(moment, published), None
    others = [one.moment for one in published if one.moment is not None and one.moment != moment]
    for other in others:
        if other.offset and other.utc_second == moment.utc_second:
            return other, None
    for other in others:
        if other.second is not None and other.offset is None:
            ahead = other.utc_second - moment.utc_second
            if 0 < abs(ahead) <= _WIDEST_OFFSET and ahead % 900 == 0 and moment.second % 900:
                return replace(other, offset=ahead), None
    for one in published:
        if one.moment is not None and not one.metadata and one.moment.second is None and one.moment.day != moment.day:
            midnight = (one.moment.day - moment.day) * SECONDS_A_DAY - moment.second
            if -_WIDEST_OFFSET - SECONDS_A_DAY < midnight < _WIDEST_OFFSET and abs(one.moment.day - moment.day) == 1:
                return (
                    one.moment,
                    f"the instant {moment} is another day in UTC than {one.moment}, which {one.place} tells",
                )
    return moment, None


def _with_its_clock(moment: Moment, published: list[Stated]) -> Moment:
    """Return a day with the clock, or a clock with the zone, that the next date on the page gives to it."""
    best = moment
    for one in published:
        other = one.moment
        if other is None or other.day != moment.day or other.second is None:
            continue
        if best.second is None:
            best = other
        elif best.offset is None and other.offset is not None and best.second // 60 == other.second // 60:
            best = replace(best, offset=other.offset)
    return best
