from __future__ import annotations

import pytest
from click.testing import CliRunner

from dateline.verbs.replay import command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "one of the three"),
        (["1-1", "--all"], "one of the three"),
        (["1-1", "--articles", "--since", "2026"], "--since"),
        (["--articles"], "--articles needs --since"),
        (["--articles", "--since", "2026-01-01", "--stage", "extract"], "no --stage"),
        (["--all", "--until", "2026-01-01"], "--until goes with --articles"),
        (["--all", "--since", "yesterday"], "no ISO 8601 date"),
    ],
)
def test_replay_wants_to_know_exactly_what(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert words in result.output
