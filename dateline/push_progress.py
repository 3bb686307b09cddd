"""The bar of `dateline push`: how much, how fast, and how it fared, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from producers.tally import Tally


class PushProgress:
    """Shows a tally while it grows; says nothing when standard error is no terminal, apart from `say`."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=20),
            _Rate(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task("pushing", total=None, counts=str(tally))

    def update(self) -> None:
        """Show the tally as it is now."""
        self._progress.update(self._task, completed=self._tally.sent, counts=str(self._tally))

    def say(self, sentence: str) -> None:
        """Print a line without harm to the bar."""
        self._progress.console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Return the articles of each second."""
        return Text(f"{task.speed or 0:,.0f}/s")
