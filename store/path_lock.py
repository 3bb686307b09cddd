"""One process owns the path of an embedded store: a lock file that names its owner."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

from store.errors import StoreError

LOCK_NAME = "dateline.lock"

_guard = threading.Lock()
_held: dict[Path, tuple[int, int]] = {}
"""Per path that this process owns: descriptor of the locked file, and how many clients use it."""


def hold(path: Path) -> None:
    """Take the path for this process, or count one more user of it; `release` undoes one call.

    chDB would refuse a second process too, but with a message that names neither the owner nor the cure.

    Raises:
        StoreError: when another process holds the path, or it cannot be written.
    """
    with _guard:
        descriptor, users = _held.get(path, (-1, 0))
        _held[path] = (descriptor if users else _lock(path), users + 1)


def release(path: Path) -> None:
    """Give the path up when nobody in this process uses it any longer."""
    with _guard:
        descriptor, users = _held.get(path, (-1, 0))
        if users > 1:
            _held[path] = (descriptor, users - 1)
        elif users == 1:
            del _held[path]
            os.close(descriptor)


def _lock(path: Path) -> int:
    try:
        path.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"cannot open the timeline store at {path}: {error.strerror}; "
            "make the folder writable, or set DATELINE_STORE to another path"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise StoreError(
            f"the timeline store at {path} is in use by process {owner}; "
            "stop that process, or set DATELINE_STORE to another path"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return descriptor
