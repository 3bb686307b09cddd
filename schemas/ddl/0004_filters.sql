-- What an event can be filtered, sorted and remembered by. Rows of earlier versions take the values from their record.
ALTER TABLE events
    ADD COLUMN IF NOT EXISTS importance UInt64 DEFAULT JSONExtractUInt(record, 'source_count') * 1000000
        + least(JSONExtractUInt(record, 'article_count'), 999) * 1000
        + toUInt64(round(JSONExtractFloat(record, 'confidence') * 999)) CODEC(ZSTD) AFTER source_count,
    ADD COLUMN IF NOT EXISTS sources Array(String)
        DEFAULT arrayMap(name -> lower(name), JSONExtract(record, 'sources', 'Array(String)')) CODEC(ZSTD) AFTER places,
    ADD COLUMN IF NOT EXISTS languages Array(String)
        DEFAULT arrayMap(tag -> lower(tag), JSONExtract(record, 'languages', 'Array(String)')) CODEC(ZSTD) AFTER sources,
    ADD COLUMN IF NOT EXISTS countries Array(String)
        DEFAULT arrayDistinct(arrayFilter(code -> code != '', JSONExtract(
            record, 'places', 'Array(Tuple(country String))').country)) CODEC(ZSTD) AFTER languages,
    ADD COLUMN IF NOT EXISTS positions Array(Tuple(Float64, Float64))
        DEFAULT arrayMap(place -> (assumeNotNull(place.latitude), assumeNotNull(place.longitude)), arrayFilter(
            place -> isNotNull(place.latitude) AND isNotNull(place.longitude) AND place.precision != 'country',
            JSONExtract(record, 'places', 'Array(Tuple(
                latitude Nullable(Float64), longitude Nullable(Float64), precision String))')))
        CODEC(ZSTD) AFTER countries,
    ADD COLUMN IF NOT EXISTS recorded Int64
        DEFAULT if(last_seen < -1000000000000, 0, last_seen * 1000) CODEC(ZSTD) AFTER last_seen;

-- Every revision that is no longer the last of its event, and the cancelling rows of what moved: the rows of one key
-- tell by themselves what stood there at any moment. Only events that were revised cost anything here.
CREATE TABLE IF NOT EXISTS event_history AS events
ENGINE = ReplacingMergeTree(revision)
PRIMARY KEY (span_class, start_day, start_second)
ORDER BY (span_class, start_day, start_second, event_id, revision)
SETTINGS index_granularity = 1024;

-- Up to where each partition of a feed has been written, so that who has read the timeline can follow from there.
CREATE TABLE IF NOT EXISTS feed_positions (
    topic       String,
    partition   Int32,
    next_offset UInt64
)
ENGINE = ReplacingMergeTree(next_offset)
ORDER BY (topic, partition);
