"""Build `extraction/entities/people.tsv`, the names of people, from the US Census of 1990 (public domain).

    python -m training.people OUT.tsv

The package `names` (MIT licence; in the extra `training-names`) carries the three lists of the Census Bureau.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

_COMMON_GIVEN = 0.01  # per cent of the people of a sex
_COMMON_SURNAMES, _SURNAMES = 2_000, 20_000
_HEADER = """\
# Names of people: given names and the commonest surnames. Made by training/people.py from the name files of the US
# Census of 1990, which are in the public domain, as the package `names` (MIT licence) carries them.
"""


def kinds_of(given: Iterable[str], surnames: Iterable[str]) -> dict[str, list[str]]:
    """Return what each name in lower case is, from lines of the Census: NAME, per cent, running per cent, rank."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    shares: dict[str, float] = {}
    for line in given:
        name, per_cent, *_ = line.lower().split()
        shares[name] = max(shares.get(name, 0.0), float(per_cent))
    for name, share in shares.items():
        found[name].append("given" if share > _COMMON_GIVEN else "rare_given")
    for rank, line in enumerate(surnames):
        if rank >= _SURNAMES:
            break
        found[line.lower().split()[0]].append("surname" if rank < _COMMON_SURNAMES else "rare_surname")
    return found


def main(out: Path) -> None:
    """Read the package's lists and write the table."""
    spec = importlib.util.find_spec("names")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("names is missing: install the extra `training-names`")
    folder = Path(spec.origin).parent
    lists = {
        part: (folder / f"dist.{part}").read_text().splitlines() for part in ("female.first", "male.first", "all.last")
    }
    found = kinds_of(lists["female.first"] + lists["male.first"], lists["all.last"])
    rows = [f"{name}\t{' '.join(kinds)}\n" for name, kinds in sorted(found.items())]
    out.write_text(_HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
