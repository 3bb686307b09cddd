"""Dead letters are listed, shown and put back; so are articles."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from tests.end_to_end.conftest import Running


def put(running: Running, key: str, value: bytes) -> int:
    producer = KafkaProducer(bootstrap_servers=running.instance.kafka)
    offset: int = producer.send("dateline.articles", key=key.encode(), value=value, partition=1).get(timeout=10).offset
    producer.close()
    return offset


def end_of(running: Running, topic: str, partition: int) -> int:
    consumer = KafkaConsumer(bootstrap_servers=running.instance.kafka)
    try:
        end: int = next(iter(consumer.end_offsets([TopicPartition(topic, partition)]).values()))
        return end
    finally:
        consumer.close()


def listed(running: Running, *arguments: str) -> list[dict[str, Any]]:
    letters: list[dict[str, Any]] = json.loads(running.dateline("dead-letters", "--json", *arguments).stdout)
    return letters


def of(running: Running, offset: int, stage: str = "extract") -> dict[str, Any]:
    running.wait_quiet()
    letters = listed(running, "--stage", stage, "--topic", "articles", "--limit", "1000")
    return next(one for one in letters if (one["partition"], one["offset"]) == (1, offset))


def test_dead_letters_are_listed_and_shown(running: Running) -> None:
    offset = put(running, "dl-shown", b'{"article_id": "dl-shown", "text": "\xff"}')
    letter = of(running, offset)
    table = running.dateline("dead-letters", "--limit", "1000").stdout.decode()
    assert letter["id"] in table
    shown = running.dateline("dead-letters", letter["id"]).stdout.decode()
    assert "refused by extract" in shown
    assert "key: dl-shown" in shown
    assert r'"text": "\xff"' in shown
    assert listed(running, "--since", "2999-01-01") == []
    refused = running.dateline("dead-letters", "0-99999999", check=False)
    assert refused.returncode == 1
    assert "no such dead letter: 0-99999999" in refused.stderr.decode()


def test_a_dead_letter_is_put_back_on_its_partition_and_refused_again_for_the_same_reason(running: Running) -> None:
    offset = put(running, "dl-back", b'{"article_id": "dl-back"}')
    letter = of(running, offset)
    end = end_of(running, "dateline.articles", 1)
    assert "would" not in running.dateline("replay", letter["id"], "--dry-run").stderr.decode()
    assert end_of(running, "dateline.articles", 1) == end
    done = json.loads(running.dateline("replay", letter["id"], "--json").stdout)
    assert done == {"sent": 1, "passed_over": []}
    again = of(running, end)
    assert (again["key"], again["value"], again["reason"]) == (letter["key"], letter["value"], letter["reason"])


@pytest.mark.long
def test_what_a_later_message_has_superseded_is_passed_over(running: Running) -> None:
    offset = put(running, "dl-old", b'{"article_id": "dl-old"}')
    letter = of(running, offset)
    put(running, "dl-old", json.dumps({"article_id": "dl-old", "text": "A quiet day in Orvale."}).encode())
    end = end_of(running, "dateline.articles", 1)
    done = running.dateline("replay", letter["id"], check=False)
    assert done.returncode == 1
    assert "later message of the same key" in done.stderr.decode()
    assert end_of(running, "dateline.articles", 1) == end


@pytest.mark.long
def test_articles_of_a_stretch_of_time_are_put_back_and_change_nothing(running: Running) -> None:
    text = "A flood in Orvale killed three people on 3 May 2019."
    row = {"text": text, "published_at": "2019-05-10", "language": "en"}
    running.push({"id": "replay-one", **row}, {"id": "replay-two", **row, "text": "Snow fell in Orvale on 9 May 2019."})
    running.push({"id": "replay-one", **row, "text": text.replace("three", "four")})
    running.wait_quiet()
    before = running.events(**{"from": "2019-05-03", "to": "2019-05-10"})
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600))
    told = running.dateline("replay", "--articles", "--since", now, "--dry-run").stderr.decode().split("\n")
    assert told.count("replay-one") == 1
    assert told.count("replay-two") == 1
    past = running.dateline("replay", "--articles", "--since", "2020-01-01", "--until", "2020-01-02", "--json").stdout
    assert json.loads(past) == {"sent": 0, "passed_over": []}
    assert json.loads(running.dateline("replay", "--articles", "--since", now, "--json").stdout)["sent"] >= 2
    running.wait_quiet()
    assert running.events(**{"from": "2019-05-03", "to": "2019-05-10"}) == before
