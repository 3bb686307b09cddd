"""Which articles of one push are new."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from schemas.article import Article

_REMEMBERED = 500_000


@dataclass
class SentBefore:
    """Knows the last half million articles of this push, so that the same one again is not sent again."""

    _digests: OrderedDict[int, int] = field(default_factory=OrderedDict)

    def look(self, article: Article, record: bytes) -> str:
        """Return `new`, `same` (as the last under its id) or `changed`; `record` is the article's JSON."""
        key, digest = hash(article.article_id), hash(record)  # 64 bits of SipHash under a key of this process
        before = self._digests.pop(key, None)
        self._digests[key] = digest
        if len(self._digests) > _REMEMBERED:
            self._digests.popitem(last=False)
        return "new" if before is None else "same" if before == digest else "changed"
