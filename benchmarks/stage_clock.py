"""How long each stage of extraction takes, by timing its functions from outside; nothing in the product knows of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from extraction import dating, dispatch, mentions, names, quantities, statements

STAGES: dict[str, tuple[tuple[ModuleType, str], ...]] = {
    "sentences": ((mentions, "split"), (statements, "analyse")),
    "prose": ((mentions, "prose"), (dispatch, "read_dateline")),
    "tagger": ((mentions, "_tag"),),
    "names": ((names, "find_names"), (mentions, "actors_of"), (mentions, "places_of")),
    "quotes": ((mentions, "read_quotes"),),
    "triggers": ((statements, "_triggers"), (statements, "grouped")),
    "dating": ((statements, "_date"), (dating, "own_date"), (statements, "modality_of"), (mentions, "source_of")),
    "category": ((mentions, "guess"), (mentions, "sense_of")),
    "quantities": ((quantities, "find"), (mentions, "owned_by")),
    "titles": ((mentions, "_title"),),
}
"""The functions of each stage, in the modules that look them up."""


class StageClock:
    """CPU seconds by stage. A stage that another calls is told apart from it."""

    def __init__(self) -> None:
        """Start with no time spent."""
        self.seconds: dict[str, float] = dict.fromkeys(STAGES, 0.0)
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Time the stages while the context lasts."""
        kept = [(module, name, getattr(module, name)) for parts in STAGES.values() for module, name in parts]
        for stage, parts in STAGES.items():
            for module, name in parts:
                setattr(module, name, self._timed(stage, getattr(module, name)))
        try:
            yield
        finally:
            for module, name, function in kept:
                setattr(module, name, function)

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._switch()
            self._running.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._switch()
                self._running.pop()

        return timed

    def _switch(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now
