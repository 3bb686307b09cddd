"""The corroborate agent: mentions in, events out."""

from __future__ import annotations

import faust
from pydantic import TypeAdapter

from agents.app import BATCH, WITHIN, Cluster, Stream, topic_of
from agents.outbox import Clock, Outbox, acknowledge
from agents.state import State
from schemas.mention import Mention, MentionRetraction
from schemas.topics import DEAD_LETTERS, EVENTS, MENTIONS
from timeline.corroborate import Corroborator
from timeline.filed import Filed

_MESSAGE: TypeAdapter[Mention | MentionRetraction] = TypeAdapter(Mention | MentionRetraction)


def add_corroborate(app: faust.App, cluster: Cluster, clock: Clock) -> None:
    """Add the agent to an application."""
    mentions = topic_of(app, MENTIONS, cluster)
    events = topic_of(app, EVENTS, cluster)
    outbox = Outbox("corroborate", topic_of(app, DEAD_LETTERS, cluster), clock)
    state = State(app, "filed", Filed, cluster)

    @app.agent(mentions, name="corroborate", concurrency=1)
    async def corroborate_mentions(stream: Stream) -> None:
        corroborator = Corroborator()
        async for batch in stream.noack_take(BATCH, within=WITHIN):
            if state.stale:
                corroborator, state.stale = Corroborator(state.entries()), False
            filed: list[tuple[Filed, int]] = []
            for event in batch:
                try:
                    entry = corroborator.file(_MESSAGE.validate_json(event.message.value or b""))
                except Exception as error:  # bad input, or a fault of ours that it uncovers
                    await outbox.dead_letter(event, error)
                    continue
                if entry is not None:
                    filed.append((entry, event.message.partition))
            # An event stands on the partition of its mentions, which all meet there.
            changed = {event_id: place for entry, place in filed for event_id in corroborator.changed(entry)}
            for event_id, partition in changed.items():
                merged = corroborator.event(event_id)
                await outbox.send(events, event_id, merged, "event", partition)
                if merged.retracted:
                    await outbox.send(events, event_id, None, "event", partition)
            await outbox.confirmed()
            for entry, partition in filed:
                await state.put(outbox, entry.mention.mention_id, entry, partition)
            await outbox.confirmed()
            await acknowledge(stream, batch)
