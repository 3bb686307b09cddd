"""Generated events of realistic shape, made by the engine itself: the rows of a store's tables."""

from __future__ import annotations

from clickhouse_connect.driver.client import Client

from store.rows import EVENT_KEYS, EVENTS
from store.unsettled import KEY

LAST_DAY = 20_300
"""Day number (July 2025) that the news lead up to."""

_MIX = "(sipHash64(number, {n}) / 18446744073709551616.)"


def _random(n: int) -> str:
    """Return an expression for a number in [0, 1) that depends on the row and on `n` alone."""
    return _MIX.format(n=n)


# of 100 events 85 are of the last fifteen years, the more the later, ten of them in one of 400 bursts; 12 are of the
# century before, 3 are to come. One in ten is coarser than a day. Actors and places are Zipf-distributed.
_EVENTS = f"""
WITH
    {_random(1)} AS era, {_random(2)} AS within, {_random(3)} AS coarse, {_random(4)} AS burst,
    multiIf(
        era < 0.10, {LAST_DAY} - 13 * (1 + toInt32(400 * within * within)),
        era < 0.85, {LAST_DAY} - toInt32(5475 * pow(within, 1.5)),
        era < 0.97, {LAST_DAY} - toInt32(36500 * within),
        {LAST_DAY} + toInt32(9000 * within * within)
    ) AS day,
    multiIf(coarse < 0.90, 1, coarse < 0.915, 7, coarse < 0.955, 30, coarse < 0.960, 91, coarse < 0.990, 365,
            coarse < 0.993, 3652, coarse < 0.994, 36524, 0) AS span,
    multiIf(coarse < 0.90, 'day', coarse < 0.915, 'week', coarse < 0.955, 'month', coarse < 0.960, 'quarter',
            coarse < 0.990, 'year', coarse < 0.993, 'decade', coarse < 0.994, 'century', 'open') AS grain,
    ['conflict', 'politics', 'law_crime', 'disaster', 'international', 'business', 'health_environment', 'sport',
     'arts_culture', 'science_tech'][1 + toUInt8(10 * pow({_random(5)}, 1.4))] AS kind,
    arrayDistinct(arrayMap(
        n -> toUInt32(pow(200000, (sipHash64(number, 20, n) % 1000003) / 1000003)),
        range(toUInt8(4 * {_random(6)})))) AS who,
    arrayDistinct(arrayMap(
        n -> toUInt32(pow(20000, (sipHash64(number, 30, n) % 1000003) / 1000003)),
        range(toUInt8(3 * {_random(7)})))) AS whence,
    1 + toUInt32(pow(40, pow({_random(8)}, 4)) - 1) AS outlets,
    concat('e_', lower(hex(sipHash128(number)))) AS id,
    toString(toDate32('1970-01-01') + day) AS first, toString(toDate32('1970-01-01') + day + span) AS last,
    concat('Report ', toString(number % 9973), ' of group ', toString(sipHash64(number, 9) % 99991), ' in the talks')
        AS title
SELECT
    multiIf(span = 0, 8, span = 1, 0, span = 7, 1, span = 30, 2, span = 91, 3, span = 365, 4, span = 3652, 5, 6)
        AS span_class,
    day AS start_day, 0 AS start_second, id AS event_id, 1 AS revision, 0 AS hidden, 0 AS retracted,
    if(span = 0, 2932897, day + span) AS end_day, 0 AS end_second,
    toYear(toDate32('1970-01-01') + day) * 12 + toMonth(toDate32('1970-01-01') + day) - 1 AS start_month,
    grain AS granularity, kind AS category, ['', 'meet', 'protest', 'assault'][1 + number % 4] AS type,
    if(burst < 0.8, 'asserted', 'planned') AS modality,
    arrayMap(n -> concat(' given', toString(n % 1000), ' family', toString(n), ' '), who) AS actors,
    arrayMap(n -> concat(' town', toString(n), ' '), whence) AS places,
    [concat('outlet', toString(toUInt32(pow(3000, {_random(10)}))), '.example')] AS sources, ['en'] AS languages,
    arrayMap(n -> ['US', 'GB', 'DE', 'FR', 'UA', 'CN', 'IN', 'BR'][1 + n % 8], whence) AS countries,
    arrayMap(n -> (n % 140 - 70.0, n % 360 - 180.0), whence) AS positions,
    outlets AS source_count, toUInt64(outlets) * 1000000 + 1500 AS importance,
    concat(' ', lower(title), ' ') AS search, toInt64(day) * 86400 AS last_seen,
    1700000000000 + toInt64(number) AS recorded,
    concat('{{"event_id":"', id, '","revision":1,"bucket":"', first, '","title":"', title, '","when":{{"start":"',
        first, '","end":', if(span = 0, 'null', concat('"', last, '"')), ',"granularity":"', grain, '","value":"',
        first,
        '","edtf":null,"anchor":"explicit","rule":"generated"}},"category":"', kind, '","actors":[',
        arrayStringConcat(arrayMap(
            n -> concat('{{"name":"Given', toString(n % 1000), ' Family', toString(n), '"}}'), who), ','),
        '],"places":[', arrayStringConcat(arrayMap(n -> concat('{{"name":"Town', toString(n), '"}}'), whence), ','),
        '],"modality":"asserted","confidence":0.5,"mention_count":1,"article_count":1,"source_count":',
        toString(outlets), '}}') AS record,
    'events' AS topic, 0 AS partition, number AS offset
FROM numbers("""

_COLUMNS = ", ".join(EVENTS.columns)


def insert_generated(client: Client, first: int, rows: int) -> None:
    """Add generated events, numbers `first` to `first + rows`, to the tables of a store."""
    events = f"{_EVENTS}{first}, {rows})"
    client.command(f"INSERT INTO events ({_COLUMNS}) SELECT {_COLUMNS} FROM ({events})")
    key = ", ".join(EVENT_KEYS.columns)
    client.command(f"INSERT INTO event_keys ({key}) SELECT {key} FROM ({events})")


def generated_records(client: Client, rows: int) -> list[str]:
    """Return generated events as JSON."""
    return [str(row[0]) for row in client.query(f"SELECT record FROM ({_EVENTS}0, {rows}))").result_rows]


def revise_generated(client: Client, percent: int) -> None:
    """Write so many of a hundred events once more, as their next revision; their keys are noted before, as always."""
    chosen = f"cityHash64(event_id) % 100 < {percent} AND revision = 1"
    key = ", ".join(KEY)
    client.command(f"INSERT INTO unsettled ({key}) SELECT {key} FROM events WHERE {chosen}")
    client.command(f"INSERT INTO events ({_COLUMNS}) SELECT * REPLACE (2 AS revision) FROM events WHERE {chosen}")
