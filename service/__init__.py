"""The HTTP service: range queries, live feed, article intake and the first page."""
