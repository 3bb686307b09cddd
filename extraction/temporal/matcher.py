"""Finding the rules' matches in a string of atoms, run by run.

A run is a stretch of tokens that occur in some rule; no match leaves its run. Runs such as "in the" come again and
again, so what the rules make of a run is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.temporal.language import BREAK, UNKNOWN, Language, Rule

RUN = re.compile(f"[^{UNKNOWN}{BREAK}]+")
_REMEMBERED_RUNS = 50_000
_LONGEST_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's match within a run: token offsets from the run's start, and the captured groups with their class."""

    start: int
    end: int
    rule: Rule
    groups: tuple[tuple[str, int, int, str], ...]


class Matcher:
    """The rules of a language that hold in one domain."""

    def __init__(self, language: Language, domain: str) -> None:
        self._rules: dict[str, list[Rule]] = {}
        for rule in language.rules:
            if not rule.domains or domain in rule.domains:
                for atom in set("".join(map(language.atoms_of, rule.first))):
                    self._rules.setdefault(atom, []).append(rule)
        self._memo: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, run: str) -> Sequence[Candidate]:
        """Return all matches in a run: by start, the longest first, then in the order of the tables."""
        found = self._memo.get(run)
        if found is None:
            found = tuple(self._match(run))
            if len(run) <= _LONGEST_REMEMBERED:
                if len(self._memo) >= _REMEMBERED_RUNS:
                    self._memo.clear()
                self._memo[run] = found
        return found

    def _match(self, run: str) -> list[Candidate]:
        found = []
        for start, atom in enumerate(run):
            here = []
            for rule in self._rules.get(atom, ()):
                match = rule.regex.match(run, start)
                if match:
                    groups = tuple(
                        (name.partition("__")[0], *match.span(name), rule.compiled.classes.get(name, ""))
                        for name, text in match.groupdict().items()
                        if text is not None
                    )
                    here.append(Candidate(start, match.end(), rule, groups))
            here.sort(key=lambda candidate: -candidate.end)
            found += here
        return found
