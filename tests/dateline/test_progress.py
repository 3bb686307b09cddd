from __future__ import annotations

from dateline.progress import RoleProgress, StallWatch


class Clock:
    """A monotonic clock that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_role_with_work_that_commits_nothing_is_named() -> None:
    clock = Clock()
    watch = StallWatch(60.0, clock)
    stuck = {"extract": RoleProgress(committed=10, lag=5)}
    assert watch.stalled(stuck) == []
    clock.now = 61
    assert watch.stalled(stuck) == ["extract"]


def test_a_role_that_commits_or_has_nothing_to_do_is_left_alone() -> None:
    clock = Clock()
    watch = StallWatch(60.0, clock)
    for minute in range(10):
        clock.now = minute * 61.0
        moving, idle = RoleProgress(committed=minute, lag=5), RoleProgress(committed=7, lag=0)
        assert watch.stalled({"extract": moving, "timeline": idle}) == []


def test_a_role_that_stays_where_it_is_is_named_ever_less_often() -> None:
    clock = Clock()
    watch = StallWatch(60.0, clock)
    named = []
    for second in range(0, 1000, 10):
        clock.now = second
        if watch.stalled({"sink": RoleProgress(committed=10, lag=1)}):
            named.append(second)
    assert named == [70, 200, 450, 940]
