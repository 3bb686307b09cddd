"""The programs that are measured: ours and its peers, each as a function from a text to its temporal expressions."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchmarks.temporal_scores import Expression
from extraction.timex import Domain, tag

_ATTRIBUTES = re.compile(r'type="([A-Z]+)" value="([^"]*)"')
_VALUE_OF_PERIOD = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}


@dataclass(frozen=True, slots=True)
class Program:
    """A program that finds temporal expressions.

    Attributes:
        name: as the table shows it.
        read: what is timed: a text and its publication date to whatever the program returns.
        expressions: what it returned, as expressions with TIMEX3 type and value; not timed.
    """

    name: str
    read: Callable[[str, str | None], Any]
    expressions: Callable[[str, str | None, Any], list[Expression]]


class NotInstalled(Exception):
    """A peer that this Python does not have; the message names it."""


def dateline(domain: Domain | None) -> Program:
    """Return our tagger, told the domain or (None) left to detect it."""

    def expressions(text: str, published: str | None, found: Any) -> list[Expression]:
        return [Expression(timex.start, timex.end, timex.type, timex.value) for timex in found]

    return Program(
        f"Dateline, domain {'given' if domain else 'detected'}",
        lambda text, published: tag(text, published_at=published, language="en", domain=domain),
        expressions,
    )


def dateparser() -> Program:
    """Return dateparser's `search_dates`, whose strings are parsed again, untimed, for their granularity.

    Raises:
        NotInstalled: when dateparser is missing.
    """
    try:
        from dateparser.date import DateDataParser
        from dateparser.search import search_dates
    except ImportError:
        raise NotInstalled("dateparser") from None

    def settings(published: str | None) -> dict[str, Any]:
        base = {"RELATIVE_BASE": datetime.fromisoformat(published).replace(tzinfo=None)} if published else {}
        return base | {"RETURN_TIME_AS_PERIOD": True}

    def read(text: str, published: str | None) -> Any:
        given = {key: value for key, value in settings(published).items() if key == "RELATIVE_BASE"}
        return search_dates(text, languages=["en"], settings=given or None) or []

    def expressions(text: str, published: str | None, found: Any) -> list[Expression]:
        parser = DateDataParser(languages=["en"], settings=settings(published))
        result, place = [], 0
        for words, moment in found:
            start = text.find(words, place)
            if start < 0:
                continue
            place = start + len(words)
            period = parser.get_date_data(words).period or "day"
            kind = "TIME" if period == "time" else "DATE"
            result.append(Expression(start, place, kind, moment.strftime(_VALUE_OF_PERIOD.get(period, "%Y-%m-%d"))))
        return result

    return Program("dateparser", read, expressions)


def timexy() -> Program:
    """Return timexy, a component of spaCy.

    Raises:
        NotInstalled: when timexy or spaCy is missing.
    """
    try:
        import spacy
        import timexy as component  # registers its factory
    except ImportError:
        raise NotInstalled("timexy") from None
    logging.getLogger("timexy").setLevel(logging.CRITICAL)  # it warns of each match that it drops
    pipeline = spacy.blank("en")
    name = component.__name__
    pipeline.add_pipe(name, config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def expressions(text: str, published: str | None, found: Any) -> list[Expression]:
        result = []
        for span in found.ents:
            attributes = _ATTRIBUTES.search(span.kb_id_)
            if attributes:
                kind, value = attributes.groups()
                result.append(Expression(span.start_char, span.end_char, kind, value.removesuffix("T00:00:00")))
        return result

    return Program("timexy", lambda text, published: pipeline(text), expressions)


PEERS: dict[str, Callable[[], Program]] = {"dateparser": dateparser, "timexy": timexy}
