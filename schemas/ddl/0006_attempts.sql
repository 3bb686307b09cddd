-- Up to where the messages of each partition may have been written, and when the latest of them was sent; noted before
-- they are written (store/attempts.py).
CREATE TABLE IF NOT EXISTS feed_attempts (
    topic       String,
    partition   Int32,
    next_offset UInt64,
    latest      Int64
)
ENGINE = ReplacingMergeTree(next_offset)
ORDER BY (topic, partition);

INSERT INTO feed_attempts (topic, partition, next_offset, latest)
    SELECT topic, partition, max(offset) + 1, max(recorded) FROM events GROUP BY topic, partition;
