"""Records, topics and table definitions: what every room agrees on, and imports nothing of ours."""
