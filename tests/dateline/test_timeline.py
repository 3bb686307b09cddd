"""`dateline timeline` over files of invented articles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline.command import dateline
from schemas.event import Event

# A dam bursts on Tuesday 2 March 2021; an arrest follows, and an anniversary is kept.
FLOOD = [
    ("f1", "2021-03-03", "ORVIK, March 3 (Wire) - The Lervik dam burst on Tuesday and killed nine people in Orvik."),
    ("f2", "2021-03-03", "Orvik is under water. The Lervik dam collapsed on Tuesday, the mayor said on Wednesday."),
    ("f3", "2021-03-05", "Nine people died in Orvik when the Lervik dam burst on Tuesday. Rain is due on Saturday."),
    ("f4", "2021-05-20", "An engineer of the Lervik dam was arrested in Orvik on Wednesday."),
    ("f5", "2021-05-21", "The engineer arrested on Wednesday had warned Orvik of cracks in the Lervik dam."),
    ("f6", "2022-03-02", "Orvik mourned on Wednesday the nine people whom the Lervik flood killed on 2 March 2021."),
    ("f7", None, "The Lervik dam above Orvik burst on 2 March 2021. It rained on Friday."),
]
# A minister is charged on Monday 4 October 2021, and is acquitted on Thursday 13 January 2022.
TRIAL = [
    ("t1", "2021-10-05", "Prosecutors in Tarn charged the minister Paul Moreau with fraud on Monday."),
    ("t2", "2021-10-06", "Paul Moreau was charged on Monday in Tarn. Moreau denies it."),
    ("t3", "2022-01-14", "A court in Tarn acquitted Paul Moreau on Thursday."),
    ("t4", "2022-01-15", "After the verdict of Thursday, Moreau left Tarn for home, where he was elected in 2011."),
]


def lines(*stories: list[tuple[str, str | None, str]]) -> str:
    rows = ({"id": name, "published_at": day, "text": text} for story in stories for name, day, text in story)
    return "".join(json.dumps(row) + "\n" for row in rows)


def run(text: str, *arguments: str) -> Result:
    return CliRunner().invoke(dateline, ["timeline", *arguments], input=text)


def dates(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert list(found) == ["dates"]
    return list(found["dates"])


def test_the_flood_comes_before_its_aftermath_and_its_anniversary() -> None:
    found = dates(run(lines(FLOOD), "--json"))
    assert [one["date"] for one in found[:2]] == ["2021-03-02", "2021-05-19"]
    assert "2021-03-06" in [one["date"] for one in found]
    assert found[0]["score"] == 1.0
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_a_date_has_its_events_and_they_are_records_of_the_timeline() -> None:
    first = dates(run(lines(FLOOD), "--json", "--dates", "1"))[0]
    events = [Event.model_validate(event) for event in first["events"]]
    assert all(event.bucket == "2021-03-02" for event in events)
    assert "dam" in events[0].title


def test_two_unrelated_stories_have_their_dates_beside_each_other() -> None:
    found = [one["date"] for one in dates(run(lines(FLOOD, TRIAL), "--json", "--dates", "5"))]
    assert found[0] == "2021-03-02"
    assert set(found) == {"2021-03-02", "2021-05-19", "2021-10-04", "2022-01-13", "2022-03-02"}


def test_the_order_of_rows_does_not_matter() -> None:
    text = lines(FLOOD, TRIAL)
    turned = "".join(reversed(text.splitlines(keepends=True)))
    assert run(text, "--json").stdout == run(turned, "--json").stdout


def test_an_article_without_a_date_takes_part_with_its_absolute_dates() -> None:
    assert [one["date"] for one in dates(run(lines(FLOOD[-1:]), "--json"))] == ["2021-03-02"]


def test_the_table_is_in_the_order_of_time(tmp_path: Path) -> None:
    file = tmp_path / "flood.jsonl"
    file.write_text(lines(FLOOD))
    result = run("", str(file), "--dates", "3")
    assert result.exit_code == 0
    shown = [line.split()[:2] for line in result.stdout.replace("│", " ").splitlines()]
    rows = [cells for cells in shown if cells and re.fullmatch(r"\d{4}-\d\d-\d\d", cells[0])]
    assert rows[0] == ["2021-03-02", "1"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {row[1] for row in rows} == {"1", "2", "3"}
    assert result.stderr == "3 dates from 7 articles\n"


def test_bad_rows_are_named_and_the_others_are_read() -> None:
    result = run('{"text": 7}\nno row\n' + lines(FLOOD), "--json")
    assert result.exit_code == 1
    assert "rejected stdin:1: text: must be a string" in result.stderr
    assert "rejected stdin:2: not JSON" in result.stderr
    assert json.loads(result.stdout) == json.loads(run(lines(FLOOD), "--json").stdout)


def test_a_repeated_id_is_left_out_and_said() -> None:
    result = run(lines(FLOOD, FLOOD), "--json")
    assert result.exit_code == 0
    assert "7 more had the id of an earlier one and were left out" in result.stderr
    assert result.stdout == run(lines(FLOOD), "--json").stdout


@pytest.mark.parametrize(("arguments", "expected"), [(["--json"], '{"dates": [\n]}\n'), ([], "")])
def test_articles_without_dates_give_no_dates(arguments: list[str], expected: str) -> None:
    result = run('{"text": "Nothing is said of when."}\n', *arguments)
    assert (result.exit_code, result.stdout) == (0, expected)
    assert result.stderr == "0 dates from 1 article\n"


def test_a_missing_file_is_said() -> None:
    result = run("", "missing.jsonl")
    assert result.exit_code == 1
    assert "missing.jsonl is no file" in result.stderr
