CREATE TABLE IF NOT EXISTS windows (
    window        String,
    revision      UInt64,
    granularity   LowCardinality(String),
    event_count   UInt64 CODEC(ZSTD),
    mention_count UInt64 CODEC(ZSTD),
    record        String CODEC(ZSTD),
    topic         LowCardinality(String),
    partition     Int32 CODEC(ZSTD),
    offset        UInt64 CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY window;

-- Keyed by the message that was refused; where its letter stood is kept beside it.
CREATE TABLE IF NOT EXISTS dead_letters (
    topic            LowCardinality(String),
    partition        Int32,
    offset           UInt64,
    stage            LowCardinality(String),
    error            LowCardinality(String),
    time             Int64 CODEC(ZSTD),
    record           String CODEC(ZSTD),
    letter_topic     LowCardinality(String),
    letter_partition Int32 CODEC(ZSTD),
    letter_offset    UInt64 CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(letter_offset)
ORDER BY (topic, partition, offset);
