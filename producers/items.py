"""What sources give: rows, places that could not be read, what was left out, and addresses that lead on."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_DOCUMENT_BYTES = 33_554_432
"""Largest text, page, feed or sitemap that is read as a whole, after decompression."""

MAX_LINE_BYTES = 8_388_608
"""Longest line of a file that is read by lines, after decompression."""


class NoSuchSource(ValueError):
    """A source that is not there, or holds nothing that can be pushed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a source gave, where it stood (`file`, or `file:line`), and what was doubted in it."""

    origin: str
    row: object
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something a source could not read, where it stood, and why."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that nobody asked to be read, such as a picture in a folder of texts, and why it is none."""

    origin: str
    reason: str


Item = Found | Unreadable | Skipped


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a list, feed, OPML or sitemap names, with what it says of the article there.

    Attributes:
        origin: where the address stood.
        url: the address.
        row: fields of the article that are known already; they complete what its page says.
    """

    origin: str
    url: str
    row: dict[str, object] = field(default_factory=dict)
