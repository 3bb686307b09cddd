"""Lists of addresses: one a line; blank lines and lines that begin with # say nothing."""

from __future__ import annotations

from producers.decoding import decode
from producers.items import Link


def read_url_list(data: bytes, origin: str) -> list[Link]:
    """Return the addresses of a list, in order, each once; `sniff` has seen to it that the lines are addresses."""
    lines = {line.strip(): number for number, line in reversed(list(enumerate(decode(data).splitlines(), 1)))}
    return [
        Link(f"{origin}:{number}", line)
        for line, number in sorted(lines.items(), key=lambda entry: entry[1])
        if line and not line.startswith("#")
    ]
