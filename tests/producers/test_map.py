from __future__ import annotations

from pathlib import Path

import producers


def test_the_map_of_the_room_names_every_module_once() -> None:
    modules = sorted(path.stem for path in Path(producers.__path__[0]).glob("[!_]*.py"))
    lines = [line.strip() for line in (producers.__doc__ or "").splitlines() if line.startswith("    ")]
    assert sorted(name for line in lines for name in line.partition(":")[0].split(", ")) == modules
