"""Cut a text into words and words to stems, so that "strikes", "striking" and "strike's" count as one."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SIBILANTS = frozenset("sxz")


def words(text: str) -> list[str]:
    """Return a text's words in order, as they are written; numbers are words."""
    return _WORD.findall(text)


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a word in lower case without possessive, plural, -ing, -ed and a final e.

    Suffixes only, in the manner of Porter's first step (1980): "arrested" and "arrests" meet, "die" and "death" do
    not (`lexis.families` joins those). A stem need not be a word.
    """
    cut = word.lower()
    if cut.endswith(("'s", "’s")):
        cut = cut[:-2]
    if len(cut) > 4:
        if cut.endswith("ies"):
            cut = cut[:-3] + "y"
        elif cut.endswith("sses") or (cut.endswith("es") and cut[-3] in _SIBILANTS):
            cut = cut[:-2]
        elif cut.endswith("s") and cut[-2] not in "su":
            cut = cut[:-1]
    if len(cut) > 5:
        if cut.endswith("ing"):
            cut = cut[:-3]
        elif cut.endswith("ed"):
            cut = cut[:-2]
        if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls":
            cut = cut[:-1]
    return cut[:-1] if len(cut) > 4 and cut.endswith("e") else cut
