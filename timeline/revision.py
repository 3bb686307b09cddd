"""What follows when an article is published, published again with other words, or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.mention import Mention, MentionRetraction
from schemas.record import Record
from timeline.bucket import mention_key
from timeline.profile import Order, order_of


class Contributed(Record):
    """What one article has contributed: enough to take it back exactly."""

    digest: str
    keys: dict[str, str]
    """mention_id → message key of the mention"""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A message for the mentions topic."""

    key: str
    record: Mention | MentionRetraction


def revise(
    article_id: str, known: Contributed | None, digest: str, mentions: Sequence[Mention]
) -> tuple[Contributed, list[Keyed]]:
    """Return what the article contributes now, and the messages that make it so.

    All current mentions are sent, even those that stand already: filing a mention twice changes nothing. What an
    earlier revision said and this one does not is retracted, under the key that it was sent with. The mentions of a
    sentence go out with the one first whose trigger says most: the others follow it (`timeline.corroborate`).

    Args:
        article_id: the article.
        known: what it contributed before, None when it is new.
        digest: of the article's content and the extractor; told apart by the caller before extracting again.
        mentions: what it says now; none when it is withdrawn.
    """
    keys = {mention.mention_id: mention_key(mention.when, article_id) for mention in mentions}
    gone = [
        Keyed(key, MentionRetraction(mention_id=mention_id, article_id=article_id))
        for mention_id, key in (known.keys.items() if known else ())
        if keys.get(mention_id) != key
    ]
    said = [Keyed(keys[mention.mention_id], mention) for mention in sorted(mentions, key=_foremost)]
    return Contributed(digest=digest, keys=keys), gone + said


def _foremost(mention: Mention) -> tuple[int, Order]:
    return mention.sentence_start, order_of(mention)
