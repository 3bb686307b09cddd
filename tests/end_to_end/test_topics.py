"""What stands on the topics is what subscribers are promised: keys, headers, schemas, tombstones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dateline.topic_reader import read_topic
from schemas.export import FOLDER
from tests.end_to_end.conftest import Running

RELEASED = FOLDER.parent / "released" / "1"
KINDS = {"articles": "article", "mentions": "mention", "events": "event", "windows": "window"}
KEY = {"article": "article_id", "event": "event_id", "window": "window"}


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((RELEASED / f"{kind}.schema.json").read_text(encoding="utf-8")))


def records(running: Running, topic: str) -> list[Any]:
    return list(read_topic(running.instance.kafka, f"dateline.{topic}"))


@pytest.fixture(scope="module")
def told(running: Running) -> Running:
    """An instance that was told something, and that it was wrong."""
    text = "An earthquake in Kelmora killed nine people on 2 April 2016. Schools will reopen on 11 April 2016."
    row = {"id": "topics-quake", "published_at": "2016-04-03", "language": "en"}
    running.push({**row, "text": text})
    running.wait_quiet()
    running.push({**row, "text": "Schools in Kelmora will reopen on 11 April 2016."})
    running.wait_quiet()
    return running


@pytest.mark.parametrize("topic", KINDS)
def test_messages_have_the_headers_and_the_shape_that_was_released(told: Running, topic: str) -> None:
    kind = KINDS[topic]
    found = records(told, topic)
    assert any(b"Kelmora" in record.value for record in found if record.value) or topic == "windows"
    for record in found:
        headers = {name: value.decode() for name, value in record.headers}
        if headers.get("ce_source") in (None, "/dateline/replay"):  # put there by other tests, wrong on purpose
            continue
        assert headers["ce_specversion"] == "1.0"
        assert headers["ce_type"] == f"dateline.{kind}.v1"
        assert headers["ce_source"].startswith("/dateline/")
        assert headers["content-type"] == "application/json"
        if record.value is None:
            continue
        message = json.loads(record.value)
        retraction = kind == "mention" and message.get("retracted")
        validator("mention-retraction" if retraction else kind).validate(message)
        if kind in KEY:
            assert record.key.decode() == headers["ce_id"] == message[KEY[kind]]


def test_a_retraction_is_a_last_revision_and_then_a_tombstone_on_the_same_partition(told: Running) -> None:
    by_key: dict[bytes, list[Any]] = {}
    for record in records(told, "events"):
        by_key.setdefault(record.key, []).append(record)
    quake = next(found for found in by_key.values() if any(b"earthquake in Kelmora" in (r.value or b"") for r in found))
    assert len({record.partition for record in quake}) == 1
    *_, retraction, tombstone = quake
    assert json.loads(retraction.value)["retracted"]
    assert tombstone.value is None
    revisions = [json.loads(record.value)["revision"] for record in quake[:-1]]
    assert revisions == sorted(set(revisions))
