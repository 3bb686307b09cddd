"""Scripts that build the tables and models of `extraction/`; nothing here runs in the service."""
