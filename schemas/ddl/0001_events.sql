-- The timeline. The class of the span comes first in the key: rows of one class have a known longest span, which turns
-- interval overlap into short key ranges. Never partitioned by date: one insert may span centuries, and more than 100
-- partitions in one insert are refused (code 252).
CREATE TABLE IF NOT EXISTS events (
    span_class   UInt8,
    start_day    Int32 CODEC(Delta, ZSTD),
    start_second Int32 CODEC(ZSTD),
    event_id     String,
    revision     UInt64 CODEC(ZSTD),
    hidden       UInt8,
    retracted    UInt8,
    end_day      Int32 CODEC(Delta, ZSTD),
    end_second   Int32 CODEC(ZSTD),
    start_month  Int32 CODEC(Delta, ZSTD),
    granularity  LowCardinality(String),
    category     LowCardinality(String),
    type         LowCardinality(String),
    modality     LowCardinality(String),
    actors       Array(String) CODEC(ZSTD),
    places       Array(String) CODEC(ZSTD),
    source_count UInt32 CODEC(ZSTD),
    search       String CODEC(ZSTD),
    last_seen    Int64 CODEC(ZSTD),
    record       String CODEC(ZSTD(3)),
    topic        LowCardinality(String),
    partition    Int32 CODEC(ZSTD),
    offset       UInt64 CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(revision)
PRIMARY KEY (span_class, start_day, start_second)
ORDER BY (span_class, start_day, start_second, event_id)
SETTINGS index_granularity = 1024;

-- Under which keys of `events` an event was ever written: ReplacingMergeTree merges equal keys only, so an event whose
-- date changes leaves a row behind that its writer must cancel.
CREATE TABLE IF NOT EXISTS event_keys (
    event_id     String,
    span_class   UInt8,
    start_day    Int32,
    start_second Int32,
    revision     UInt64
)
ENGINE = ReplacingMergeTree(revision)
PRIMARY KEY event_id
ORDER BY (event_id, span_class, start_day, start_second)
SETTINGS index_granularity = 1024;
