from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.coverage import WEEK, Coverage


def test_a_usual_day_all_week_is_one() -> None:
    assert Coverage((day, 0.5) for day in range(20)).after(5) == pytest.approx(1.0)


def test_only_the_day_and_the_week_after_it_count() -> None:
    coverage = Coverage([(100, 1.0)])
    assert coverage.after(100) == coverage.after(100 - WEEK) == pytest.approx(1 / (WEEK + 1))
    assert coverage.after(101) == coverage.after(100 - WEEK - 1) == 0.0


def test_articles_off_the_subject_count_less() -> None:
    coverage = Coverage([(100, 1.0), (200, 0.1)])
    assert coverage.after(100) > coverage.after(200) > 0.0


@pytest.mark.parametrize("published", [[], [(100, 0.0)]])
def test_nothing_about_the_subject_is_no_coverage(published: list[tuple[int, float]]) -> None:
    assert Coverage(published).after(100) == 0.0


@given(st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 1)), max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(published: list[tuple[int, float]], chance: random.Random) -> None:
    mixed = chance.sample(published, len(published))
    assert [Coverage(mixed).after(day) for day in range(-9, 9)] == [Coverage(published).after(d) for d in range(-9, 9)]
