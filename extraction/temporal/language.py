"""A language's tables: word lists, macros and rules read from its folder of TOML files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from extraction.temporal.numbers import SAMPLES, numeric_classes
from extraction.temporal.pattern import Compiled, compile_pattern, expand_macros
from extraction.temporal.tokens import token_pattern

FOLDER = Path(__file__).parent.parent / "languages"
UNKNOWN, BREAK = ".", "\n"
_FIRST_ATOM = 0xE000
_MEMO_SIZE = 60_000


class LanguageError(ValueError):
    """A language that has no tables, or tables that cannot be used."""


@dataclass(eq=False)
class Rule:
    """One row of a rule table.

    Attributes:
        name: identifier, such as `en.date.month_day_year`.
        pattern: its pattern, macros expanded.
        build: name of the builder that makes a reading of a match.
        options: further columns, for the builder.
        domains: the domains in which it holds; empty for all.
        example: an expression that it matches.
        value: the TIMEX3 value of the example, published on Wednesday 2014-10-15.
        first: token classes with which a match may begin.
        language: the language it belongs to.
    """

    name: str
    pattern: str
    build: str
    options: dict[str, Any]
    domains: tuple[str, ...]
    example: str
    value: str
    first: frozenset[str]
    language: Language = field(repr=False)

    @cached_property
    def compiled(self) -> Compiled:
        """The pattern over atoms, compiled when first needed."""
        return compile_pattern(self.pattern, self.language.atoms_of)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression over atoms."""
        return re.compile(self.compiled.source)


class _AtomOf(dict[str, str]):
    """The atom of each token as it stands in a text, found out when first met."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, token: str) -> str:
        atom = self._find(token)
        if len(self) < _MEMO_SIZE and len(token) < 40:
            self[token] = atom
        return atom


class _WordLists(dict[str, dict[str, Any]]):
    """Word lists by class; a class that a language lacks is empty."""

    def __missing__(self, name: str) -> dict[str, Any]:
        return {}


class Language:
    """Word lists and rules of one language.

    Attributes:
        code: ISO 639-1 code.
        values: for each class, what each word (lower case) means.
        decimal: the mark before the decimals of a number, `.` or `,`; the other one groups thousands.
        rules: all rules, in the order of the files' names and rows.
        atom_of: atom of each token.
        token: regular expression that cuts a text into tokens.
    """

    def __init__(self, code: str, tables: Iterable[dict[str, Any]]) -> None:
        self.code = code
        self.values = _WordLists()
        self.settings: dict[str, Any] = {}
        macros: dict[str, str] = {}
        rows: list[dict[str, Any]] = []
        derived: list[tuple[str, dict[str, Any]]] = []
        for table in tables:
            for name, words in table.get("words", {}).items():
                self.values.setdefault(name, {}).update(
                    words if isinstance(words, dict) else dict.fromkeys(words, True)
                )
            macros |= table.get("macros", {})
            self.settings |= table.get("settings", {})
            for name, row in table.get("derived", {}).items():
                derived.append((name, row))
            rows += table.get("rule", [])
            rows += [_named_day(name, day) for name, day in table.get("named_days", {}).items()]
        for name, row in derived:
            words = self.values.setdefault(name, {})
            for stem, meaning in list(self.values[row["of"]].items()):
                words.update((stem + ending, meaning) for ending in row["endings"])
        self.decimal = str(self.settings.get("decimal_mark", "."))
        self.capitalised = frozenset(self.settings.get("capitalised", ()))
        used: set[str] = set()
        self.rules = [self._rule(row, expand_macros(row["pattern"], macros), used) for row in rows]
        self._index_words(used)
        self.atom_of = _AtomOf(self._find_atom)
        self.token = token_pattern(
            tuple(self.settings.get("abbreviations", ())),
            tuple(word for name in self.settings.get("glued", ()) for word in self.values.get(name, {})),
            self.decimal,
        )

    def _rule(self, row: dict[str, Any], pattern: str, used: set[str]) -> Rule:
        def note(name: str) -> str:
            used.add(name)
            return "x"

        first = compile_pattern(pattern, note).first
        known = {"id", "pattern", "build", "domains", "example", "value"}
        options = {key: value for key, value in row.items() if key not in known}
        domains = tuple(row.get("domains", ()))
        name = f"{self.code}.{row['id']}"
        return Rule(name, pattern, row["build"], options, domains, row["example"], row.get("value", ""), first, self)

    def _index_words(self, used: set[str]) -> None:
        """Give every combination of classes that a token may have an atom of its own."""
        classes: dict[str, set[str]] = {}
        for name, words in self.values.items():
            if name in used or name + "_LOWER" in used:
                for word in words:
                    classes.setdefault(word, set()).add(name)
        for name in used:
            if name.startswith("="):
                classes.setdefault(name[1:], set()).add(name)
        self._classes = {word: frozenset(names) for word, names in classes.items()}
        self._atoms: dict[frozenset[str], str] = {frozenset(): UNKNOWN}
        signatures = set(self._classes.values())
        signatures |= {self._uncapitalised(word, self._classes[word]) for word in self.capitalised & classes.keys()}
        signatures |= {frozenset(numeric_classes(sample)) for sample in SAMPLES}
        for signature in sorted(signatures - {frozenset()}, key=sorted):
            self._atoms[signature] = chr(_FIRST_ATOM + len(self._atoms))
        self._atoms_of: dict[str, str] = {}
        for signature, atom in self._atoms.items():
            for name in signature:
                self._atoms_of[name] = self._atoms_of.get(name, "") + atom

    @staticmethod
    def _uncapitalised(word: str, classes: frozenset[str]) -> frozenset[str]:
        return frozenset(name if name.startswith("=") else name + "_LOWER" for name in classes)

    def atoms_of(self, name: str) -> str:
        """Return all atoms of a class, or of a word when the name is `=` and the word."""
        return self._atoms_of.get(name, "")

    def _find_atom(self, token: str) -> str:
        form = token.rstrip()
        if not form:
            return BREAK
        word = form.lower().replace("’", "'")
        classes = self._classes.get(word)
        if classes is None:
            return self._atoms.get(frozenset(numeric_classes(form, self.decimal)), UNKNOWN)
        if word in self.capitalised and form[0] == word[0]:
            classes = self._uncapitalised(word, classes)
        return self._atoms[classes]


def _named_day(name: str, day: str) -> dict[str, Any]:
    return {
        "id": "named_day." + re.sub(r"\W+", "_", name),
        "pattern": f"<named_day_before> {name} <named_day_after>",
        "build": "named_day",
        "day": day,
        "example": name,
    }


@lru_cache(maxsize=16)
def load_language(code: str) -> Language:
    """Read a language's tables.

    Raises:
        LanguageError: when the language has no folder of tables.
    """
    files = sorted((FOLDER / code).glob("*.toml")) if re.fullmatch(r"[a-z]{2,3}", code) else []
    if not files:
        raise LanguageError(f"no tables for language {code!r}; there are {', '.join(sorted(languages()))}")
    return Language(code, [tomllib.loads(file.read_text(encoding="utf-8")) for file in files])


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Return the codes of the languages that have tables."""
    return frozenset(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))
