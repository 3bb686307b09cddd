from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from click.testing import CliRunner

from dateline.verbs.cluster import command

ROWS = [
    {
        "id": "a",
        "published_at": "2025-03-03",
        "title": "Dam breaks above Velden",
        "text": "The Orla dam broke above Velden.",
    },
    {"id": "b", "published_at": "2025-03-04", "title": "Velden dam", "text": "Velden mourns after the Orla dam broke."},
    {"id": "c", "published_at": "2025-03-04", "title": "Chess", "text": "Marchetti won the chess title in Oslo."},
]


def cluster(rows: Sequence[Any]) -> tuple[dict[str, str], int, str]:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    result = CliRunner().invoke(command, input=lines)
    return (
        {row["id"]: row["cluster"] for row in map(json.loads, result.stdout.splitlines())},
        result.exit_code,
        result.stderr,
    )


def test_articles_of_one_event_share_a_cluster_whatever_the_order_of_the_lines() -> None:
    found, code, _ = cluster(ROWS)
    assert code == 0
    assert found["a"] == found["b"] != found["c"]
    assert cluster(ROWS[::-1])[0] == found


def test_a_row_that_is_no_article_is_refused_with_its_line_and_the_others_are_told() -> None:
    found, code, errors = cluster([ROWS[0], "{", {"id": "d"}, ROWS[2]])
    assert set(found) == {"a", "c"}
    assert code == 1
    assert "stdin:2" in errors
    assert "text: missing" in errors
