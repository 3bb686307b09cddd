"""The ClickHouse timeline: client, migrations, writer and queries, the same over chDB and a server."""
