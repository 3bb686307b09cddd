"""What a feed says, whichever format it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field

from producers.fragment import plain_text
from schemas.civil import Moment


class NotAFeed(ValueError):
    """A document that is no feed, or one that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed.

    Attributes:
        key: what identifies the entry within its feed: its id, else its link, else its words.
        url: absolute address of the article's page, or None.
        title: plain text, or None.
        text: plain text of the fullest content that the feed has; may be empty.
        published: when it was published first, None where the feed says none or nothing that can be read.
        updated: when it was changed last, kept apart from `published`.
        language: BCP 47 tag of the entry, else of the feed, or None.
    """

    key: str
    url: str | None
    title: str | None
    text: str
    published: Moment | None = None
    updated: Moment | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed document.

    Attributes:
        title: plain text, or None.
        link: absolute address of the site's page, or None.
        ttl: seconds that the feed asks to be left alone (RSS `ttl`, `sy:updatePeriod`), or None.
        items: its entries, in the feed's order.
        parser: what read it: `lxml`, `json` or `feedparser`.
    """

    title: str | None
    link: str | None
    items: tuple[FeedItem, ...]
    parser: str
    language: str | None = None
    ttl: int | None = None


@dataclass(slots=True)
class Draft:
    """An entry while its elements are read."""

    base: str = ""
    id: str | None = None
    link: str | None = None
    original_link: str | None = None
    title: str | None = None
    contents: dict[str, str] = field(default_factory=dict)
    published: Moment | None = None
    updated: Moment | None = None
    language: str | None = None

    def item(self, language: str | None) -> FeedItem:
        """Return the entry; its text is the content, else the summary that was found first in the order of worth."""
        text = next((found for kind in ("content", "full", "description", "summary")
                     if (found := self.contents.get(kind))), "")  # fmt: skip
        url = self.original_link or self.link
        key = self.id or url or " ".join((self.title or "", text))
        return FeedItem(key, url, self.title, text, self.published, self.updated, self.language or language)


def words(markup: str | None) -> str | None:
    """Return the plain text of a title or a name on one line, None for an empty one."""
    return " ".join(plain_text(markup or "").split()) or None
