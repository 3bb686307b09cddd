"""Looking at the first bytes of a stream that cannot go back."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from producers.sniff import HEAD_BYTES

_CHUNK = 1 << 18
"""Bytes that are taken from a stream at once: a decompressor given more room makes copies of all of it."""


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first bytes, as many as come without waiting for more than a line, and the stream from its start."""
    head = b""
    read = getattr(stream, "read1", stream.read)
    while len(head) < HEAD_BYTES and (b"\n" not in head or len(head) < 512):
        part = read(HEAD_BYTES - len(head))
        if not part:
            break
        head += part
    return head, cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream), 1 << 18))


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._read = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            part: bytes | memoryview = self._head[: len(buffer)]
            self._head = self._head[len(part) :]
        else:
            part = self._read(min(len(buffer), _CHUNK))
        buffer[: len(part)] = part
        return len(part)
