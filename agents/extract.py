"""The extract agent: articles in, dated mentions out."""

from __future__ import annotations

import faust

from agents.app import BATCH, WITHIN, Cluster, Event, Stream, topic_of
from agents.outbox import Clock, Outbox, acknowledge
from agents.state import State
from extraction.mentions import EXTRACTOR, extract
from schemas.article import Article
from schemas.record import stable_id
from schemas.report import Report
from schemas.topics import ARTICLES, DEAD_LETTERS, MENTIONS, REPORTS
from timeline.activity import report_of
from timeline.revision import Contributed, Keyed, revise

ALL_REPORTS = 0
"""The partition of every report (docs/adr/0009)."""


def add_extract(app: faust.App, cluster: Cluster, clock: Clock) -> None:
    """Add the agent to an application."""
    articles = topic_of(app, ARTICLES, cluster)
    mentions = topic_of(app, MENTIONS, cluster)
    reports = topic_of(app, REPORTS, cluster)
    outbox = Outbox("extract", topic_of(app, DEAD_LETTERS, cluster), clock)
    state = State(app, "contributed", Contributed, cluster)

    @app.agent(articles, name="extract", concurrency=1)
    async def extract_articles(stream: Stream) -> None:
        async for batch in stream.noack_take(BATCH, within=WITHIN):
            changes: dict[str, tuple[Contributed | None, int]] = {}
            for event in batch:
                article_id, known = _known(event, changes, state)
                try:
                    contributed, messages, report = _process(event, article_id, known)
                except (
                    Exception
                ) as error:  # bad input, or a fault of ours that it uncovers: either way not the stream's
                    await outbox.dead_letter(event, error)
                    continue
                for message in messages:
                    await outbox.send(mentions, message.key, message.record, "mention")
                if contributed is not known:
                    changes[article_id] = contributed, event.message.partition
                    if report is not None or known is not None:
                        await outbox.send(reports, article_id, report, "report", ALL_REPORTS)
            await outbox.confirmed()
            for article_id, (contributed, partition) in changes.items():
                await state.put(outbox, article_id, contributed, partition)
            await outbox.confirmed()
            await acknowledge(stream, batch)


def _known(
    event: Event, changes: dict[str, tuple[Contributed | None, int]], state: State[Contributed]
) -> tuple[str, Contributed | None]:
    article_id = (event.message.key or b"").decode("utf-8", "replace")
    return article_id, changes[article_id][0] if article_id in changes else state.get(article_id)


def _process(
    event: Event, article_id: str, known: Contributed | None
) -> tuple[Contributed | None, list[Keyed], Report | None]:
    value: bytes | None = event.message.value
    if value is None:  # a tombstone withdraws the article
        return None, revise(article_id, known, "", ())[1], None
    article = Article.from_json(value)
    if article.article_id != article_id:
        raise ValueError(f"the message's key {article_id!r} is not its article_id {article.article_id!r}")
    digest = stable_id("d", EXTRACTOR, value.decode("utf-8"))
    if known is not None and known.digest == digest:
        return known, [], None
    said = extract(article)
    return *revise(article_id, known, digest, said), report_of(article, said)
