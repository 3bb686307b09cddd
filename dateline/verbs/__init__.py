"""One module per verb of the `dateline` command."""
