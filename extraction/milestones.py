"""Words of decisive events, by which a sentence that a chronology would keep is told from talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extraction.lexicon import languages, read
from extraction.lexicon.inflection import plural, verb_forms

_WORD = re.compile(r"[^\W\d_]+")


class Milestones(NamedTuple):
    """The table of a language.

    Attributes:
        words: dictionary form of each form.
        phrases: of two words, in lower case.
    """

    words: dict[str, str]
    phrases: tuple[str, ...]

    def count(self, sentence: str) -> int:
        """Return how many different entries of the table a sentence has.

        >>> table("en").count("Killings went on, and a protester was killed.")
        3
        """
        lower = sentence.lower()
        found = {self.words[word] for word in _WORD.findall(lower) if word in self.words}
        return len(found) + sum(phrase in lower for phrase in self.phrases)


@cache
def table(language: str | None) -> Milestones:
    """Return the milestones of a language (ISO 639-1), an empty table for one without."""
    if language not in languages():
        return Milestones({}, ())
    assert language is not None
    forms = dict(_forms(language))
    return Milestones(
        {form: entry for form, entry in forms.items() if " " not in form},
        tuple(sorted(form for form in forms if " " in form)),
    )


def examples(language: str) -> list[tuple[str, str]]:
    """Return (group, example sentence) of each group of the table, for its tests."""
    return [(group["name"], group["example"]) for group in read(language, "milestones")["groups"]]


def _forms(language: str) -> Iterator[tuple[str, str]]:
    irregular = read(language, "irregular")
    for group in read(language, "milestones")["groups"]:
        for verb in group.get("verbs", "").split():
            for form, _ in verb_forms(verb, irregular):
                yield form, verb
        for noun in group.get("nouns", "").split():
            yield noun, noun
            yield plural(noun), noun
        for word in group.get("words", "").split():
            yield word.replace("_", " "), word
