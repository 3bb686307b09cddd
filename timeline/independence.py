"""How many sources are independent: a wire story reprinted ten times is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lexis.stems import stems
from schemas.mention import Mention

COPIED = 0.8
"""Least share of common stems (Jaccard index) at which a sentence is a copy of another."""

REPRINTED = 0.75
"""Least share of common words at which the gists of two articles are of one text."""

SHORT = 6
"""Stems up to which two writers may well choose the same ones: "A quake shook Lima on Monday"."""

_MOST = 200  # different sentences compared with each other; past that, only equal ones count as copies


def independent(mentions: Iterable[Mention]) -> int:
    """Return how many independent sources mentions have."""
    return len(set(one_source(mentions).values()))


def one_source(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return for the article of each mention a name that it shares with those that count as one source with it.

    Articles are of one source when they have the outlet in common, a sentence in nearly the same words, or nearly the
    same gist; and so are all that are connected in this way.
    """
    held = sorted(mentions, key=lambda mention: mention.mention_id)
    articles = {mention.article_id for mention in held}
    if len(articles) < 2:
        return {article: article for article in articles}
    sources = _Sources()
    sentences: dict[frozenset[str], str] = {}
    gists: dict[frozenset[str], str] = {}
    for mention in held:
        article = mention.article_id
        sources.find(article)
        if mention.source:
            sources.join(article, "outlet:" + mention.source)
        words = _words(mention.sentence)
        if len(words) > SHORT:
            sources.join(article, sentences.setdefault(words, article))
        if mention.gist:
            gist = frozenset(mention.gist)
            sources.join(article, gists.setdefault(gist, article))
    _join_alike(sources, list(sentences.items())[:_MOST], COPIED)
    _join_alike(sources, list(gists.items())[:_MOST], REPRINTED)
    return {mention.article_id: sources.find(mention.article_id) for mention in held}


@lru_cache(maxsize=1 << 12)
def _words(sentence: str) -> frozenset[str]:
    """Return the stems of a sentence; an event that many tell of is counted anew with each of them."""
    return frozenset(stems(sentence))


def _join_alike(sources: _Sources, known: Sequence[tuple[frozenset[str], str]], least: float) -> None:
    for position, (words, article) in enumerate(known):
        for others, other in known[:position]:
            small, large = sorted((len(words), len(others)))
            if small >= least * large and len(words & others) >= least * len(words | others):
                sources.join(article, other)


class _Sources:
    """Disjoint sets of articles and outlets."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        parent = self._parent.setdefault(name, name)
        while parent != self._parent[parent]:
            parent = self._parent[parent]
        self._parent[name] = parent
        return parent

    def join(self, some: str, other: str) -> None:
        self._parent[self.find(some)] = self.find(other)
