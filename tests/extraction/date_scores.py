"""Scores the tagger on the sentences in `dates/`, as TempEval-3 did: strict and relaxed spans, type, value and mod.

    python -m tests.extraction.date_scores [--json]

prints the figures of all sentences and of each topic (a file). The figures are F1 x 100, except the traps' `errors`:
expressions found in the trap files where there are none, or missed or read otherwise.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extraction.timex import tag

DATES = Path(__file__).with_name("dates")
MEASURES = ("strict", "relaxed", "type", "value", "mod")


@dataclass(frozen=True)
class Expression:
    """An expression as it stands in a sentence: offsets in code points, TIMEX3 attributes."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None


@dataclass(frozen=True)
class Case:
    """A sentence with what a careful annotator marks in it."""

    topic: str
    text: str
    trap: bool
    context: dict[str, Any]
    expected: tuple[Expression, ...]

    def found(self) -> tuple[Expression, ...]:
        """Return what the tagger marks."""
        return tuple(Expression(t.start, t.end, t.type, t.value, t.mod) for t in tag(self.text, **self.context))


def load() -> list[Case]:
    """Read all topics; a file's own keys (dct, domain, country, language, trap) hold for all of its sentences."""
    cases = []
    for path in sorted(DATES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = table.pop("cases")
        cases += [_case(path.stem, table | row) for row in rows]
    return cases


def _case(topic: str, row: dict[str, Any]) -> Case:
    text, expected, done = row.pop("text"), [], 0
    for words, kind, value, *mod in row.pop("dates", ()):
        start = text.index(words, done)
        done = start + len(words)
        expected.append(Expression(start, done, kind, value, mod[0] if mod else None))
    trap = row.pop("trap", False)
    context = {"published_at": row.pop("dct", None), "domain": row.pop("domain", "news")}
    context |= {key: row.pop(key, None) for key in ("country", "language")}
    if row:
        raise ValueError(f"{topic}: unknown keys {sorted(row)} beside {text!r}")
    return Case(topic, text, trap, context, tuple(expected))


def pairs(expected: Iterable[Expression], found: Iterable[Expression]) -> list[tuple[Expression, Expression]]:
    """Pair expressions that overlap, one to one: equal spans first, then the longest overlap."""
    overlaps = [(min(e.end, f.end) - max(e.start, f.start), e, f) for e in expected for f in found]
    overlaps = [(shared, e, f) for shared, e, f in overlaps if shared > 0]
    overlaps.sort(key=lambda o: ((o[1].start, o[1].end) != (o[2].start, o[2].end), -o[0], o[1].start, o[2].start))
    paired: list[tuple[Expression, Expression]] = []
    for _, e, f in overlaps:
        if all(e is not other and f is not another for other, another in paired):
            paired.append((e, f))
    return paired


def counts(case: Case) -> Counter[str]:
    """Count what is expected, what is found, and the pairs that agree by each measure."""
    found = case.found()
    total = Counter(expected=len(case.expected), found=len(found))
    for e, f in pairs(case.expected, found):
        total["relaxed"] += 1
        total["strict"] += (e.start, e.end) == (f.start, f.end)
        total["type"] += e.type == f.type
        total["value"] += e.value == f.value
        total["mod"] += e.mod == f.mod
    if case.trap:
        right = sum((e.start, e.end, e.value) == (f.start, f.end, f.value) for e, f in pairs(case.expected, found))
        total["errors"] = len(case.expected) + len(found) - 2 * right
    return total


def figures(cases: Iterable[Case]) -> dict[str, float]:
    """Return F1 x 100 by each measure to one decimal, the number of sentences and the traps' errors."""
    cases = list(cases)
    total: Counter[str] = sum(map(counts, cases), Counter())
    marked = total["expected"] + total["found"]
    scores: dict[str, float] = {m: round(200 * total[m] / marked, 1) if marked else 100.0 for m in MEASURES}
    return {"sentences": len(cases), "expected": total["expected"], **scores, "errors": total["errors"]}


def failure(case: Case) -> str | None:
    """Return a line that sets what is found against what is expected, or None when they agree."""
    found = case.found()
    if found == case.expected:
        return None
    published = case.context["published_at"] or "no date"
    head = f"{case.topic}: {case.text} | {published} | {case.context['domain']}"
    return f"{head} | {_shown(case, found)} | {_shown(case, case.expected)}"


def _shown(case: Case, expressions: Iterable[Expression]) -> str:
    return (
        "; ".join(
            " ".join(filter(None, (f"[{case.text[e.start : e.end]}]", e.type, e.value, e.mod))) for e in expressions
        )
        or "nothing"
    )


def report() -> dict[str, dict[str, float]]:
    """Return the figures of all sentences (`all`) and of each topic."""
    cases = load()
    topics = dict.fromkeys(case.topic for case in cases)
    return {"all": figures(cases)} | {t: figures(c for c in cases if c.topic == t) for t in topics}


def main() -> None:
    """Print the report, as a table or as JSON."""
    scores = report()
    if "--json" in sys.argv[1:]:
        sys.stdout.write(json.dumps(scores, indent=2) + "\n")
        return
    columns = ("sentences", "expected", *MEASURES, "errors")
    sys.stdout.write(f"{'topic':24}" + "".join(f"{column:>10}" for column in columns) + "\n")
    for topic, row in scores.items():
        sys.stdout.write(f"{topic:24}" + "".join(f"{row[column]:>10g}" for column in columns) + "\n")


if __name__ == "__main__":
    main()
