"""Keep the processes of one machine running: start them, start again what ends, stop them all."""

from __future__ import annotations

import logging
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.logging import RichHandler

from dateline.process import end, spawn

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
STEADY = 60.0
"""Seconds before a process that ended is started again: doubled each time up to the longest, reset by a steady run."""

_PATIENCE = 4.0


def log_to(console: Console) -> None:
    """Print what the supervisor has to say on a console."""
    log.addHandler(RichHandler(console=console, show_path=False))
    log.propagate = False
    # kafka-python reports each attempt to connect; what matters to people is said once, by whoever waits.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class Member:
    """One supervised process.

    Attributes:
        name: unique; also names its log.
        command: argument vector.
        role: what it is one of; `restart_role` acts on all with the same.
        nice: priority given away, 0 to 19.
        env: variables added to its environment.
        restarts: how often it was started again.
    """

    name: str
    command: list[str]
    role: str = ""
    nice: int = 0
    env: dict[str, str] = field(default_factory=dict)
    restarts: int = 0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    resume_at: float | None = None
    pause: float = FIRST_PAUSE

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None


class Supervisor:
    """Starts members in order, watches them, and stops them in the opposite order.

    All calls come from one thread, which must outlive the members: the kernel ends them with it.

    Args:
        logs: folder for one log file per member.
        clock: monotonic seconds.
    """

    def __init__(self, logs: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._logs = logs
        self._clock = clock
        self.members: list[Member] = []

    def start(self, member: Member) -> Member:
        """Start a process and keep it running from now on."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self.members.append(member)
        self._spawn(member)
        return member

    def watch(self) -> None:
        """Note who has ended and start again whose pause is over. Call it a few times a second."""
        now = self._clock()
        for member in self.members:
            if member.resume_at is not None:
                if now >= member.resume_at:
                    member.restarts += 1
                    self._spawn(member)
                continue
            status = member.process.poll() if member.process else None
            if status is not None:
                if now - member.started > STEADY:
                    member.pause = FIRST_PAUSE
                log.warning("%s %s; starting it again in %.1f s", member.name, _ending(status), member.pause)
                member.resume_at = now + member.pause
                member.pause = min(member.pause * 2, LONGEST_PAUSE)

    def restart_role(self, role: str, reason: str) -> None:
        """Kill the members of a role that has stopped making progress; `watch` starts them again."""
        for member in self.members:
            if member.role == role and member.pid is not None and member.process is not None:
                log.error("%s: %s; killing it", member.name, reason)
                member.process.kill()

    def stop(self) -> None:
        """End all members, the last started first; none is left when this returns (within 10 s)."""
        for member in reversed(self.members[1:]):  # all but the first, which the others need to say goodbye
            if member.pid is not None and member.process is not None:
                member.process.send_signal(signal.SIGTERM)
        deadline = self._clock() + _PATIENCE
        for member in reversed(self.members):
            if member.process is not None:
                end(member.process, max(0.1, deadline - self._clock()) if member is not self.members[0] else _PATIENCE)

    def _spawn(self, member: Member) -> None:
        member.process = spawn(member.command, log=self.log_file(member), env=member.env, nice=member.nice)
        member.started = self._clock()
        member.resume_at = None

    def log_file(self, member: Member) -> Path:
        """Return the file that a member's output goes to."""
        return self._logs / f"{member.name}.log"


def _ending(status: int) -> str:
    return f"ended with status {status}" if status >= 0 else f"was ended by {signal.Signals(-status).name}"
