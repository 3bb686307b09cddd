from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from service.webhook_lanes import Journal, Slots


@given(st.permutations(list(range(8))), st.sets(st.integers(0, 7)))
def test_the_position_never_passes_what_is_not_settled(order: list[int], comments: set[int]) -> None:
    journal = Journal("start")
    marks = [journal.read(f"p{n}", settled=n in comments) for n in range(8)]
    for number in order:
        marks[number].settled = True
        open_ones = [n for n in range(8) if not marks[n].settled]
        reached = min(open_ones, default=8) - 1
        assert journal.position == (f"p{reached}" if reached >= 0 else "start")


def test_a_receiver_that_fails_is_tried_one_at_a_time_until_it_is_well_again() -> None:
    async def scenario() -> list[int]:
        slots, running, seen = Slots(4), 0, []

        async def attempt(number: int) -> None:
            nonlocal running
            async with slots.one():
                running += 1
                seen.append(running)
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                running -= 1
                slots.well = not 4 <= number < 8

        await asyncio.gather(*(attempt(number) for number in range(16)))
        return seen

    seen = asyncio.run(scenario())
    assert max(seen[:4]) == 4
    assert max(seen) <= 4
    assert 1 in seen[5:10]
