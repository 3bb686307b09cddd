"""How far the agents are: what is committed against what is on Kafka."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from agents.app import group_name
from dateline.broker import BrokerUnavailable, admin, group_lag
from schemas.topics import ARTICLES, DEAD_LETTERS, EVENTS, MENTIONS, REPORTS, WINDOWS, Topic

_LONGEST_PATIENCE = 3600.0

ROLES: dict[str, tuple[Topic, ...]] = {
    "extract": (ARTICLES,),
    "timeline": (MENTIONS, EVENTS, REPORTS),
    "sink": (ARTICLES, MENTIONS, EVENTS, WINDOWS, DEAD_LETTERS),
}
"""Each role is a consumer group; what it reads."""


@dataclass(frozen=True, slots=True)
class RoleProgress:
    """The position of one role.

    Attributes:
        committed: sum of the committed offsets of all its partitions.
        lag: messages on Kafka that are not committed yet.
    """

    committed: int
    lag: int


def progress(client: KafkaAdminClient, prefix: str) -> dict[str, RoleProgress]:
    """Return the position of each role."""
    result = {}
    for role, topics in ROLES.items():
        offsets = group_lag(client, group_name(prefix, role), [topic.full_name(prefix) for topic in topics])
        committed = sum(committed for committed, _ in offsets.values())
        result[role] = RoleProgress(committed, sum(end for _, end in offsets.values()) - committed)
    return result


def wait_quiet(client: KafkaAdminClient, prefix: str, timeout: float, while_waiting: Callable[[], None]) -> int:
    """Wait until every role has committed all that is on Kafka; return the lag that is left when the time is over.

    Args:
        client: administrative connection.
        prefix: of topic names.
        timeout: seconds.
        while_waiting: called a few times a second.
    """
    deadline = time.monotonic() + timeout
    before: dict[str, RoleProgress] = {}
    while True:
        now = progress(client, prefix)
        lag = sum(role.lag for role in now.values())
        # Roles are read one after the other: only two equal readings without lag show that nothing moved in between.
        if (lag == 0 and now == before) or time.monotonic() > deadline:
            return lag
        before = now
        for _ in range(4):
            while_waiting()
            time.sleep(0.1)


@dataclass
class StallWatch:
    """Tells which roles have work but commit nothing: a wedged consumer still answers, so only this shows it.

    A role that stays where it is is named again after twice the time, then twice that, up to an hour: what compaction
    has removed at the end of a topic looks like work, and never will be.

    Args:
        patience: seconds without a commit, while there is lag, that count as a stall.
        clock: monotonic seconds.
    """

    patience: float
    clock: Callable[[], float] = time.monotonic
    _at: dict[str, _Standstill] = field(default_factory=dict)

    def stalled(self, now: dict[str, RoleProgress]) -> list[str]:
        """Return the roles that have stalled since they were last named."""
        found = []
        for role, state in now.items():
            at = self._at.get(role)
            if at is None or state.lag == 0 or state.committed != at.committed:
                self._at[role] = _Standstill(state.committed, self.clock(), self.patience)
            elif self.clock() - at.since > at.patience:
                found.append(role)
                self._at[role] = _Standstill(at.committed, self.clock(), min(at.patience * 2, _LONGEST_PATIENCE))
        return found


@dataclass(frozen=True, slots=True)
class _Standstill:
    committed: int
    since: float
    patience: float


def look(bootstrap: str, prefix: str) -> dict[str, RoleProgress]:
    """Return `progress`, or nothing while Kafka does not answer."""
    try:
        with admin(bootstrap, timeout=3.0) as client:
            return progress(client, prefix)
    except (BrokerUnavailable, KafkaError):
        return {}
