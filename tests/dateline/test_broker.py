from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from dateline.broker import BrokerUnavailable, admin, create_topics, describe_topics
from dateline.settings import Settings
from deploy.kafka.broker import KafkaError, prepare
from schemas.topics import TOPICS


def test_topics_are_created_once_with_the_asked_partitions(kafka: str, prefix: str) -> None:
    created = create_topics(kafka, prefix, partitions=3, replication=1)
    assert created == [topic.full_name(prefix) for topic in TOPICS]
    assert create_topics(kafka, prefix, partitions=3, replication=1) == []
    assert {(state.partitions, state.messages) for state in describe_topics(kafka, prefix)} == {(3, 0)}


def test_topics_are_kept_as_they_are_described(kafka: str, prefix: str) -> None:
    create_topics(kafka, prefix, partitions=1, replication=1)
    with admin(kafka) as client:
        for topic in TOPICS:
            name = topic.full_name(prefix)
            told = client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)])["topic"][name]
            assert topic.config.items() <= {key: setting["value"] for key, setting in told.items()}.items()


def test_a_missing_broker_is_named_with_the_cure() -> None:
    with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:1 .*dateline up"), admin("127.0.0.1:1", timeout=1):
        pass


def test_any_cluster_id_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(bytes=b"\xf8" + bytes(15)))  # in base64: -AAA…
    data = tmp_path / "kafka" / "data"
    prepare(tmp_path / "kafka", Settings().kafka_libs)
    assert "cluster.id=-" in (data / "meta.properties").read_text()


def test_missing_jars_are_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(KafkaError, match="make setup"):
        prepare(tmp_path / "kafka", libs=tmp_path)
