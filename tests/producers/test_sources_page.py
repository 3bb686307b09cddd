"""Every example of docs/sources.md is run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.command import dateline
from tests.producers.conftest import Site

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
COUNTS = {
    "JSONL": [2, 1], "Text": [1], "HTML pages": [1], "CSV": [1], "Directories": [9], "Standard input": [2],
    "Feeds": [1, 1, 1], "OPML": [1], "Sitemaps": [1], "Lists of addresses": [2], "Web archives": [1],
}  # fmt: skip
"""Articles that the commands of each section give, in their order; what needs Kafka is run in test_on_kafka."""


def files(site: str) -> dict[str, str]:
    found = {}
    for name, block in re.findall(r"`(\w+\.\w+)`:\n\n((?:    .*\n|\n(?=    ))+)", PAGE.read_text(encoding="utf-8")):
        lines = [line.removeprefix("    ") for line in block.splitlines()]
        found[name] = "\n".join(lines).replace("https://www.example.org", site) + "\n"
    return found


@pytest.mark.parametrize("section", COUNTS)
def test_the_examples_give_articles(section: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = files(site.url)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("producers.sources.PAUSE_SECONDS", 0.0)
    for name, content in examples.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    if section == "Directories":
        (tmp_path / "stories.jsonl").unlink()  # no article without the mapping that its own section gives
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r")
    site.pages |= {"/feed.xml": examples["feed.xml"].encode(), "/rows.jsonl": b'{"text": "The bridge opened."}\n'}
    linked = f"<rss><channel><item><title>F</title><link>{site.url}/page</link></item></channel></rss>"
    site.pages |= {"/linked.xml": linked.encode(), "/page": examples["page.html"].encode()}
    commands = [line for line in re.findall(r"^    (.*dateline push .*)$", SECTIONS[section], re.MULTILINE)
                if "--watch" not in line]  # fmt: skip
    assert len(commands) == len(COUNTS[section])
    for command, count in zip(commands, COUNTS[section], strict=True):
        piped, _, rest = command.rpartition("dateline push ")
        stdin = (tmp_path / shlex.split(piped)[1]).read_bytes() if piped else b""
        words = shlex.split(rest.replace("https://www.example.org", site.url))
        result = CliRunner().invoke(dateline, ["push", "--dry-run", "--allow-private", *words], input=stdin)
        assert result.exit_code == 0, result.output
        articles = [json.loads(line) for line in result.stdout.splitlines()]
        assert len(articles) == count, result.output
        assert all(article["text"] for article in articles)


def test_named_feeds_are_added_listed_and_paused(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    (tmp_path / "subscriptions.opml").write_text(files("https://news.example")["subscriptions.opml"], encoding="utf-8")
    commands = re.findall(r"^    dateline (sources .*)$", SECTIONS["Named feeds"], re.MULTILINE)
    assert len(commands) == 5
    for command in commands[:-1]:  # `run` needs Kafka
        result = CliRunner().invoke(dateline, shlex.split(command))
        assert result.exit_code == 0, result.output
    listed = json.loads(CliRunner().invoke(dateline, ["sources", "list", "--json"]).stdout)
    assert [(source["name"], source["paused"], source["every"]) for source in listed] == [
        ("Example", False, 900.0),
        ("example", True, 900.0),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["add", "a", "ftp://p.example/"], "no address of a feed"),
        (["add", "a"], "give a name and an address"),
        (["add", "a", "https://p.example/", "--every", "10s"], "too often"),
        (["add", "a", "https://p.example/", "--every", "often"], "no duration"),
        (["add", "a", "https://p.example/", "--country", "Britain"], "no country code"),
        (["pause", "nothing"], "no source named nothing"),
        (["remove", "nothing"], "no source named nothing"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    result = CliRunner().invoke(dateline, ["sources", *words])
    assert result.exit_code != 0
    assert reason in result.output


def test_what_is_refused_is_kept_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(
        '{"text": "a"}\n{"title": "b"}\nnot json\n{"text": "c", "published_at": "0000-00-00"}\n'
    )
    refused = tmp_path / "refused.jsonl"
    result = CliRunner().invoke(
        dateline, ["push", "--dry-run", str(tmp_path / "rows.jsonl"), "--rejects", str(refused)]
    )
    assert result.exit_code == 1
    assert "1 sent, 0 skipped, 3 rejected, 0 failed" in result.output
    lines = [json.loads(line) for line in refused.read_text(encoding="utf-8").splitlines()]
    assert [(line["origin"].rpartition(":")[2], line["reason"][:12]) for line in lines] == [
        ("2", "text: missin"),
        ("3", "not JSON: Ex"),
        ("4", "published_at"),
    ]
    assert lines[0]["row"] == {"title": "b"}


def test_the_same_again_is_skipped_and_other_words_under_an_id_are_a_revision(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "a"}, {"id": "1", "text": "a"}, {"id": "1", "text": "b"}, {"id": "1", "text": "a"}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = CliRunner().invoke(dateline, ["push", "--dry-run", str(tmp_path / "rows.jsonl")])
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["a", "b", "a"]
    assert "3 sent, 1 skipped" in result.output
    assert "2 with other words under an id" in result.output
