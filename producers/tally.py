"""How the items of one push fared."""

from __future__ import annotations

from dataclasses import dataclass


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
