"""What an event was, revision by revision, and what was taken away."""

from __future__ import annotations

from clickhouse_connect.driver.client import Client

from schemas.civil import Moment
from schemas.event import Event
from store.asking import ask
from store.conditions import milliseconds
from store.query import Removal, Revision

_REVISIONS = """
SELECT recorded, record FROM (
    SELECT revision, recorded, record FROM events FINAL WHERE (span_class, start_day, start_second, event_id) IN
        (SELECT span_class, start_day, start_second, event_id FROM event_keys WHERE event_id = {id:String})
    UNION ALL
    SELECT revision, recorded, record FROM event_history FINAL WHERE event_id = {id:String}
) WHERE record != '' ORDER BY revision, recorded LIMIT 1 BY revision
"""

_REMOVALS = """
SELECT event_id, max(revision), max(recorded) AS removed FROM events FINAL
WHERE recorded >= {since:Int64} AND hidden
AND event_id NOT IN (SELECT event_id FROM events FINAL WHERE recorded >= {since:Int64} AND NOT hidden)
GROUP BY event_id ORDER BY removed, event_id LIMIT {most:UInt32}
"""


def read_history(client: Client, event_id: str) -> list[Revision]:
    """Return the revisions of an event that the store has seen, the first one first, retractions included."""
    rows = ask(client, "reading an event's history", _REVISIONS, {"id": event_id})
    return [Revision(int(recorded), Event.model_validate_json(record)) for recorded, record in rows]


def read_event_as_of(client: Client, event_id: str, moment: Moment) -> Event | None:
    """Return an event as it was known at an instant; None when it was retracted then or not known yet."""
    known = [one for one in read_history(client, event_id) if one.recorded <= milliseconds(moment)]
    return known[-1].event if known and not known[-1].event.retracted else None


def read_removals(client: Client, since: Moment, most: int) -> list[Removal]:
    """Return the events that were retracted or merged away at an instant or later, the earliest first."""
    rows = ask(client, "reading removals", _REMOVALS, {"since": milliseconds(since), "most": most})
    return [Removal(str(event_id), int(revision), int(recorded)) for event_id, revision, recorded in rows]
