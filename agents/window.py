"""The window agent: events in, timeline windows out."""

from __future__ import annotations

import faust

from agents.app import BATCH, WITHIN_BESIDE, Cluster, Stream, topic_of
from agents.outbox import Clock, Outbox, acknowledge
from agents.state import State
from schemas.event import Event
from schemas.topics import DEAD_LETTERS, EVENTS, WINDOWS
from timeline.windows import Contribution, Windows


def add_window(app: faust.App, cluster: Cluster, clock: Clock) -> None:
    """Add the agent to an application."""
    events = topic_of(app, EVENTS, cluster)
    windows_topic = topic_of(app, WINDOWS, cluster)
    outbox = Outbox("window", topic_of(app, DEAD_LETTERS, cluster), clock)
    state = State(app, "contributions", Contribution, cluster)

    @app.agent(events, name="window", concurrency=1)
    async def fold_events(stream: Stream) -> None:
        windows = Windows()
        async for batch in stream.noack_take(BATCH, within=WITHIN_BESIDE):
            if state.stale:
                windows, state.stale = Windows(state.entries()), False
            counted: list[tuple[Contribution, int]] = []
            for event in batch:
                if event.message.value is None:  # the tombstone after a retraction says nothing new
                    continue
                try:
                    contributions = windows.add(Event.from_json(event.message.value))
                except Exception as error:  # bad input, or a fault of ours that it uncovers
                    await outbox.dead_letter(event, error)
                    continue
                counted.extend((contribution, event.message.partition) for contribution in contributions)
            for bucket, partition in {entry.bucket: partition for entry, partition in counted}.items():
                window = windows.window(bucket)
                await outbox.send(windows_topic, window.window, window, "window", partition)
            await outbox.confirmed()
            for contribution, partition in counted:
                await state.put(outbox, contribution.key, contribution, partition)
            await outbox.confirmed()
            await acknowledge(stream, batch)
