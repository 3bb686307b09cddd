"""Pure extraction: text and publication date in, mentions out. No Kafka, no store, no clock, no network."""
