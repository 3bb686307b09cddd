"""Revisions: which messages of the feed say nothing new."""

from __future__ import annotations


class Revisions:
    """The highest revision of each key heard of lately.

    An agent that is killed repeats, once it is back, what it had sent since its last commit: the same revisions, and
    before them some that lie below. Those stand near each other on the topic, so that a bounded memory finds them.

    Args:
        most: keys to remember; those heard of longest ago are forgotten.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._heard: dict[str, int] = {}

    def is_new(self, key: str, revision: int) -> bool:
        """Tell whether a revision is higher than all heard of, and remember it."""
        highest = self._heard.pop(key, -1)
        self._heard[key] = max(highest, revision)
        if len(self._heard) > self._most:
            del self._heard[next(iter(self._heard))]
        return revision > highest

    def forget(self) -> None:
        """Forget everything: the feed has been made anew."""
        self._heard.clear()
