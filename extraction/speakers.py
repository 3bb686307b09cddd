"""Whose words a quotation is: the attribution before, behind or between its parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from extraction.lexicon import read
from extraction.names import Name
from extraction.quotes import Quoted, Quotes, find_quotations
from extraction.sentences import Span
from extraction.subjects import Subjects

LANGUAGES = ("en", "de", "fr")
"""Languages whose attributions are known."""

_REACH = 160  # code points beside a quotation in which its speaker stands
_MOST_WORDS = 14  # of a speaker's phrase: "Anna Lee, a spokeswoman for the ministry of transport in Arden"
_LONGEST = 80  # code points of a speaker that is no name
_TOKEN = re.compile(r"(?:[A-Z]\.)+|\w+(?:[.&’'-]\w+)*|[,;:.!?—–()]")
_MOST_IN_TITLE = 8  # words of the name of a film or book
_OPENING = re.compile(r"^(?:and|but|as|so|then|with) ", re.IGNORECASE)


def read_quotes(text: str, sentences: list[Span], names: list[Name]) -> Quotes:
    """Return the quotations of a text with their speakers.

    `names` are those of `extraction.names.find_names`, in order. A speaker is the fullest form of a name, else the
    words that name them ("police", "a spokesman for the mill"); None where the text names nobody. "He added" is the
    person who spoke or acted last; a second quotation of a paragraph, and one that carries on, have the speaker of the
    first.
    """
    found = find_quotations(text)
    if found:
        _Attribution(text, sentences, names, found).attribute()
        for quoted in found:
            quoted.title = quoted.speaker is None and _is_title(text, quoted)
    return Quotes(found)


@cache
def _list(name: str) -> frozenset[str]:
    """Return a list of all languages at once: their verbs of saying are different words."""
    return frozenset(
        word for language in LANGUAGES for word in str(read(language, "quotes")["attribution"][name]).split()
    )


def _is_title(text: str, quoted: Quoted) -> bool:
    """Tell the name of a film or book from speech: few words, all with a capital, no stop at the end."""
    inner = text[quoted.inner_start : quoted.inner_end].strip()
    parts = inner.split()
    return (
        len(parts) <= _MOST_IN_TITLE
        and inner[-1:] not in ".,!?…"
        and all(part[0].isupper() or part[0].isdigit() or len(part) <= 3 for part in parts)
        and parts[0][0].isupper()
    )


class _Attribution:
    """The speakers of a text's quotations, found from its start to its end."""

    def __init__(self, text: str, sentences: list[Span], names: list[Name], found: list[Quoted]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [span.start for span in sentences]
        self._names = names
        self._name_starts = [name.start for name in names]
        self._found = found
        self._subjects = Subjects(sentences, names, Quotes(found))
        self._things = {name.name for name in names if name.type != "PER"}
        self._spoke: tuple[int, str] | None = None

    def attribute(self) -> None:
        """Set the speaker of each quotation."""
        previous: Quoted | None = None
        for number, quoted in enumerate(self._found):
            low = self._found[number - 1].end if number else 0
            high = self._found[number + 1].start if number + 1 < len(self._found) else len(self._text)
            speaker = self._behind(quoted, high) or self._before(quoted, low)
            if speaker is None and previous is not None and self._goes_on(previous, quoted):
                speaker = previous.speaker
            quoted.speaker = speaker
            if speaker is not None:
                self._spoke = (quoted.end, speaker)
            previous = quoted
        for earlier, later in zip(reversed(self._found[:-1]), reversed(self._found), strict=False):
            if earlier.speaker is None and (earlier.carries_on or self._is_first_half(earlier, later)):
                earlier.speaker = later.speaker

    def _behind(self, quoted: Quoted, high: int) -> str | None:
        """Return the speaker of an attribution behind a quotation: `,” Lee said`, `?” asked the mayor`."""
        if quoted.carries_on:
            return None
        text = self._text
        end = min(len(text), high, quoted.end + _REACH)
        paragraph = text.find("\n", quoted.end, end)
        end = paragraph if paragraph >= 0 else end
        rest = text[quoted.end : end]
        stop = text[quoted.inner_start : quoted.inner_end].rstrip()[-1:]
        after = rest.lstrip()[:1]
        if stop == "." or after in (".", ";", ":", "!", "?", ""):
            return None
        joined = stop in ",?!…—-" or after == ","
        tokens = [(m.group(), quoted.end + m.start(), quoted.end + m.end()) for m in _TOKEN.finditer(rest)]
        if tokens and tokens[0][0] in (",", "—", "–"):
            tokens = tokens[1:]
        if not tokens:
            return None
        verbs, between = _list("verbs"), _list("between")
        if len(tokens) > 1 and tokens[0][0] in between and tokens[1][0] in verbs:
            tokens = tokens[1:]  # "a déclaré Anne Morel"
        if tokens[0][0].lower() in verbs and tokens[0][0].islower():
            return self._inverted(tokens[1:])
        if not joined:
            return None
        for k, (word, at, _) in enumerate(tokens[:_MOST_WORDS]):
            if word in (";", ":", "(", "—", "–") or (word in ".!?" and not self._abbreviates(tokens, k)):
                return None
            if k and word.lower() in verbs and word.islower():
                last = k - 1
                while last > 0 and (tokens[last][0].lower() in between or tokens[last][0].endswith("ly")):
                    last -= 1
                return self._speaker(tokens[0][1], tokens[last][2], at)
        return None

    @staticmethod
    def _abbreviates(tokens: list[tuple[str, int, int]], k: int) -> bool:
        return (
            k + 1 < len(tokens)
            and tokens[k][0] == "."
            and tokens[k + 1][0][:1].isupper()
            and len(tokens[k - 1][0]) <= 3
        )

    def _inverted(self, tokens: list[tuple[str, int, int]]) -> str | None:
        """Return the speaker behind a verb: `said Anna Lee, the mayor`, `said the mayor on Monday`."""
        if not tokens:
            return None
        ends = _list("ends")
        last = 0
        for k, (word, _, _) in enumerate(tokens[:_MOST_WORDS]):
            if word in (",", ";", ":", "!", "?", "(", "—", "–", "."):
                break
            if k and word.lower() in ends and word.lower() not in ("of", "for"):
                break
            last = k + 1
        return self._speaker(tokens[0][1], tokens[last - 1][2], tokens[0][1]) if last else None

    def _before(self, quoted: Quoted, low: int) -> str | None:
        """Return the speaker of an attribution before a quotation: `Lee said: “`, `according to Lee, “`."""
        text = self._text
        at = bisect_right(self._starts, quoted.start) - 1
        start = max(self._starts[at] if at >= 0 else 0, low, quoted.start - _REACH)
        handed: str | None = None
        opened = text[start : quoted.start].rstrip()
        if not opened and at > 0 and text[low : self._sentences[at - 1].end].rstrip()[-1:] == ":":
            start = max(self._sentences[at - 1].start, low)  # a paragraph that ends in a colon hands over
            told = self._subjects.last(("PER",), quoted.start)
            handed = told[1] if told is not None and told[0] >= start else None
        tokens = [(m.group(), start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start : quoted.start])]
        verbs = _list("verbs")
        for k in range(len(tokens) - 1, -1, -1):
            word = tokens[k][0].lower()
            if word == "to" and k and tokens[k - 1][0].lower() == "according":
                return self._inverted(tokens[k + 1 :])
            if word in verbs and tokens[k][0].islower():
                if k and tokens[k - 1][0].lower() in ("and", "but"):
                    handed = self._resolved("he", quoted.start)
                    continue  # "Lee said it was over and called it": the subject stands before the first verb
                return self._subject(tokens[:k], tokens[k][1]) if k else self._resolved("he", quoted.start)
        return handed

    def _subject(self, tokens: list[tuple[str, int, int]], verb: int) -> str | None:
        """Return the subject that ends before a verb: `Lee`, `the mayor`, `Anna Lee, the mayor of Arden,`."""
        between = _list("between")
        last = len(tokens) - 1
        while last > 0 and (tokens[last][0].lower() in between or tokens[last][0].endswith("ly")):
            last -= 1
        if tokens[last][0] == ",":
            inside = last - 1
            while inside > 0 and tokens[inside][0] != ",":
                inside -= 1
            if inside <= 0:
                return None
            last = inside - 1
        pronouns = _list("pronouns_of_person") | _list("pronouns_of_thing") | _list("pronouns_of_several")
        if tokens[last][0].lower() in pronouns:
            return self._resolved(tokens[last][0].lower(), verb)
        first = last
        stops = (",", ";", ":", ".", "!", "?", "(", ")", "—", "–")
        while first > 0 and tokens[first - 1][0] not in stops and last - first < _MOST_WORDS:
            if tokens[first - 1][0].lower() in ("and", "but", "that", "when", "as", "because", "while", "who", "which"):
                break
            first -= 1
        return self._speaker(tokens[first][1], tokens[last][2], verb)

    def _speaker(self, start: int, end: int, at: int) -> str | None:
        """Return whom a phrase means: a name in its fullest form, a pronoun's person, else the phrase."""
        phrase = " ".join(self._text[start:end].split()).strip(" ,.")
        lower = phrase.lower()
        if not phrase:
            return None
        if " " not in phrase and lower in _list("pronouns_of_person") | _list("pronouns_of_thing") | _list(
            "pronouns_of_several"
        ):
            return self._resolved(lower, at)
        if lower in ("i", "we", "you", "who", "which", "that", "this", "there", "what"):
            return None
        inside = self._names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]
        for name in inside:
            before = self._text[start : name.start].split()
            if name.type == "PER" and not any(word.lower() in _list("others_of") for word in before):
                return name.name
        for name in inside:
            if not name.demonym and name.end >= end and self._text[start : name.start].strip().lower() in ("", "the"):
                return name.name
        phrase = _OPENING.sub("", phrase)
        comma = phrase.find(",")
        phrase = phrase[:comma] if comma > 0 else phrase
        return phrase if len(phrase) <= _LONGEST else None

    def _resolved(self, pronoun: str, at: int) -> str | None:
        """Return who a pronoun is: whoever spoke or was a sentence's subject last."""
        if pronoun in _list("pronouns_of_several"):
            return self._spoke[1] if self._spoke else None
        kinds = ("ORG", "LOC") if pronoun in _list("pronouns_of_thing") else ("PER",)
        told = self._subjects.last(kinds, at)
        spoke = self._spoke
        if spoke is not None and (spoke[1] in self._things) == (kinds == ("PER",)):
            spoke = None
        if spoke is None or (told is not None and told[0] > spoke[0]):
            return told[1] if told else None
        return spoke[1]

    def _goes_on(self, previous: Quoted, quoted: Quoted) -> bool:
        """Tell whether a quotation without attribution is of the speaker before it."""
        gap = self._text[previous.end : quoted.start]
        if previous.carries_on:
            return True
        if len(gap) > 2 * _REACH:
            return False
        opens_sentence = not gap.strip() or gap.rstrip()[-1:] in ".:,!?"
        if "\n" not in gap:
            return opens_sentence
        closes_paragraph = self._text[quoted.end : quoted.end + 2].strip(" ")[:1] in ("", "\n")
        return opens_sentence and closes_paragraph and len(gap.split()) <= _MOST_WORDS

    def _is_first_half(self, earlier: Quoted, later: Quoted) -> bool:
        """Tell `“We won.” “It was hard,” said Lee`: both quotations stand side by side."""
        return not self._text[earlier.end : later.start].strip(" ")
