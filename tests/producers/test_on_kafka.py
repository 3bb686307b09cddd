"""On a real broker: what the publisher promises, topics as sources, watched directories, and the poller's whole way."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from kafka import KafkaProducer

from dateline.broker import create_topics
from dateline.command import dateline
from producers.documents import Reading
from producers.items import Found, Item
from producers.kafka_topic import read_topic
from producers.publisher import Publisher, PublishError
from producers.rows import article_from_row
from producers.watched import WatchedDirectory, watch
from schemas.article import Article
from tests.producers.conftest import Site, on_topic


def article(number: int) -> Article:
    return article_from_row({"id": str(number), "text": f"Report {number}."})


def test_what_is_delivered_is_on_kafka_under_its_key(kafka: str, prefix: str) -> None:
    create_topics(kafka, prefix, partitions=3, replication=1)
    with Publisher(kafka, prefix) as publisher:
        for number in range(500):
            publisher.send(article(number))
        publisher.flush()
        assert (publisher.delivered, publisher.failed, publisher.in_flight) == (500, 0, 0)
    assert on_topic(kafka, publisher.topic) == [(str(number), f"Report {number}.") for number in range(500)]


def test_a_missing_topic_and_a_missing_broker_are_said(kafka: str, prefix: str) -> None:
    with Publisher(kafka, prefix, patience=1.0) as publisher, pytest.raises(PublishError, match="is missing"):
        publisher.send(article(1))
    with pytest.raises(PublishError, match="no Kafka broker answers"):
        Publisher("127.0.0.1:9", prefix, patience=1.0)


def test_an_outage_is_said_and_waited_for_and_nothing_is_lost(broker: tuple[str, int], prefix: str) -> None:
    bootstrap, pid = broker
    create_topics(bootstrap, prefix, partitions=2, replication=1)
    said: list[str] = []
    waiting = threading.Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        waiting.set()

    # the clock runs twenty times as fast, so that the silence is noticed soon
    with Publisher(bootstrap, prefix, None, say, clock=lambda: time.monotonic() * 20) as publisher:
        publisher.send(article(0))
        publisher.flush()
        os.kill(pid, signal.SIGSTOP)
        for number in range(1, 200):
            publisher.send(article(number))
        with pytest.raises(PublishError, match="articles are unconfirmed"):
            publisher.flush(patience=20.0)  # one second
        assert publisher.in_flight == 199
        waker = threading.Thread(target=lambda: (waiting.wait(30), os.kill(pid, signal.SIGCONT)))
        waker.start()
        publisher.flush()
        waker.join()
        assert (publisher.delivered, publisher.failed) == (200, 0)
    assert any("has not answered for" in sentence for sentence in said)
    assert said[-1] == "Kafka answers again"
    assert on_topic(bootstrap, publisher.topic) == [(str(number), f"Report {number}.") for number in range(200)]


def test_a_topic_is_read_on_from_where_all_was_safe(kafka: str, prefix: str) -> None:
    create_topics(kafka, prefix, partitions=2, replication=1)  # any topic will do as a source
    topic = f"{prefix}mentions"
    producer = KafkaProducer(bootstrap_servers=kafka)
    for number in range(5):
        producer.send(topic, json.dumps({"body": f"Report {number}."}).encode(), partition=number % 2)
    producer.send(topic, b"not json", partition=0)
    producer.flush()
    producer.close()

    def read(fail: bool = False) -> list[Item]:
        def safe() -> None:
            if fail:
                raise PublishError("Kafka is away")

        return list(read_topic(f"kafka://{kafka}/{topic}", {"text": "body"}, safe))

    with pytest.raises(PublishError):
        read(fail=True)
    items = read()
    texts = sorted(item.row["text"] for item in items if isinstance(item, Found))  # type: ignore[index, call-overload]
    assert texts == [f"Report {number}." for number in range(5)]
    assert len(items) == 6
    assert read() == []


def test_a_watched_directory_is_read_once_through_restarts(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("One.")

    def looks(count: int, change: dict[int, str]) -> list[str]:
        directory = WatchedDirectory(inbox, tmp_path / "watched.db")
        step = 0

        def sleep(_seconds: float) -> None:
            nonlocal step
            step += 1
            if step in change:
                (inbox / "b.txt").write_text(change[step])
            if step == count:
                raise KeyboardInterrupt

        found = []
        try:
            for item in watch(directory, Reading(), lambda: None, sleep):
                assert isinstance(item, Found)
                assert isinstance(item.row, dict)
                found.append(item.row["text"])
        except KeyboardInterrupt:
            directory.close()
        return found

    assert looks(5, {1: "Hal", 2: "Half written."}) == ["One.", "Half written."]
    assert looks(3, {}) == []
    assert looks(4, {1: "Changed since."}) == ["Changed since."]


def test_push_and_the_poller_put_all_on_kafka(
    kafka: str, prefix: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_topics(kafka, prefix, partitions=2, replication=1)
    monkeypatch.setenv("DATELINE_KAFKA", kafka)
    monkeypatch.setenv("DATELINE_TOPIC_PREFIX", prefix)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    (tmp_path / "rows.jsonl").write_text('{"id": "1", "text": "Report 1."}\n{"id": "2"}\n')
    result = CliRunner().invoke(dateline, ["push", "--json", str(tmp_path / "rows.jsonl")])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "sent": 1, "skipped": 0, "rejected": 1, "failed": 0, "revised": 0, "doubted": 0,
    }  # fmt: skip
    site.pages["/feed"] = b"<rss><channel><item><guid>3</guid><title>Report 3.</title></item></channel></rss>"
    assert CliRunner().invoke(dateline, ["sources", "add", "paper", f"{site.url}/feed"]).exit_code == 0
    for _ in range(2):
        result = CliRunner().invoke(dateline, ["sources", "run", "--once", "--allow-private"])
        assert result.exit_code == 0, result.output
    assert sorted(text for _, text in on_topic(kafka, f"{prefix}articles")) == ["Report 1.", "Report 3."]
    del site.pages["/feed"]
    result = CliRunner().invoke(dateline, ["sources", "run", "--once", "--allow-private"])
    assert (result.exit_code, "HTTP status 404" in result.output) == (1, True)
