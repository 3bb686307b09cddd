"""Compressed sources, read as a stream: what is read at once is bounded by the reader, never by the file."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from typing import BinaryIO, Literal, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ERRORS: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError)
"""What reading a broken compressed stream raises."""

MAX_LAYERS = 2
"""Compression within compression; more is a bomb."""


def unpacked(stream: BinaryIO, kind: Literal["gzip", "zstd"]) -> BinaryIO:
    """Return the stream that a compressed one holds; several members or frames follow each other."""
    if kind == "gzip":
        return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream, mode="rb"))))
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", zstd.ZstdFile(stream, "r"))))


def why(error: Exception) -> str:
    """Say what is wrong with a compressed stream."""
    if isinstance(error, EOFError):
        return "the compressed data ends too early: the file is cut"
    return f"the compressed data is broken: {error}"
