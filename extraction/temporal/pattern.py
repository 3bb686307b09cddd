"""The rule tables' pattern language, compiled to regular expressions over token classes.

A text becomes a string with one character (an *atom*) a token; a rule is a regular expression over such strings, so
that the `re` engine does the matching. In a pattern

    MONTH            a token of the class MONTH of the word lists
    of               the word itself (any case); `,` `-` `/` `&` likewise
    MONTH:month      the same, captured; `( … ):name` captures several tokens; the meaning of a captured plain word
                     such as last:relative is looked up in the class of the capture's name, RELATIVE
    ( a | b )  x? x* x+ x{1,3}      as in regular expressions
    >( … )  !( … )  <( … )          what must follow, must not follow, must stand before
    <name>           a macro of the language's [macros] table
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_PIECE = re.compile(
    r"\s*(?:(?P<open>[><!]?\()|(?P<close>\)(?::(?P<group>[a-z_0-9]+))?)|(?P<bar>\|)|(?P<times>[?*+]|\{\d+,\d+\})"
    r"|(?P<cls>[A-Z][A-Z_0-9]*)(?::(?P<capture>[a-z_0-9]+))?|(?P<word>[^\W_A-Z][^\s()|?*+{}<>:]*|'s|[-,/&.+%#@]|:(?![a-z_]))(?::(?P<word_capture>[a-z_0-9]+))?)"
)
_MACRO = re.compile(r"<([a-z_]+)>")


class PatternError(ValueError):
    """A pattern that cannot be read; the message names the rule."""


@dataclass(slots=True)
class Compiled:
    """A pattern as a regular expression's source, with what it may begin with and what it captures.

    Attributes:
        source: source over atoms; named groups carry a running number after two underscores, so that alternatives may
            share a name.
        first: token classes that a match may begin with.
        classes: the class that each (numbered) group captures, or the classes that it may begin with, joined by `|`.
    """

    source: str
    first: frozenset[str]
    classes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    source: str
    first: set[str]
    nullable: bool


def expand_macros(pattern: str, macros: dict[str, str]) -> str:
    """Replace each `<name>` by its macro in parentheses, repeatedly.

    Raises:
        PatternError: when a macro is unknown or contains itself.
    """
    for _ in range(9):
        if "<" not in pattern.replace("<(", ""):
            return pattern
        try:
            pattern = _MACRO.sub(lambda match: f"({macros[match[1]]})", pattern)
        except KeyError as error:
            raise PatternError(f"unknown macro {error} in {pattern!r}") from None
        if not _MACRO.search(pattern):
            return pattern
    raise PatternError(f"a macro contains itself in {pattern!r}")


def compile_pattern(pattern: str, atoms_of: Callable[[str], str]) -> Compiled:
    """Compile an expanded pattern.

    Args:
        pattern: the pattern, macros expanded.
        atoms_of: gives the atoms of a class; a plain word's class is `=` and the word.

    Raises:
        PatternError: when the pattern cannot be read.
    """
    parser = _Parser(pattern, atoms_of)
    node = parser.alternatives()
    if parser.position < len(parser.pieces):
        raise PatternError(f"unexpected ')' in {pattern!r}")
    if node.nullable:
        raise PatternError(f"{pattern!r} may match nothing")
    return Compiled(node.source, frozenset(node.first), parser.classes)


class _Parser:
    def __init__(self, pattern: str, atoms_of: Callable[[str], str]) -> None:
        self.pattern = pattern
        self.atoms_of = atoms_of
        self.classes: dict[str, str] = {}
        self.groups = 0
        self.position = 0
        self.pieces: list[re.Match[str]] = []
        offset = 0
        while pattern[offset:].strip():
            piece = _PIECE.match(pattern, offset)
            if not piece:
                raise PatternError(f"cannot read {pattern[offset:]!r} in {pattern!r}")
            self.pieces.append(piece)
            offset = piece.end()

    def alternatives(self) -> _Node:
        branches = [self.sequence()]
        while self._peek("bar"):
            self.position += 1
            branches.append(self.sequence())
        if len(branches) == 1:
            return branches[0]
        source = "(?:" + "|".join(branch.source for branch in branches) + ")"
        return _Node(source, set().union(*(b.first for b in branches)), any(b.nullable for b in branches))

    def sequence(self) -> _Node:
        sequence = _Node("", set(), True)
        while self.position < len(self.pieces) and not self._peek("bar") and not self._peek("close"):
            node = self._repeated(self._element())
            if sequence.nullable:
                sequence.first |= node.first
            sequence.source += node.source
            sequence.nullable &= node.nullable
        return sequence

    def _peek(self, kind: str) -> bool:
        return self.position < len(self.pieces) and self.pieces[self.position][kind] is not None

    def _repeated(self, node: _Node) -> _Node:
        if not self._peek("times"):
            return node
        times = self.pieces[self.position]["times"]
        self.position += 1
        nullable = node.nullable or times in "?*" or times.startswith("{0")
        return _Node(f"(?:{node.source}){times}", node.first, nullable)

    def _element(self) -> _Node:
        piece = self.pieces[self.position]
        self.position += 1
        if piece["open"]:
            return self._group(piece["open"])
        if piece["cls"]:
            return self._token(piece["cls"], piece["capture"])
        if piece["word"]:
            return self._token("=" + piece["word"], piece["word_capture"])
        raise PatternError(f"unexpected {piece[0].strip()!r} in {self.pattern!r}")

    def _group(self, opening: str) -> _Node:
        inner = self.alternatives()
        if not self._peek("close"):
            raise PatternError(f"missing ')' in {self.pattern!r}")
        name = self.pieces[self.position]["group"]
        self.position += 1
        look = {">(": "(?=", "!(": "(?!", "<(": "(?<="}.get(opening)
        if look:
            return _Node(f"{look}{inner.source})", set(), True)
        opened = "(?:"
        if name:
            numbered = self._numbered(name)
            self.classes[numbered] = "|".join(sorted({_table(cls, name) for cls in inner.first}))
            opened = f"(?P<{numbered}>"
        return _Node(f"{opened}{inner.source})", inner.first, inner.nullable)

    def _token(self, cls: str, capture: str | None) -> _Node:
        atoms = self.atoms_of(cls)
        if not atoms:
            raise PatternError(f"no word has the class {cls} in {self.pattern!r}")
        source = f"[{atoms}]" if len(atoms) > 1 else atoms
        if capture:
            name = self._numbered(capture)
            self.classes[name] = _table(cls, capture)
            source = f"(?P<{name}>{source})"
        return _Node(source, {cls}, False)

    def _numbered(self, name: str) -> str:
        self.groups += 1
        return f"{name}__{self.groups}"


def _table(cls: str, capture: str) -> str:
    return capture.upper() if cls.startswith("=") else cls
