-- The version is the offset: all messages of one key are on one partition, so the later offset holds.
CREATE TABLE IF NOT EXISTS articles (
    article_id String,
    withdrawn  UInt8,
    source     LowCardinality(String),
    language   LowCardinality(String),
    record     String CODEC(ZSTD(3)),
    topic      LowCardinality(String),
    partition  Int32 CODEC(ZSTD),
    offset     UInt64 CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(offset)
ORDER BY article_id
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS mentions (
    mention_id String,
    article_id String,
    retracted  UInt8,
    record     String CODEC(ZSTD(3)),
    topic      LowCardinality(String),
    partition  Int32 CODEC(ZSTD),
    offset     UInt64 CODEC(ZSTD),
    INDEX of_article article_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(offset)
ORDER BY mention_id
SETTINGS index_granularity = 1024;
