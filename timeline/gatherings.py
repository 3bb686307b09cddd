"""Which events are one: links from a younger event to an older one, each owned by the mention that proves it.

A link holds while its mention is held, so that taking the mention back takes the link back. Links lead from younger to
older only, so there is no cycle; of several links the one to the oldest holds, whatever the order they were read in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from timeline.filed import Filed

Age = tuple[float, str]


class Gatherings:
    """Events and the links between them."""

    def __init__(self, founded: Callable[[str], float]) -> None:
        """Begin with no links.

        Args:
            founded: the second at which an event's founding report was published, infinite where it is not known.
        """
        self._links: dict[str, dict[str, set[str]]] = {}  # younger → older → mentions that prove it
        self._parts: dict[str, set[str]] = defaultdict(set)  # older → younger ones with a link to it
        self._founded = founded

    def put(self, entry: Filed, known: Filed | None) -> None:
        """Take a record in place of the one known before."""
        mention = entry.mention
        if known is not None and known.held:
            for younger, older in known.proves.items():
                self._links[younger][older].discard(mention.mention_id)
        if entry.held:
            for younger, older in entry.proves.items():
                self._links.setdefault(younger, {}).setdefault(older, set()).add(mention.mention_id)
                self._parts[older].add(younger)

    def age(self, event_id: str) -> Age:
        """Return what orders events from the oldest to the youngest: when the founding report was published."""
        return self._founded(event_id), event_id

    def targets(self, event_id: str) -> set[str]:
        """Return the events that one was ever linked to."""
        return set(self._links.get(event_id, ()))

    def parent(self, event_id: str) -> str | None:
        """Return the event that one proved to be, None when it stands for itself."""
        links = self._links.get(event_id)
        if not links:
            return None
        mine = self.age(event_id)
        older = [self.age(target) for target, owners in links.items() if owners and self.age(target) < mine]
        return min(older)[1] if older else None

    def root(self, event_id: str) -> str:
        """Return the event that one stands for in the end."""
        while (older := self.parent(event_id)) is not None:
            event_id = older
        return event_id

    def members(self, event_id: str) -> Iterator[str]:
        """Yield an event and all that proved to be it, directly or through others."""
        yield event_id
        for younger in sorted(self._parts.get(event_id, ())):
            if self.parent(younger) == event_id:
                yield from self.members(younger)

    def forget(self, event_id: str) -> None:
        """Drop what is known of an event and of the links from it."""
        for older in self._links.pop(event_id, {}):
            self._parts.get(older, set()).discard(event_id)
        self._parts.pop(event_id, None)
