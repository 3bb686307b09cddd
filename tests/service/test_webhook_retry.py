from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.webhook_retry import RetryPlan

PLAN = RetryPlan()


def test_waits_grow_threefold_up_to_half_a_day_and_end() -> None:
    waits = [PLAN.pause(tries, chance=1.0) for tries in range(1, 13)]
    assert waits == [5, 15, 45, 135, 405, 1215, 3645, 10_935, 32_805, 43_200, 43_200, None]


@given(st.integers(1, 11), st.floats(0, 1), st.floats(0, 1e9))
def test_jitter_keeps_at_least_half_and_a_receiver_cannot_ask_for_ever(tries: int, chance: float, asked: float) -> None:
    longest = PLAN.pause(tries, 1.0)
    pause = PLAN.pause(tries, chance, asked)
    assert longest is not None
    assert pause is not None
    assert longest / 2 <= pause <= PLAN.longest
    assert pause >= min(asked, PLAN.longest)


@pytest.mark.parametrize("tries", [1000, 10**6])
def test_many_tries_do_not_overflow(tries: int) -> None:
    assert RetryPlan(tries=10**7).pause(tries, 1.0) == 43_200
