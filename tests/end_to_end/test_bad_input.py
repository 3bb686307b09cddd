"""Bad input gets its clear error or dead letter, and the article after it is processed."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from tests.end_to_end.conftest import Running


def article(name: str, **fields: Any) -> dict[str, Any]:
    words = " and ".join(f"{name}{ending}" for ending in ("bridge", "tower", "tunnel", "quay", "station", "market"))
    text = f"The storm of {name} destroyed {words} on 3 May 2019."
    return {"id": f"bad-{name}", "text": text, "published_at": "2019-05-04", "language": "en", **fields}


def assert_on_timeline(running: Running, name: str) -> None:
    running.wait_quiet()
    events = running.events(**{"from": "2019-05-03", "to": "2019-05-04"}, q=name)
    assert [event.when.value for event in events], name


def dead_letters(running: Running) -> list[dict[str, Any]]:
    consumer = KafkaConsumer(bootstrap_servers=running.instance.kafka, consumer_timeout_ms=3000)
    topic = "dateline.dead-letters"
    consumer.assign([TopicPartition(topic, partition) for partition in consumer.partitions_for_topic(topic)])
    consumer.seek_to_beginning()
    try:
        return [json.loads(message.value) for message in consumer]
    finally:
        consumer.close()


NO_ARTICLES = [
    (b"k1", b'{"article_id": "k1", "text": ', "ValidationError", "Invalid JSON"),
    (b"k2", b'{"article_id": "k2"}', "ValidationError", "text: Field required"),
    (b"k3", b'{"article_id": "k3", "text": "\xff\xfe"}', "ValidationError", "Invalid JSON"),
    (
        b"k4",
        b'{"article_id": "k4", "text": "x", "published_at": "30000-01-01"}',
        "ValidationError",
        "published_at: year 30000 is outside -9999 to 9999",
    ),
    (b"k5", b'{"article_id": "other", "text": "x"}', "ValueError", "key 'k5' is not its article_id 'other'"),
    (b"k6", b"", "ValidationError", "Invalid JSON"),
]


def test_messages_that_are_no_articles_become_dead_letters(running: Running) -> None:
    producer = KafkaProducer(bootstrap_servers=running.instance.kafka)

    def put(key: bytes, value: bytes) -> int:
        offset: int = producer.send("dateline.articles", key=key, value=value, partition=0).get(timeout=10).offset
        return offset

    offsets = [put(key, value) for key, value, *_ in NO_ARTICLES]
    good = article("valdoria")
    put(good["id"].encode(), json.dumps({("article_id" if k == "id" else k): v for k, v in good.items()}).encode())
    producer.close()
    assert_on_timeline(running, "valdoria")
    letters = {
        one["offset"]: one for one in dead_letters(running) if one["partition"] == 0 and one["stage"] == "extract"
    }
    for offset, (key, value, error, reason) in zip(offsets, NO_ARTICLES, strict=True):
        letter = letters[offset]
        assert letter["topic"] == "dateline.articles"
        assert letter["error"] == error
        assert reason in letter["reason"]
        assert base64.b64decode(letter["key"]) == key
        assert base64.b64decode(letter["value"]) == value


def test_the_producer_names_what_it_refuses_and_sends_the_rest(running: Running) -> None:
    big = article("bigtown")
    big["text"] += " x" * 1_100_000
    lines = [
        b'{"text": ',
        b'{"title": "no text"}',
        b'{"text": "\xff"}',
        json.dumps(big).encode(),
        json.dumps(article("farfuture", published_at="30000-01-01")).encode(),
        json.dumps(article("goodtown")).encode(),
    ]
    done = running.dateline("push", "-", stdin=b'{"text": "First."}\n' + b"\n".join(lines), check=False)
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "2 sent, 0 skipped, 5 rejected, 0 failed" in told
    assert "rejected stdin:2: not JSON" in told
    assert "rejected stdin:3: text: missing" in told
    assert "rejected stdin:4: not UTF-8: byte 0xff" in told
    assert "rejected stdin:5: the article is 2,2" in told
    assert "DATELINE_MAX_ARTICLE_BYTES" in told
    assert "rejected stdin:6: published_at: year 30000 is outside -9999 to 9999" in told
    assert_on_timeline(running, "goodtown")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b'{"text": ', 400, "JSON"),
        (b'{"title": "no text"}', 422, "text"),
        (b'{"text": "\xff\xfe"}', 400, "UTF-8"),
        (json.dumps(article("farfuture", published_at="30000-01-01")).encode(), 422, "-9999 to 9999"),
        (json.dumps({**article("bigtown"), "text": "x " * 1_100_000}).encode(), 413, "1,048,576"),
    ],
)
def test_http_refuses_it_with_a_reason_and_takes_the_next(
    running: Running, body: bytes, status: int, words: str
) -> None:
    headers = {"content-type": "application/json"}
    refused = httpx.post(f"{running.url}/v1/articles", content=body, headers=headers, timeout=30)
    assert refused.status_code == status
    assert words in refused.json()["error"]["message"]
    taken = httpx.post(f"{running.url}/v1/articles", json=article(f"httptown{status}"), timeout=30)
    assert taken.status_code == 202
    assert taken.json()["accepted"][0]["article_id"] == f"bad-httptown{status}"
    assert_on_timeline(running, f"httptown{status}")
