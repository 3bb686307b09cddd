"""Webhooks on a real broker and a real feed, against receivers that fail, hang and lie."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

from schemas.dead_letter import DeadLetter
from schemas.subscription import Subscription
from service.live_feed import LiveFeed
from service.subscriptions import Subscriptions, WebhookOptions
from service.webhook_retry import RetryPlan
from tests.service.live_samples import Reader, Topics, a_window, an_event, running, topics_for
from tests.service.receivers import FAILS, GONE, HANGS, OK, Answer, Delivery, in_order, in_turn, receiver

QUICK = RetryPlan(tries=4, first=0.2, factor=2.0, longest=1.0)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass
class Desk:
    """Topics, a feed over them, and the subscriptions of one process."""

    topics: Topics
    feed: LiveFeed

    def process(self, plan: RetryPlan = QUICK, answer_within: float = 5.0) -> Subscriptions:
        return Subscriptions(
            self.topics.servers,
            topic=self.topics.prefix + "subscriptions",
            dead_letters=self.topics.prefix + "dead-letters",
            group=self.topics.prefix + "webhooks",
            feed=self.feed,
            clock=time.time,
            options=WebhookOptions(LOOPBACK, plan, answer_within),
        )

    async def dead_letters(self) -> list[DeadLetter]:
        consumer = AIOKafkaConsumer(bootstrap_servers=self.topics.servers, auto_offset_reset="earliest")
        await consumer.start()
        try:
            consumer.assign([TopicPartition(self.topics.prefix + "dead-letters", 0)])
            await consumer.seek_to_beginning()
            found = await consumer.getmany(timeout_ms=2000)
            return [DeadLetter.from_json(record.value) for records in found.values() for record in records]
        finally:
            await consumer.stop()


def _more_topics(servers: str, prefix: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=servers)
    try:
        compact = {"cleanup.policy": "compact"}
        admin.create_topics(
            [NewTopic(prefix + "subscriptions", 2, 1, topic_configs=compact), NewTopic(prefix + "dead-letters", 1, 1)]
        )
    finally:
        admin.close()


@asynccontextmanager
async def desk_for(kafka: str, prefix: str) -> AsyncIterator[Desk]:
    async with topics_for(kafka, prefix) as topics:
        await asyncio.to_thread(_more_topics, kafka, prefix)
        async with running(topics.feed()) as feed:
            yield Desk(topics, feed)


@asynccontextmanager
async def started(subscriptions: Subscriptions) -> AsyncIterator[Subscriptions]:
    await subscriptions.start()
    try:
        await until(lambda: subscriptions.problem is None)
        yield subscriptions
    finally:
        await subscriptions.stop()


def state(subscriptions: Subscriptions, subscription_id: str) -> Any:
    found = subscriptions.find(subscription_id)
    assert found is not None
    return found[1]


def progress(subscriptions: Subscriptions, subscription: Subscription, what: str) -> Any:
    """What is noted of a subscription's progress; None before the first note."""
    return getattr(state(subscriptions, subscription.subscription_id).progress, what, None)


async def until(condition: Any, within: float = 20) -> None:
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - what is looked at tells nobody when it changes
            await asyncio.sleep(0.05)


def test_what_passes_the_filters_is_delivered_once_and_in_order(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver() as one, started(desk.process()) as process:
            async with Reader(desk.feed) as reader:
                await desk.topics.put_event(an_event("before", category="politics"))
                await reader.until_count(1)
            mine = await process.create(one.url, {"category": ["politics"], "kind": "event"}, None, None)
            for revision in range(1, 6):
                for name, category in (("a", "politics"), ("b", "sport"), ("c", "politics")):
                    await desk.topics.put_event(an_event(name, revision, category=category))
            window = a_window("2025-06-25", 1, politics=1)
            await desk.topics.put(window.window, window.to_json(), topic=desk.topics.windows)
            await desk.topics.put_event(an_event("b", 6, retracted=True, category="sport"))
            await one.until_accepted(11)
            await asyncio.sleep(0.3)
            assert sorted(one.events) == sorted([(n, r) for n in "ac" for r in range(1, 6)] + [("b", 6)])
            assert in_order(one.events)
            first = one.deliveries[0].message
            assert set(first) == {"type", "timestamp", "data"}
            assert {delivery.message["type"] for delivery in one.deliveries} == {"event", "retraction"}
            assert len({delivery.message_id for delivery in one.deliveries}) == 11
            await until(lambda: progress(process, mine, "delivered") == 11)

    asyncio.run(scenario())


def test_a_message_that_fails_holds_back_its_own_event_only(kafka: str, prefix: str) -> None:
    def answer(delivery: Delivery, failures: list[str] = []) -> Answer:  # noqa: B006 - counts on purpose
        if delivery.event == ("a", 1) and len(failures) < 2:
            failures.append(delivery.message_id)
            return FAILS
        return OK

    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver(answer) as one, started(desk.process()) as process:
            mine = await process.create(one.url, {}, None, None)
            for name, revision in (("a", 1), ("a", 2), ("b", 1), ("a", 3), ("b", 2)):
                await desk.topics.put_event(an_event(name, revision))
            await one.until_accepted(5)
            assert in_order(one.events)
            assert one.events.index(("b", 2)) < one.events.index(("a", 1))
            assert len({d.message_id for d in one.deliveries if d.event == ("a", 1)}) == 1
            assert len([d for d in one.deliveries if d.event == ("a", 1)]) == 3
            await until(lambda: not state(process, mine.subscription_id).waiting)

    asyncio.run(scenario())


def test_what_is_never_taken_becomes_a_dead_letter_and_the_next_goes_on(kafka: str, prefix: str) -> None:
    def answer(delivery: Delivery) -> Answer:
        return FAILS if delivery.event == ("a", 1) else OK

    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver(answer) as one, started(desk.process()) as process:
            mine = await process.create(one.url, {}, None, None)
            await desk.topics.put_event(an_event("a", 1))
            await desk.topics.put_event(an_event("a", 2))
            await one.until_accepted(1)
            assert one.events == [("a", 2)]
            assert len(one.deliveries) == QUICK.tries + 1
            (letter,) = await desk.dead_letters()
            assert letter.stage == "webhook"
            assert letter.error == "NotDelivered"
            assert letter.reason == "answered 500, at the last of 4 attempts"
            assert letter.topic == prefix + "subscriptions"
            await until(lambda: not state(process, mine.subscription_id).waiting)
            await until(lambda: progress(process, mine, "dead_lettered") == 1)
            # Put back on its topic as it is, it is tried anew.
            one.answer = lambda _: OK
            await desk.topics.producer.send_and_wait(
                letter.topic, base64.b64decode(letter.value or ""), key=base64.b64decode(letter.key or ""),
                partition=letter.partition,
            )  # fmt: skip
            await one.until_accepted(2)
            assert one.events == [("a", 2), ("a", 1)]
            await until(lambda: not state(process, mine.subscription_id).waiting)

    asyncio.run(scenario())


def test_a_receiver_that_hangs_delays_no_other_and_holds_one_connection(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with (
            desk_for(kafka, prefix) as desk,
            receiver(lambda _: HANGS) as hanging,
            receiver() as good,
            started(desk.process(answer_within=1.0)) as process,
        ):
            await process.create(hanging.url, {}, None, None)
            await process.create(good.url, {}, None, None)
            await desk.topics.put_many(300)
            await good.until_accepted(300)
            await hanging.until(lambda: len(hanging.deliveries) >= 5)
            assert hanging.most_at_once <= 4
            hanging.most_at_once = 0
            await hanging.until(lambda: len(hanging.deliveries) >= 7)
            assert hanging.most_at_once <= 1

    asyncio.run(scenario())


def test_a_restart_loses_nothing_and_repeats_under_the_same_id_only(kafka: str, prefix: str) -> None:
    def answer(delivery: Delivery) -> Answer:
        return FAILS if delivery.event[0] in ("e1", "e7") else OK

    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver(answer) as one:
            async with started(desk.process(RetryPlan(tries=50, first=0.5, longest=0.5))) as process:
                mine = await process.create(one.url, {}, None, None)
                await desk.topics.put_many(20)
                await one.until(lambda: len({d.event for d in one.deliveries}) == 20)
                await until(lambda: len(state(process, mine.subscription_id).waiting) == 2)
            await desk.topics.put_many(10, start=20)
            one.answer = lambda _: OK
            async with started(desk.process()) as process:
                await one.until(lambda: len(set(one.events)) == 30)
                found = process.find(mine.subscription_id)
                assert found is not None
                assert found[0] == mine
                await until(lambda: not state(process, mine.subscription_id).waiting)
            by_id = {delivery.message_id: delivery.event for delivery in one.accepted}
            assert len(by_id) == 30
            repeated = len(one.accepted) - 30
            assert repeated == 0, "it was stopped, not killed: all was written down"

    asyncio.run(scenario())


def test_two_processes_share_the_subscriptions_and_one_takes_over_from_the_other(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver() as one, started(desk.process()) as first:
            async with started(desk.process()) as second:
                made = [await first.create(f"{one.url}/{n}", {}, None, None) for n in range(8)]
                await until(lambda: len(second.all()) == 8)
                await asyncio.sleep(4)
                await desk.topics.put_many(5)
                await one.until_accepted(40)
                await asyncio.sleep(0.5)
                assert len(one.accepted) == 40
                assert len(first._running) + len(second._running) == 8
                assert second._running
                await second.remove(made[0].subscription_id)
                await until(lambda: len(first.all()) == 7)
            await desk.topics.put_many(5, start=5)
            await one.until_accepted(75)
            await asyncio.sleep(0.5)
            assert len(one.accepted) == 75
            paths = {delivery.path for delivery in one.accepted[40:]}
            assert paths == {f"/hook/{n}" for n in range(1, 8)}

    asyncio.run(scenario())


def test_a_receiver_that_is_gone_gets_no_more(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver(in_turn(OK, GONE, OK)) as one:
            async with started(desk.process()) as process:
                mine = await process.create(one.url, {}, None, None)
                await desk.topics.put_event(an_event("a"))
                await one.until_accepted(1)
                await desk.topics.put_event(an_event("b"))
                await until(
                    lambda: (p := state(process, mine.subscription_id).progress) is not None and p.ended is not None
                )
                await desk.topics.put_event(an_event("c"))
                await asyncio.sleep(1)
            async with started(desk.process()):
                await asyncio.sleep(2)
            assert [delivery.event[0] for delivery in one.deliveries] == ["a", "b"]

    asyncio.run(scenario())


def test_the_earliest_start_delivers_history_first(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with desk_for(kafka, prefix) as desk, receiver() as one, started(desk.process()) as process:
            await desk.topics.put_many(150)
            await process.create(one.url, {}, "", None)
            await one.until_accepted(150)
            await desk.topics.put_many(10, start=150)
            await one.until_accepted(160)
            assert len(set(one.events)) == 160
            assert json.loads(one.deliveries[-1].body)["data"]["revision"] == 1

    asyncio.run(scenario())
