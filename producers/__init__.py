"""One module per kind of source, and the publisher that puts articles on Kafka."""
