"""The host of an address in one spelling, whatever script it is written in."""

from __future__ import annotations

from urllib.parse import SplitResult

import idna


def ascii_host(parts: SplitResult) -> str:
    """Return the host in ASCII and small letters (UTS 46); one that is no name in any script stays as it is."""
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host
