"""What an article tells about days: which it names, in what words. Read by extraction, weighed by the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class NamedDay(NamedTuple):
    """One sentence that names a day.

    Attributes:
        day: day number (`schemas.civil`).
        sentence_start: code-point offset of the sentence in the article's text.
        sentence_end: offset behind it.
        names: the capitalised words of the sentence and of the one before it, but those of expressions of time.
        milestones: how many different words of decisive events the sentence has (killed, elected, verdict).
        digest: 64 bits of a hash of its words: equal where two articles have the same sentence.
    """

    day: int
    sentence_start: int
    sentence_end: int
    names: frozenset[str]
    milestones: int
    digest: int


class DatedArticle(NamedTuple):
    """What an article contributes to the choice of dates.

    Attributes:
        article_id: its identity.
        published: day number of its publication, where known.
        names: how often it has each capitalised word outside expressions of time.
        plain: how often it has each word in lower case, by which a name is told from a word that began a sentence.
        days: its sentences that name a day, in the order of the text.
    """

    article_id: str
    published: int | None
    names: Mapping[str, int]
    plain: Mapping[str, int]
    days: tuple[NamedDay, ...]
