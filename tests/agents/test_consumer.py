"""What Faust has fetched and dropped comes again: a real broker, and workers that drop messages on purpose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kafka import KafkaProducer, TopicPartition

from dateline.broker import admin, create_topics, group_lag
from schemas.topics import MENTIONS

MESSAGES = 5

WORKER = """
import os, sys
from pathlib import Path
from agents.app import Cluster, create_app, topic_of
from agents.worker import run
from schemas.topics import MENTIONS

bootstrap, prefix, folder, last = sys.argv[1:]
cluster = Cluster(bootstrap, prefix, 1, 1, Path(folder))
app = create_app("reader", cluster)
seen = []
"""

INTERRUPTED = """
@app.agent(topic_of(app, MENTIONS, cluster), concurrency=1)
async def read(stream):
    async for event in stream.noack().events():
        seen.append(event.message.offset)
        if len(seen) == 1:
            await app.consumer.perform_seek()  # what Faust does after an interruption
        if seen.count(int(last)) == 2:
            Path(folder, "seen").write_text(" ".join(map(str, seen)))
            os._exit(0)

run(app)
"""

DROPPING = """
@app.agent(topic_of(app, MENTIONS, cluster), concurrency=1)
async def read(stream):
    async for event in stream.noack().events():
        if event.message.offset != 2:
            await stream.ack(event)
            await app.consumer.commit()
        if event.message.offset == int(last):
            os._exit(0)

run(app)
"""


def work(agent: str, kafka: str, prefix: str, folder: Path) -> None:
    """Put messages on a topic, and run a worker with an agent until it ends."""
    create_topics(kafka, prefix, partitions=1, replication=1)
    producer = KafkaProducer(bootstrap_servers=kafka)
    for number in range(MESSAGES):
        producer.send(MENTIONS.full_name(prefix), str(number).encode())
    producer.close()
    command = [sys.executable, "-c", WORKER + agent, kafka, prefix, str(folder), str(MESSAGES - 1)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_an_interruption_before_the_first_commit_brings_the_first_messages_again(
    kafka: str, prefix: str, tmp_path: Path
) -> None:
    work(INTERRUPTED, kafka, prefix, tmp_path)
    seen = [int(offset) for offset in (tmp_path / "seen").read_text().split()]
    assert seen.count(0) == 2
    assert seen[-MESSAGES:] == list(range(MESSAGES))


def test_nothing_is_committed_past_a_single_message_that_was_dropped(kafka: str, prefix: str, tmp_path: Path) -> None:
    work(DROPPING, kafka, prefix, tmp_path)
    topic = MENTIONS.full_name(prefix)
    with admin(kafka) as client:
        lag = group_lag(client, f"{prefix}reader", [topic])
    assert lag[TopicPartition(topic, 0)] == (2, MESSAGES)
