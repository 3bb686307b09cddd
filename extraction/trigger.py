"""A word or phrase of a sentence that announces an event."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.lexicon.triggers import Entry
from extraction.verbs import Reading


@dataclass(slots=True)
class Trigger:
    """A word or phrase that announces an event.

    Attributes:
        index: its (first) word in the sentence.
        start, end: code-point offsets in the text.
        entry: its sense in the table.
        noun: whether it is used as a noun.
        reading: tense and auxiliaries; of the verb that governs it, for a noun.
        definite: "the crash", "their talks": the text may have told of it before.
        other: "the last crash": not the one that the text tells of.
        unreal: "cancelled the match", "the risk of flooding": none, denied or conditional.
        topic: only talked about: "discussed prisoner exchanges".
        backward: lies before what the sentence tells: "charged with murder".
    """

    index: int
    start: int
    end: int
    entry: Entry
    noun: bool
    reading: Reading
    definite: bool = False
    other: bool = False
    unreal: str = ""
    topic: bool = False
    backward: bool = False
