"""Settings, the `dateline` command and the local supervisor."""
