from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from dateline.verbs.tag import command


def tag(*lines: str) -> Result:
    return CliRunner().invoke(command, ["--layer", "category"], input="".join(line + "\n" for line in lines))


def test_each_row_gets_the_category_of_its_text() -> None:
    rows = [
        {"id": "1", "text": "An earthquake destroyed hundreds of houses on the coast."},
        {"id": "2", "text": "The striker scored twice and the home team won the cup final."},
        {"id": "3", "text": "東京"},
    ]
    result = tag(*(json.dumps(row) for row in rows))
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.output.splitlines()] == [
        {"id": "1", "type": "disaster"},
        {"id": "2", "type": "sport"},
        {"id": "3", "type": None},
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "1"}', "stdin:1: the field 'text' is missing"),
        ('{"text": "The army shelled the town."}', "stdin:1: the field 'id' is missing"),
        ('{"id": "1", "text": 5}', "stdin:1: text: not a string"),
        ('{"id": "1", "text": null}', "stdin:1: text: not a string"),
        ("[1]", "stdin:1:"),
        ("{", "stdin:1: not JSON"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason(line: str, reason: str) -> None:
    result = tag(line)
    assert result.exit_code != 0
    assert reason in result.output
