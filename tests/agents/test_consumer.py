"""The first messages of a partition, when Faust's flow is interrupted before any offset of it is committed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kafka import KafkaProducer

from dateline.broker import create_topics
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


def test_an_interruption_before_the_first_commit_brings_the_first_messages_again(
    kafka: str, prefix: str, tmp_path: Path
) -> None:
    create_topics(kafka, prefix, partitions=1, replication=1)
    producer = KafkaProducer(bootstrap_servers=kafka)
    for number in range(MESSAGES):
        producer.send(MENTIONS.full_name(prefix), str(number).encode())
    producer.close()
    arguments = [kafka, prefix, str(tmp_path), str(MESSAGES - 1)]
    done = subprocess.run([sys.executable, "-c", WORKER, *arguments], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    seen = [int(offset) for offset in (tmp_path / "seen").read_text().split()]
    assert seen.count(0) == 2
    assert seen[-MESSAGES:] == list(range(MESSAGES))
