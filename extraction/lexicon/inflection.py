"""Inflected forms of English verbs and nouns, made from their dictionary forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

BASE, PRESENT, PAST, PARTICIPLE, GERUND, NOUN, RESULT = 1, 2, 4, 8, 16, 32, 64
"""What a form may be, as bits: `cut` is BASE | PAST | PARTICIPLE of the verb; `dead` is a noun that is a RESULT."""

_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
# Two syllables with the stress on the last, or doubled by custom.
_DOUBLING_LONG = frozenset({
    "admit", "bar", "commit", "compel", "confer", "control", "deter", "emit", "expel", "occur", "omit", "patrol",
    "permit",
    "prefer", "propel", "rebel", "rebut", "recur", "refer", "regret", "submit", "transfer", "unplug", "kidnap", "equip",
})  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")


def verb_forms(base: str, irregular: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield (form, bits) for a verb; `irregular` maps a base to "past participle" (further participles may follow)."""
    yield base, BASE
    yield plural(base), PRESENT
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    if _doubles(base):
        stem = base + base[-1]
    if base == "be":
        return
    yield (base[:-2] + "y" if base.endswith("ie") else stem) + "ing", GERUND
    forms = _irregular_forms(base, irregular)
    if forms:
        past, *participles = forms.split()
        yield past, PAST
        for participle in participles:
            yield participle, PARTICIPLE
            if participle.endswith(("ed", "nt")):
                yield participle, PAST
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        yield base[:-1] + "ied", PAST | PARTICIPLE
    else:
        yield (base + "d" if base.endswith("e") else stem + "ed"), PAST | PARTICIPLE
    if base.endswith(("el", "al")) and stem == base and len(base) > 4:  # British: cancelled, travelling
        yield base + "led", PAST | PARTICIPLE
        yield base + "ling", GERUND


def _irregular_forms(base: str, irregular: Mapping[str, str]) -> str | None:
    """Return "past participle" of an irregular verb, also behind a prefix: retake as take."""
    if base in irregular:
        return irregular[base]
    for prefix in ("re", "over", "under", "out", "un"):
        if base.startswith(prefix) and base[len(prefix) :] in irregular:
            return " ".join(prefix + form for form in irregular[base[len(prefix) :]].split())
    return None


def plural(base: str) -> str:
    """Return the regular plural of a noun, which is also the third person of a verb."""
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base + ("es" if base in ("go", "do", "veto", "undergo", "torpedo", "echo") else "s")


def _doubles(base: str) -> bool:
    if base in _DOUBLING_LONG:
        return True
    return len(_VOWELS.findall(base)) == 1 and bool(_DOUBLING.search(base)) and base[-1] not in "wxy"
