"""Precision, recall and F1 of entities by exact span and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extraction.entities.tagger import Entity

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_KINDS = ("PER", "ORG", "LOC")


@dataclass(slots=True)
class Tally:
    """Counts of right, found and wanted entities of each type, over any number of texts."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, gold: Iterable[Entity], guess: Iterable[Entity]) -> None:
        """Count the entities of a text; a leading article belongs to no name."""
        truth = {_bare(text, entity) for entity in gold}
        guesses = {_bare(text, entity) for entity in guess}
        for counter, entities in ((self.right, truth & guesses), (self.found, guesses), (self.wanted, truth)):
            counter.update(entity.type for entity in entities)

    def f1(self, kind: str | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1, over all types or of one."""
        kinds = _KINDS if kind is None else (kind,)
        right, found, wanted = (sum(c[k] for k in kinds) for c in (self.right, self.found, self.wanted))
        return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1)

    def table(self) -> str:
        """Return the figures as lines to print."""
        lines = []
        for kind in (None, *_KINDS):
            precision, recall, f1 = self.f1(kind)
            lines.append(f"{kind or 'all':3}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}\n")
        return "".join(lines)


def _bare(text: str, entity: Entity) -> Entity:
    article = _ARTICLE.match(text, entity.start, entity.end)
    return entity._replace(start=article.end()) if article else entity
