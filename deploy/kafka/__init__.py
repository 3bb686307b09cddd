"""A single Kafka node from its Maven artifacts: what it needs on disk, and the command that runs it."""
