"""When a delivery that failed is tried again: exponential backoff with jitter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetryPlan:
    """The schedule of attempts. With its defaults the last of 12 attempts comes about a day and a half after the first.

    Attributes:
        tries: attempts after which a message becomes a dead letter.
        first: seconds before the second attempt, at most.
        factor: how much longer each further wait is.
        longest: seconds that no wait exceeds.
    """

    tries: int = 12
    first: float = 5.0
    factor: float = 3.0
    longest: float = 43_200.0

    def pause(self, tries: int, chance: float, asked: float = 0.0) -> float | None:
        """Return the seconds to wait after so many attempts; None when there shall be no further one.

        Half of the wait is fixed and half is left to chance ("equal jitter"), so that receivers that failed together
        are not tried together again.

        Args:
            tries: attempts so far, at least 1.
            chance: between 0 and 1.
            asked: seconds that the receiver asked for (`Retry-After`); never shortens the wait.
        """
        if tries >= self.tries:
            return None
        # The exponent is bounded before the power is taken, lest it overflow.
        wait = min(self.first * self.factor ** min(tries - 1, 64), self.longest)
        return max(wait * (0.5 + 0.5 * chance), min(asked, self.longest))
