-- Mentions meet by year since this version, and so an event that the store has may come again by another partition than
-- before. In a store that holds events, all that comes is looked up (store/attempts.py).
INSERT INTO feed_attempts (topic, partition, next_offset, latest)
    SELECT topic, arrayJoin(range(toUInt32(max(partition) + 1))), 9223372036854775808, max(recorded)
    FROM events GROUP BY topic;
