"""FilterIndex: finds the readers of a message without asking each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from service.live_filter import FeedFilter, Key, keys_of
from service.live_messages import Message

_Reader = TypeVar("_Reader", bound=Hashable)


class _Group(Generic[_Reader]):
    """All readers of one filter."""

    def __init__(self, wanted: FeedFilter) -> None:
        self.wanted = wanted
        self.readers: dict[_Reader, None] = {}


class FilterIndex(Generic[_Reader]):
    """Readers by what they want: each distinct filter is tried once a message, and only where a key of it is met."""

    def __init__(self) -> None:
        self._groups: dict[FeedFilter, _Group[_Reader]] = {}
        self._by_key: dict[Key, dict[_Group[_Reader], None]] = defaultdict(dict)
        self._unkeyed: dict[_Group[_Reader], None] = {}

    def __iter__(self) -> Iterator[_Reader]:
        return iter([reader for group in self._groups.values() for reader in group.readers])

    def add(self, wanted: FeedFilter, reader: _Reader) -> None:
        """Add a reader."""
        group = self._groups.get(wanted)
        if group is None:
            group = self._groups[wanted] = _Group(wanted)
            for groups in self._places(wanted):
                groups[group] = None
        group.readers[reader] = None

    def discard(self, wanted: FeedFilter, reader: _Reader) -> None:
        """Remove a reader; nothing happens when it is not there."""
        group = self._groups.get(wanted)
        if group is None:
            return
        group.readers.pop(reader, None)
        if not group.readers:
            del self._groups[wanted]
            for groups in self._places(wanted):
                del groups[group]
            for key in wanted.keys:
                if not self._by_key[key]:
                    del self._by_key[key]

    def readers_of(self, message: Message) -> list[_Reader]:
        """Return the readers that want a message."""
        return [
            reader for group in self._candidates(message) if group.wanted.takes(message) for reader in group.readers
        ]

    def _candidates(self, message: Message) -> list[_Group[_Reader]]:
        if not message.is_news:
            return list(self._groups.values())
        found = dict(self._unkeyed)
        if not self._by_key:
            return list(found)
        for key in keys_of(message) & self._by_key.keys():
            found.update(self._by_key[key])
        return list(found)

    def _places(self, wanted: FeedFilter) -> list[dict[_Group[_Reader], None]]:
        return [self._by_key[key] for key in wanted.keys] or [self._unkeyed]
