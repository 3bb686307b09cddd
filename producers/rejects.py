"""What was refused, kept in a file with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TextIO


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
