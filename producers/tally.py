"""How the items of one push fared, and which of them are new."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TextIO

from schemas.article import Article

_REMEMBERED = 500_000


@dataclass
class Tally:
    """Counts of one push.

    Attributes:
        sent: articles that all replicas have confirmed (with `--dry-run`: that were printed).
        skipped: what was the same article again, or was no article and not asked for.
        rejected: what was asked for and is no article.
        failed: articles that Kafka did not take or did not confirm.
        revised: among those sent, other words under an id that was sent before.
        doubted: what a source said and was not believed, and dates that it did not state.
    """

    sent: int = 0
    skipped: int = 0
    rejected: int = 0
    failed: int = 0
    revised: int = 0
    doubted: int = 0

    @property
    def complete(self) -> bool:
        """Whether all that was asked is on Kafka."""
        return self.rejected == 0 and self.failed == 0

    def __str__(self) -> str:
        line = f"{self.sent:,} sent, {self.skipped:,} skipped, {self.rejected:,} rejected, {self.failed:,} failed"
        if self.revised:
            line += f"; {self.revised:,} with other words under an id that was sent before"
        return line


@dataclass
class Seen:
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


@dataclass
class Rejects:
    """Keeps what was refused, one JSON object a line: origin, reason and, where it is JSON, the row."""

    file: TextIO

    def add(self, origin: str, reason: str, row: object = None) -> None:
        """Write one line."""
        if isinstance(row, dict):
            row = {name: value for name, value in row.items() if not isinstance(value, bytes)}
        line = {"origin": origin, "reason": reason} | ({} if row is None else {"row": row})
        self.file.write(json.dumps(line, default=str) + "\n")  # ASCII: a row may hold half characters
