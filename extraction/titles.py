"""A short statement made from a sentence, for lists and feeds, that can be read alone and later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extraction.lexicon import read, words
from extraction.page import tells
from schemas.when import Timex

LONGEST = 110
"""Code points of a title at most."""

_TABLE: dict[str, Any] = read("en", "titles")
_LEAST = 20  # code points that must stay when something is left out
_CUTS = (("strong", 40), ("weak", 40), ("phrases", 60))  # where a title is cut, and the least that stays before


def _any(entries: str) -> str:
    found = sorted((entry.replace("_", " ") for entry in entries.split()), key=len, reverse=True)
    return "|".join(map(re.escape, found))


_SAYING = rf"(?:{_any(_TABLE['attribution']['verbs'])})"
_TAIL = re.compile(
    rf"(?:,[\"”’]?|[\"”]) ?(?:according to [^,]{{1,80}}|(?:[^,\"“”]{{1,60}} )?{_SAYING}(?: [^,\"“”]{{1,60}})?"
    rf"|{_SAYING} [^\"“”]{{1,80}})[.\"”]*$"
)
_HEAD = re.compile(
    rf"^(?:According to [^,]{{2,60}}, |(?:{_any(_TABLE['attribution']['heads'])}) (?:said|say|reported|confirmed)"
    r"(?: on \w+day| \w+day)? (?:that )?(?=[A-Za-z]))",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    rf"^(?:{_any(_TABLE['connectives']['words'])})(?:, ?|(?<=but) |(?<=and) |(?<=so) |(?<=yet) )", re.I
)
_PRONOUN = re.compile(r"^(He|She|His|Her)(?= )(?! and )")
_OBJECTIVE = re.compile(r"^Her (?:said|told|was|is|has|had|will)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|We|we|my|My|our|Our)\b")
_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"))
_BULLET = re.compile(r"^(?:[•▪●‣*·–—-]|\d{1,2}\.)\s+")
_DEICTIC = re.compile(rf"\b(?:{_any(_TABLE['deictic']['words'])})\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([A-Za-z]+) $")
_VERB_BEHIND = re.compile(r" (?:is|was|will|would|has|had|marks|marked|saw|brought)\b")
# ", who left in May," and ", speaking slowly,"; "When the council met, "
_ASIDE = re.compile(
    r", (?:who|which|whose|speaking|including|[a-z]+ing|a|an|the) [^,]{4,90},(?= [a-z])(?! (?:and|or)\b)"
)
_INTRODUCTION = re.compile(
    r"^(?:When|After|Before|While|Although|Though|As|In|On|At|By|With|During|Since|Despite|Following|For|From|Under) "
    r"[^,“”\"]{3,80}, (?=[A-Z]|(?:the|a|an|his|her|its|their|he|she|it|they)\b)"
)
_DANGLING = re.compile(rf"(?: (?:{_any(_TABLE['cuts']['dangling'])}))+$", re.IGNORECASE)
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def title_of(
    sentence: str,
    at: int = 0,
    timexes: Sequence[Timex] = (),
    offset: int = 0,
    person: str | None = None,
    speaker: str | None = None,
) -> str:
    """Return a sentence as a short statement that can be read alone and on another day.

    `at` is where the statement's trigger stands in the sentence: of a long sentence the part with the trigger counts.
    `timexes` are those of the sentence, `offset` where it begins in their text: "yesterday" is left out, "since
    Monday" becomes "since 4 March 2024". `person` is whom a "he" or "she" at the head means, `speaker` whose words it
    is when it is a quotation. Attribution, connectives, bullets and lonely quotation marks go. What is still too long
    is cut at a clause, else at a word with an ellipsis.

    >>> title_of('The bridge was closed, police said.')
    'The bridge was closed'
    """
    return Titles(sentence, timexes, offset, person, speaker).at(at)


class Titles:
    """The titles of the statements of one sentence; the arguments are those of `title_of`."""

    def __init__(
        self,
        sentence: str,
        timexes: Sequence[Timex] = (),
        offset: int = 0,
        person: str | None = None,
        speaker: str | None = None,
    ) -> None:
        """Take what all statements of the sentence share."""
        self._sentence, self._timexes, self._offset = sentence, timexes, offset
        self._person, self._speaker = person, speaker
        self._worded: dict[tuple[int, int], tuple[str, bool]] = {}

    def at(self, offset: int) -> str:
        """Return the title of the statement whose trigger stands at an offset of the sentence."""
        sentence, speaker = self._sentence, self._speaker
        part = _part(sentence, offset)
        worded = self._worded.get(part)
        if worded is None:
            worded = self._worded[part] = self._wording(*part)
        title, quoted = worded
        trigger = sentence[offset : offset + 4]
        if quoted and speaker and len(speaker) < LONGEST // 2 and _FIRST_PERSON.search(title):
            return f"{speaker}: “{_fitting(title, trigger, LONGEST - len(speaker) - 4)}”"
        return _fitting(title, trigger, LONGEST) or sentence[:LONGEST].strip()

    def _wording(self, start: int, end: int) -> tuple[str, bool]:
        """Return a part of the sentence in words that stand alone, at any length, and whether it is a quotation."""
        title = " ".join(_dated(self._sentence, start, end, self._timexes, self._offset).split())
        title = _BULLET.sub("", title)
        title = _shorter(title, _TAIL.sub("", title), least=10, fewest=2)
        quoted = title[:1] in '"“«„'
        title = _shorter(title, _HEAD.sub("", title))
        title = _shorter(title, _CONNECTIVE.sub("", title), least=4, fewest=2)
        title = _named(title[:1].upper() + title[1:], self._person)
        title = _unquoted(title).strip().lstrip(",;: ").rstrip(".,;: ").strip()
        return title[:1].upper() + title[1:], quoted


def _shorter(title: str, rest: str, least: int = _LEAST, fewest: int = 3) -> str:
    """Return what is left of a title if it still says something: `least` code points and `fewest` words."""
    return rest if rest == title or (len(rest) >= least and len(rest.split()) >= fewest) else title


@cache
def _independent() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _TABLE["cuts"]["independent"])))


def _part(sentence: str, at: int) -> tuple[int, int]:
    """Return the part of a long sentence that a trigger stands in: one that has its own subject."""
    if len(sentence) <= LONGEST:
        return 0, len(sentence)
    start = 0
    for cut in _independent().finditer(sentence):
        if cut.start() < _LEAST:
            continue
        if at < cut.end():
            return start, cut.start() if start else len(sentence)
        if not _has_subject(sentence[cut.end() :]):
            break
        start = cut.end()
    return start, len(sentence)


def _has_subject(part: str) -> bool:
    """Tell whether a part is a clause: "Russia claimed", "the mayor resigned", not "injuring ten", "a quiet town"."""
    first = part.split(" ", 1)[0]
    return (first[:1].isupper() or first in words("nouns.articles")) and tells(part)


def _dated(sentence: str, start: int, end: int, timexes: Sequence[Timex], offset: int) -> str:
    """Return a part of a sentence without the days that depend on when it is read."""
    written = sentence[start:end]
    for timex in reversed(timexes):
        first, last = timex.start - offset - start, timex.end - offset - start
        if 0 <= first < last <= len(written) and _is_deictic(written[first:last], timex):
            written = _without(written, first, last, timex)
    return written


def _is_deictic(words_of_it: str, timex: Timex) -> bool:
    if timex.type not in ("DATE", "TIME") or any(letter.isdigit() for letter in words_of_it):
        return False
    return _DEICTIC.search(words_of_it) is not None


def _without(written: str, first: int, last: int, timex: Timex) -> str:
    """Leave an expression out, with the preposition that goes with it; or tell its date."""
    before = _WORD_BEFORE.search(written[:first])
    governor = before.group(1).lower() if before else ""
    day = _date_of(timex, past=governor == "since")
    head, tail = written[:first], written[last:]
    if tail[:2] in ("'s", "’s"):  # "Monday's attack"
        known = governor in words("nouns.determiners")
        return head + ("" if known else "the") + tail[3 if known else 2 :]
    if governor in _TABLE["deictic"]["bound_by"].split() or governor in words("verbs.be"):
        return head + day + tail if day else written
    if tail.startswith(" that ") or governor in _TABLE["deictic"]["named"].split():
        return written  # "now that", "Super Tuesday"
    if not head.strip(' "“') and _VERB_BEHIND.match(tail):
        return head + day + tail if day else written
    if governor in words("nouns.articles"):
        return head + tail.lstrip() if tail[:1] == " " else written
    while before and before.group(1).lower() in _TABLE["deictic"]["carried"].split():
        head = head[: before.start()]
        before = _WORD_BEFORE.search(head)
    if not head.strip(' "“'):
        return head + tail.lstrip(", ")
    return head.rstrip() + (tail if tail[:1] in (" ", ",", ".", ";", "") else " " + tail)


def _date_of(timex: Timex, past: bool) -> str:
    """Return a resolved day, month or year in words, "4 March 2024"; empty for others.

    Where the tagger leaves two readings, the first is the past one.
    """
    value = _VALUE.fullmatch(timex.value)
    if value is None or (timex.when is not None and timex.when.alternatives and not past):
        return ""
    year, month, day = value.groups()
    if month is None:
        return str(year)
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def _named(title: str, person: str | None) -> str:
    """Put a person's name for the "he" or "she" at the head of a title."""
    match = _PRONOUN.match(title)
    if person is None or match is None or _OBJECTIVE.match(title):
        return title
    possessive = match.group(1) in ("His", "Her")
    return person + ("’s" if possessive else "") + title[match.end() :]


def _fitting(title: str, trigger: str, longest: int) -> str:
    """Return a title no longer than `longest`: without what stands aside, then cut at a clause, then at a word.

    `trigger` is the beginning of the word that must not be left out with an aside or an introduction.
    """
    for pattern in (_ASIDE, _INTRODUCTION):
        match = pattern.search(title) if len(title) > longest else None
        if match and trigger not in match.group():
            title = title[: match.start()] + title[match.end() :]
            title = title[:1].upper() + title[1:]
    if len(title) <= longest:
        return title
    for kind, least in _CUTS:
        place = max(title.rfind(cut, least, longest + 1) for cut in _TABLE["cuts"][kind])
        if place > 0:
            return _DANGLING.sub("", _unquoted(title[:place]).rstrip(",;:—– ")).rstrip(",;:—– ")
    place = title.rfind(" ", longest // 2, longest - 1)
    return _unquoted(title[: place if place > 0 else longest - 1]).rstrip(",;:—– ") + "…"


def _unquoted(title: str) -> str:
    """Drop a quotation mark without its partner, and a pair around the whole."""
    if "„" in title:  # whose closing mark is the opening one of other languages
        return title if title.count("„") == title.count("“") + title.count("”") else title.replace("„", "")
    for opening, closing in _PAIRS:
        if title.startswith(opening) and title.endswith(closing) and len(title) > 2:
            inner = title[1:-1]
            if opening not in inner and closing not in inner:
                return inner
        odd = title.count(opening) != title.count(closing) if opening != closing else title.count(opening) % 2 == 1
        if odd:
            title = title.replace(opening, "").replace(closing, "")
    return title
