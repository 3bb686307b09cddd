"""What Faust has fetched and dropped comes again: a real broker, and workers that drop messages on purpose."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from kafka import KafkaProducer, TopicPartition

from dateline.broker import admin, create_topics, group_lag
from schemas.topics import EVENTS, MENTIONS

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


LATE = """
from schemas.topics import EVENTS

@app.agent(topic_of(app, MENTIONS, cluster), concurrency=1)
async def read(stream):
    async for event in stream.noack().events():
        pass

@app.agent(topic_of(app, EVENTS, cluster), concurrency=1)
async def read_late(stream):
    async for event in stream.noack().events():
        os._exit(0)

run(app)
"""


def test_a_worker_joins_once_all_its_topics_are_known(kafka: str, prefix: str, tmp_path: Path) -> None:
    late = EVENTS.full_name(prefix)
    create_topics(kafka, prefix, partitions=1, replication=1)
    with admin(kafka) as client:
        client.delete_topics([late])
    command = [sys.executable, "-c", WORKER + LATE, kafka, prefix, str(tmp_path), "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
        try:
            with admin(kafka) as client:
                deadline = time.monotonic() + 60
                while late in client.list_topics():
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
            time.sleep(4)  # the worker is up, and would have joined
            assert create_topics(kafka, prefix, partitions=1, replication=1) == [late]
            producer = KafkaProducer(bootstrap_servers=kafka)
            producer.send(late, b"an event", key=b"e").get(timeout=10)
            producer.close()
            assert worker.wait(timeout=25) == 0  # long before a minute, after which Faust looks again
        finally:
            worker.kill()
