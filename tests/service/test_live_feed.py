"""The live feed on a real broker: nothing skipped, nothing repeated."""

from __future__ import annotations

import asyncio
import json
import random

import pytest

from schemas.mention import Actor
from service.live_feed import FeedUnavailable, LiveFeed
from service.live_filter import FeedFilter
from service.position import Partition, encode, parse
from store.query import EventQuery
from tests.service.live_samples import PARTITIONS, Reader, a_window, an_event, running, topics_for


def test_a_new_reader_gets_only_what_is_new(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics:
            await topics.put_event(an_event("old"))
            async with running(topics.feed()) as feed, Reader(feed) as reader:
                await topics.put_event(an_event("new"))
                await reader.until_count(1)
                assert reader.ids == ["new"]
                assert [frame.name for frame in reader.messages] == ["event"]

    asyncio.run(scenario())


def test_the_earliest_position_gives_everything_then_follows(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics:
            await topics.put_many(300)
            async with running(topics.feed()) as feed, Reader(feed, since={}) as reader:
                await reader.until_count(300)
                await topics.put_many(30, start=300)
                await reader.until_count(330)
                assert sorted(reader.ids) == sorted(f"e{number}" for number in range(330))

    asyncio.run(scenario())


def test_messages_have_the_name_of_what_they_are(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed, Reader(feed) as reader:
            await topics.put_event(an_event("a"))
            await topics.put_event(an_event("a", 2, retracted=True))
            await topics.put("a", None)
            await topics.put_event(an_event("b", 2, redirect_to="c"))
            await topics.put("d", b"no JSON at all")
            window = a_window("2025-06-25", 1, politics=1)
            await topics.put(window.window, window.to_json(), topic=topics.windows)
            await reader.until_count(4)
            assert sorted(frame.name for frame in reader.messages) == ["event", "redirect", "retraction", "window"]
            position = parse(reader.messages[-1].id)
            await reader.until(lambda: parse(feed._id)[Partition("e", 0)] == 5)
            assert position[Partition("w", 0)] == 1

    asyncio.run(scenario())


def test_filters_hold_back_the_rest_but_never_a_retraction(kafka: str, prefix: str) -> None:
    wanted = FeedFilter("event", EventQuery(category=("politics",), actor=("nato",)))

    async def scenario() -> None:
        async with (
            topics_for(kafka, prefix) as topics,
            running(topics.feed()) as feed,
            Reader(feed, wanted=wanted) as reader,
        ):
            await topics.put_event(an_event("other", category="sport", actors=[Actor(name="NATO")]))
            await topics.put_event(an_event("wanted", category="politics", actors=[Actor(name="NATO")]))
            window = a_window("2025-06-25", 1, politics=1)
            await topics.put(window.window, window.to_json(), topic=topics.windows)
            await topics.put_event(an_event("gone", 2, retracted=True, category="sport"))
            await reader.until_count(2)
            assert reader.ids == ["wanted", "gone"]

    asyncio.run(scenario())


@pytest.mark.parametrize(("queue_size", "kept"), [(40, 8000), (1000, 200)])
def test_random_disconnects_neither_skip_nor_repeat(kafka: str, prefix: str, queue_size: int, kept: int) -> None:
    """The joined pieces of a reader that is cut off at random equal, partition by partition, what was written."""
    count, dice = 10_000, random.Random(queue_size)

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed(queue_size=queue_size, kept=kept)) as feed:
            since = dict(parse(feed._id))
            writing = asyncio.create_task(topics.put_many(count, pause_every=20))
            received: list[int] = []
            cuts = 0
            async with asyncio.timeout(120):
                while len(received) < count:
                    stream = feed.follow(FeedFilter(), since)
                    stop_after = dice.randint(1, 80)
                    async for frame in stream:
                        since = parse(frame.id)
                        if frame.name is not None:
                            received.append(int(json.loads(frame.data or "")["event_id"][1:]))
                            stop_after -= 1
                        if stop_after <= 0 or len(received) >= count:
                            break
                        if dice.random() < 0.02:
                            await asyncio.sleep(0.01)
                    await stream.aclose()
                    cuts += 1
            await writing
            assert cuts > 200
            assert feed.readers == 0
            for partition in range(PARTITIONS):
                mine = [number for number in received if number % PARTITIONS == partition]
                assert mine == list(range(partition, count, PARTITIONS))

    asyncio.run(scenario())


def test_a_slow_reader_is_cut_off_and_resumes_where_it_stood(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed(queue_size=50)) as feed:
            slow = feed.follow(FeedFilter(), None)
            first = await anext(slow)
            second = asyncio.ensure_future(anext(slow))  # it has subscribed, and then does not ask again
            async with Reader(feed) as quick:
                await topics.put_many(400)
                await quick.until_count(400)
                got = [await second, *[frame async for frame in slow]]
            assert [frame.name for frame in got[:-1]] == ["event"] * (len(got) - 1)
            assert 50 <= len(got[:-1]) <= 51
            assert got[-1].name is None
            assert got[-1].comment == f"too slow; resume with Last-Event-ID: {got[-2].id}"
            assert got[-1].id == got[-2].id != first.id
            async with Reader(feed, since=parse(got[-1].id)) as again:
                await again.until_count(400 - len(got[:-1]))
                before = [json.loads(frame.data or "")["event_id"] for frame in got[:-1]]
                assert sorted(before + again.ids) == sorted(f"e{number}" for number in range(400))

    asyncio.run(scenario())


def test_a_reader_who_left_the_memory_behind_is_cut_off_too(kafka: str, prefix: str) -> None:
    """Slow readers hold no messages: what the hub has dropped is gone for them, but not from Kafka."""

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed(kept=30)) as feed:
            slow = feed.follow(FeedFilter(), None)
            await anext(slow)
            second = asyncio.ensure_future(anext(slow))
            async with Reader(feed) as quick:
                await topics.put_many(300)
                await quick.until_count(300)
            assert [frame.name for frame in (await second, await anext(slow))] == ["event", None]
            async with Reader(feed, since=parse((await second).id)) as again:
                await again.until_count(299)
                assert len(set(again.ids)) == 299

    asyncio.run(scenario())


def test_a_reader_that_leaves_while_its_replay_ends_is_gone_at_once(kafka: str, prefix: str) -> None:
    """aiokafka swallows a cancellation that meets it while it stops; the reader would then follow for ever."""

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed(kept=10)) as feed:
            await topics.put_many(60)
            for _ in range(5):
                async with asyncio.timeout(20), Reader(feed, since={}) as reader:
                    await reader.until_count(60)
            assert feed.readers == 0

    asyncio.run(scenario())


def test_no_revision_comes_twice_or_late(kafka: str, prefix: str) -> None:
    """An agent that was killed sends again what it had sent since its last commit."""

    async def scenario(kept: int) -> None:
        async with topics_for(kafka, f"{prefix}{kept}.") as topics:
            sent = [1, 2, 3, 2, 3, 4, 4, 5]
            async with running(topics.feed(kept=kept)) as feed:
                async with Reader(feed) as reader:
                    for revision in sent:
                        await topics.put_event(an_event("a", revision))
                    await topics.put_event(an_event("b"))
                    await reader.until(lambda: "b" in reader.ids)
                    assert [json.loads(frame.data or "")["revision"] for frame in reader.messages] == [1, 2, 3, 4, 5, 1]
                for reached in reader.messages:
                    async with Reader(feed, since=parse(reached.id)) as later:
                        rest = reader.messages[reader.messages.index(reached) + 1 :]
                        await later.until_count(len(rest))
                        assert [frame.data for frame in later.messages] == [frame.data for frame in rest]
            since = parse(reader.messages[2].id)
            async with running(topics.feed(kept=kept)) as restarted, Reader(restarted, since=since) as later:
                await later.until_count(3)
                assert [json.loads(frame.data or "")["revision"] for frame in later.messages] == [4, 5, 1]

    asyncio.run(scenario(kept=1000))
    asyncio.run(scenario(kept=2))


def test_a_feed_can_be_joined_at_a_moment(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics:
            for number, second in enumerate((100, 200, 300)):
                event = an_event(f"e{number}")
                await topics.producer.send_and_wait(
                    topics.events, event.to_json(), key=b"%d" % number, partition=number % 2, timestamp_ms=second * 1000
                )
            async with running(topics.feed()) as feed:
                for second, expected in ((0, ["e0", "e1", "e2"]), (200, ["e1", "e2"]), (201, ["e2"]), (301, [])):
                    async with Reader(feed, since=await feed.position_at(second)) as reader:
                        await reader.until_count(len(expected))
                        assert sorted(reader.ids) == expected

    asyncio.run(scenario())


def test_a_reader_ahead_of_the_hub_gets_nothing_twice(kafka: str, prefix: str) -> None:
    """A client may come from another process whose hub was quicker."""

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed:
            await topics.put_many(30)
            async with Reader(feed, since={}) as reader:
                await reader.until_count(30)
            behind = topics.feed()
            async with running(behind):
                behind._position = dict.fromkeys(behind._position, 0)
                behind._id = encode(behind._position)
                ahead = parse(reader.messages[-1].id)
                async with Reader(behind, since=ahead) as other:
                    await topics.put_event(an_event("next"), partition=1)
                    await other.until_count(1)
                    assert other.ids == ["next"]
                    assert parse(other.messages[-1].id)[Partition("e", 0)] == 10

    asyncio.run(scenario())


def test_a_position_beyond_the_end_gets_a_reset_and_then_follows(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed:
            gone = {Partition(letter, n): 99 for letter in ("e", "w") for n in range(PARTITIONS)}
            async with Reader(feed, since=gone) as reader:
                await topics.put_event(an_event("next"))
                await reader.until_count(2)
                reset, event = reader.messages
                assert (reset.name, event.name) == ("reset", "event")
                assert json.loads(reset.data or "")["position"] == reset.id
                assert set(parse(reset.id).values()) == {0}

    asyncio.run(scenario())


def test_nobody_joins_a_feed_that_never_met_kafka() -> None:
    async def scenario() -> None:
        feed = LiveFeed("127.0.0.1:1", events="e", windows="w")
        await feed.start()
        try:
            assert not await feed.wait_connected(0.5)
            assert feed.problem
            with pytest.raises(FeedUnavailable):
                feed.check_joinable()
        finally:
            await feed.stop()

    asyncio.run(scenario())


def test_stopping_ends_all_streams(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed:
            stream = feed.follow(FeedFilter(), None)
            await anext(stream)
            await feed.stop()
            rest = [frame async for frame in stream]
            assert (rest[0].comment or "").startswith("the service is stopping")

    asyncio.run(scenario())


def test_a_quiet_feed_shows_signs_of_life_that_move_the_position(kafka: str, prefix: str) -> None:
    async def scenario() -> None:
        async with (
            topics_for(kafka, prefix) as topics,
            running(topics.feed(heartbeat=0.2)) as feed,
            Reader(feed, wanted=FeedFilter(kind="window")) as reader,
        ):
            await topics.put_event(an_event("unwanted"))
            await reader.until(lambda: parse(reader.frames[-1].id)[Partition("e", 0)] == 1)
            assert not reader.messages

    asyncio.run(scenario())
