-- What lets the timeline be read without FINAL, which costs three times the reading.
-- Keys of `events` that may hold more than one row, until parts are merged; noted before the second row is written
-- (store/unsettled.py).
CREATE TABLE IF NOT EXISTS unsettled (
    span_class   UInt8,
    start_day    Int32 CODEC(Delta, ZSTD),
    start_second Int32 CODEC(ZSTD),
    event_id     String,
    noted        DateTime DEFAULT now() CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(noted)
PRIMARY KEY (span_class, start_day, start_second)
ORDER BY (span_class, start_day, start_second, event_id)
SETTINGS index_granularity = 1024;

INSERT INTO unsettled (span_class, start_day, start_second, event_id)
    SELECT span_class, start_day, start_second, event_id FROM events
    GROUP BY span_class, start_day, start_second, event_id HAVING count() > 1
    SETTINGS optimize_aggregation_in_order = 1;

-- The runs of up to four words of each name, so that an index tells alone who has "donald trump" in one name
-- (store/conditions.py). A name of three words a b c has a, b, c, "a b", "b c", "a b c".
ALTER TABLE events
    ADD COLUMN IF NOT EXISTS actor_runs Array(String) MATERIALIZED arrayDistinct(arrayFlatten(arrayMap(
        words -> arrayMap(
            run -> arrayStringConcat(arraySlice(words, run.1, run.2), ' '),
            arrayFilter(run -> run.1 + run.2 <= length(words) + 1, arrayFlatten(arrayMap(
                first -> [(first, 1), (first, 2), (first, 3), (first, 4)], arrayEnumerate(words))))),
        arrayMap(name -> splitByChar(' ', trimBoth(name)), actors)))) CODEC(ZSTD),
    ADD COLUMN IF NOT EXISTS place_runs Array(String) MATERIALIZED arrayDistinct(arrayFlatten(arrayMap(
        words -> arrayMap(
            run -> arrayStringConcat(arraySlice(words, run.1, run.2), ' '),
            arrayFilter(run -> run.1 + run.2 <= length(words) + 1, arrayFlatten(arrayMap(
                first -> [(first, 1), (first, 2), (first, 3), (first, 4)], arrayEnumerate(words))))),
        arrayMap(name -> splitByChar(' ', trimBoth(name)), places)))) CODEC(ZSTD);

-- stored in old parts too: computed while reading they would not be found by their index
ALTER TABLE events MATERIALIZE COLUMN actor_runs;

ALTER TABLE events MATERIALIZE COLUMN place_runs;

ALTER TABLE events
    DROP INDEX IF EXISTS words_of_actors,
    DROP INDEX IF EXISTS words_of_places;

ALTER TABLE events
    ADD INDEX IF NOT EXISTS runs_of_actors actor_runs TYPE text(tokenizer = array),
    ADD INDEX IF NOT EXISTS runs_of_places place_runs TYPE text(tokenizer = array);

ALTER TABLE events MATERIALIZE INDEX runs_of_actors;

ALTER TABLE events MATERIALIZE INDEX runs_of_places;

-- Events counted by day, length and category: buckets read these counts, not the events.
ALTER TABLE events MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';

ALTER TABLE events ADD PROJECTION IF NOT EXISTS by_day (
    SELECT start_day, start_month, span_class,
        toInt64(end_day - start_day) * 86400 + end_second - start_second AS seconds, category, hidden, count()
    GROUP BY start_day, start_month, span_class, seconds, category, hidden);

ALTER TABLE events MATERIALIZE PROJECTION by_day;
