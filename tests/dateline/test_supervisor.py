from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from dateline.process import end, spawn
from dateline.supervisor import Member, Supervisor

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def watch_until(supervisor: Supervisor, condition: object, within: float = 10.0) -> None:
    assert callable(condition)
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        supervisor.watch()
        time.sleep(0.05)


def test_a_killed_member_comes_back_and_the_log_tells_of_both(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    member = supervisor.start(Member("one", SLEEP))
    try:
        watch_until(supervisor, lambda: supervisor.log_file(member).read_text().count("up") == 1)
        first = member.pid
        assert member.process is not None
        member.process.kill()
        watch_until(supervisor, lambda: member.pid not in (None, first))
        assert member.restarts == 1
        watch_until(supervisor, lambda: supervisor.log_file(member).read_text().count("up") == 2)
    finally:
        supervisor.stop()


def test_a_member_that_keeps_ending_is_started_ever_more_slowly(tmp_path: Path) -> None:
    clock = [0.0]
    supervisor = Supervisor(tmp_path, clock=lambda: clock[0])
    member = supervisor.start(Member("ends", [sys.executable, "-c", "raise SystemExit(3)"]))
    pauses = []
    for _ in range(4):
        assert member.process is not None
        member.process.wait(timeout=10)
        supervisor.watch()
        assert member.resume_at is not None
        pauses.append(member.resume_at - clock[0])
        clock[0] = member.resume_at
        supervisor.watch()
    supervisor.stop()
    assert pauses == [0.5, 1.0, 2.0, 4.0]


def test_stop_leaves_nobody_even_one_that_ignores_sigterm(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    members = [supervisor.start(Member("kind", SLEEP)), supervisor.start(Member("stubborn", STUBBORN))]
    watch_until(supervisor, lambda: all("up" in supervisor.log_file(member).read_text() for member in members))
    supervisor.stop()
    statuses = [member.process.poll() for member in members if member.process is not None]
    assert statuses == [-signal.SIGTERM, -signal.SIGKILL]


def test_only_the_role_in_question_is_restarted(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    stalled = supervisor.start(Member("a", SLEEP, role="extract"))
    other = supervisor.start(Member("b", SLEEP, role="timeline"))
    try:
        before = stalled.pid, other.pid
        supervisor.restart_role("extract", "no progress")
        watch_until(supervisor, lambda: stalled.pid not in (None, before[0]))
        assert other.pid == before[1]
    finally:
        supervisor.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from dateline.process import spawn;"
        f"child = spawn([sys.executable, '-c', 'import time; time.sleep(60)'], log=Path({str(tmp_path / 'log')!r}));"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = spawn([sys.executable, "-c", script], log=tmp_path / "pid")
    deadline = time.monotonic() + 10
    while not (tmp_path / "pid").read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    child = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}")
    assert child.exists()
    parent.kill()
    parent.wait()
    while child.exists() and "Z" not in (child / "stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert end(parent, patience=1) == -signal.SIGKILL
