"""How telling a word is: the rarer in news, the more two texts that share it have in common.

The table (`weights.tsv`, made by `training/weights.py`) is fixed, so that the weight of a text does not depend on what
was read before it: two orders of the same articles see the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

UNKNOWN = 8.1
"""Weight of a stem that the table lacks: names, mostly."""

COMMON = 1.0
"""Below this a word stands in every other article and tells nothing."""


def weight(stem: str) -> float:
    """Return the inverse document frequency of a stem, in nats: 0 for what stands in every article, at most 8.1."""
    return _table().get(stem, UNKNOWN)


def weights(stems: Iterable[str]) -> list[float]:
    """Return the weight of each stem."""
    known = _table().get
    return [known(stem, UNKNOWN) for stem in stems]


def telling(stem: str) -> bool:
    """Tell whether a stem can say what a text is about."""
    return len(stem) > 1 and weight(stem) >= COMMON


@cache
def _table() -> dict[str, float]:
    lines = (Path(__file__).parent / "weights.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {stem: float(value) for stem, value in rows}
