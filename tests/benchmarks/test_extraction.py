"""The benchmark of extraction runs on a file of articles and leaves the product as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import spacy_names
from benchmarks.extraction import main
from benchmarks.stage_clock import STAGES, StageClock
from extraction import mentions
from schemas.article import Article

ARTICLE = {"id": "a", "text": "Two people were killed in Arden on 3 May 2020.", "language": "en"}


def test_it_prints_and_writes_speeds_and_stages(tmp_path: Path) -> None:
    file, out = tmp_path / "articles.jsonl", tmp_path / "out.json"
    file.write_text("\n".join(map(json.dumps, [ARTICLE, {"id": "b", "text": ""}, ARTICLE])), encoding="utf-8")
    result = CliRunner().invoke(main, [str(file), "--repeats", "1", "--no-peers", "--json", str(out)])
    assert result.exit_code == 0, result.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert (figures["articles"], figures["refused"]) == (2, 1)
    assert set(figures["stage_seconds"]) == {*STAGES, "rest"}
    assert figures["programs"]["Dateline"]["characters_per_second"] > 0
    assert figures["memory_mb"] > 0


@pytest.mark.parametrize("content", ["", "not json\n"])
def test_a_file_without_articles_is_an_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(main, [str(file)])
    assert result.exit_code == 1
    assert "article" in result.output


def test_an_interpreter_that_is_none_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(ARTICLE), encoding="utf-8")
    result = CliRunner().invoke(main, [str(file), "--repeats", "1", "--peer-python", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "cannot measure spaCy" in result.output


def test_where_spacy_is_missing_the_program_says_so() -> None:
    run = subprocess.run(
        [sys.executable, "-S", spacy_names.__file__], input='"A text."', capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == {}


def test_the_clock_tells_nested_stages_apart_and_is_taken_off() -> None:
    before = mentions.split
    clock = StageClock()
    with clock.attached():
        assert mentions.split is not before
        mentions.extract(Article(article_id="a", text=str(ARTICLE["text"]), language="en"))
    assert mentions.split is before
    assert all(seconds > 0 for seconds in clock.seconds.values())
