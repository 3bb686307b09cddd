"""The trigger table of a language: which word forms announce an event, and of what kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extraction.lexicon import read
from extraction.lexicon.inflection import NOUN, RESULT, plural, verb_forms

CATEGORIES = (
    "conflict", "politics", "law_crime", "disaster", "international", "business", "health_environment", "sport",
    "arts_culture", "science_tech",
)  # fmt: skip
_FILES = (*CATEGORIES, "general")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense of a trigger.

    Attributes:
        lemma: dictionary form, `check into`.
        category: class of `schemas.vocabulary.Category`, None for triggers of any subject.
        type: finer type such as ASSAULT, None when the table has none.
        bits: what the form may be, see `extraction.lexicon.inflection`.
        weak: counts only with a date of its own (`war`, `crisis`).
        rest: further words of a phrase, in lower case.
    """

    lemma: str
    category: str | None
    type: str | None
    bits: int
    weak: bool = False
    rest: tuple[str, ...] = ()


@cache
def table(language: str) -> dict[str, tuple[Entry, ...]]:
    """Return the entries by the first word of each form, longest phrase first, then in the order of the files."""
    collected: dict[str, dict[tuple[str, tuple[str, ...], bool], Entry]] = {}
    for form, entry in _entries(language):
        senses = collected.setdefault(form, {})
        key = (entry.lemma, entry.rest, bool(entry.bits & NOUN))
        known = senses.get(key)
        if known is None:
            senses[key] = entry
        else:  # the first file decides the category, each adds the forms it knows
            bits = known.bits | entry.bits
            senses[key] = Entry(known.lemma, known.category, known.type, bits, known.weak, known.rest)
    return {form: tuple(sorted(senses.values(), key=lambda e: -len(e.rest))) for form, senses in collected.items()}


def examples(language: str) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield (example sentence, category, type) of each group of the table, for its tests."""
    for category, group in _groups(language):
        yield group[1]["example"], category, group[1].get("type")


def _groups(language: str) -> Iterator[tuple[str | None, tuple[str, dict[str, str]]]]:
    for name in _FILES:
        if not (Path(__file__).parent / language / "triggers" / f"{name}.toml").exists():
            continue
        content = read(language, f"triggers/{name}")
        for kind in ("verbs", "nouns", "results"):
            for group in content.get(kind, ()):
                yield (None if name == "general" else name), (kind, group)


def _entries(language: str) -> Iterator[tuple[str, Entry]]:
    irregular = read(language, "irregular")
    for category, (kind, group) in _groups(language):
        weak = bool(group.get("weak", False))
        for lemma in group["lemmas"].split():
            first, *rest = lemma.split("_")
            name, finer = " ".join((first, *rest)), group.get("type")
            if kind == "verbs":
                for form, bits in verb_forms(first, irregular):
                    yield form, Entry(name, category, finer, bits, weak, tuple(rest))
            elif kind == "results":
                yield first, Entry(name, category, finer, NOUN | RESULT, weak, tuple(rest))
            elif rest:
                yield first, Entry(name, category, finer, NOUN, weak, tuple(rest))
                yield first, Entry(name, category, finer, NOUN, weak, (*rest[:-1], plural(rest[-1])))
            else:
                yield first, Entry(name, category, finer, NOUN, weak)
                yield plural(first), Entry(name, category, finer, NOUN, weak)
