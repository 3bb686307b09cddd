"""The activity agent: reports of articles in, activity windows out.

All reports stand on one partition, so that one worker sees the whole of what is published: a small message an article,
far below what one agent takes (docs/adr/0009).
"""

from __future__ import annotations

import faust

from agents.app import BATCH, WITHIN_BESIDE, Cluster, Stream, topic_of
from agents.outbox import Clock, Outbox, acknowledge
from agents.state import State
from schemas.report import Report
from schemas.topics import DEAD_LETTERS, REPORTS, WINDOWS
from timeline.activity import Activity, Reported


def add_activity(app: faust.App, cluster: Cluster, clock: Clock) -> None:
    """Add the agent to an application."""
    reports = topic_of(app, REPORTS, cluster)
    windows_topic = topic_of(app, WINDOWS, cluster)
    outbox = Outbox("activity", topic_of(app, DEAD_LETTERS, cluster), clock)
    state = State(app, "reported", Reported, cluster)

    @app.agent(reports, name="activity", concurrency=1)
    async def fold_reports(stream: Stream) -> None:
        activity = Activity((), clock())
        async for batch in stream.noack_take(BATCH, within=WITHIN_BESIDE):
            if state.stale:
                activity, state.stale = Activity(state.entries(), clock()), False
            counted: list[tuple[Reported, int]] = []
            for event in batch:
                value, key = event.message.value, (event.message.key or b"").decode("utf-8", "replace")
                try:
                    entries = activity.report(key, None if value is None else Report.from_json(value))
                except Exception as error:  # bad input, or a fault of ours that it uncovers
                    await outbox.dead_letter(event, error)
                    continue
                counted.extend((entry, event.message.partition) for entry in entries)
            for start in sorted({entry.start for entry, _ in counted}.union(activity.completed(clock()))):
                window = activity.window(start)
                await outbox.send(windows_topic, window.window, window, "activity-window")
            await outbox.confirmed()
            for entry, partition in counted:
                await state.put(outbox, entry.key, entry, partition)
            await outbox.confirmed()
            await acknowledge(stream, batch)
