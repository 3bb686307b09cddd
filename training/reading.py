"""Let the tagger of `extraction.entities` read another folder for a while: a model that has just been trained."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extraction.entities import decoder, model, tagger

_KEPT = (
    model.model, model.own, model.beside, model.setting, model._classes, tagger._likelihood, decoder._columns,
)  # fmt: skip


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Read `weights.json`, `words.txt` and `words.bin` from a folder within the block, not for use in threads."""
    before = model.FOLDER
    _read_from(folder)
    try:
        yield
    finally:
        _read_from(before)


def _read_from(folder: Path) -> None:
    model.FOLDER = folder
    for kept in _KEPT:
        kept.cache_clear()
