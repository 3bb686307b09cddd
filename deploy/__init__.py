"""What runs Dateline: the Kafka launcher and its configuration."""
