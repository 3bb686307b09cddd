"""The prose of a page: its sentences without captions, headings, lists of links, and furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from extraction.junk import heads_list, is_junk, telling
from extraction.lexicon import read, words
from extraction.lexicon.inflection import GERUND, PARTICIPLE, PAST, PRESENT
from extraction.lexicon.triggers import table
from extraction.sentences import Span

# A credit before prose: "(Photo: Ann Lee) The mill burned."
_CREDIT = re.compile(
    r"(?:\((?:(?:file |ap |afp |epa )?photo|image|picture|credit|video|graphic)\b[^()\n]{0,80}\)\s*)+", re.IGNORECASE
)
# A credit behind a caption: "The mill on Monday. (Ann Lee/Pool via AP)", "… REUTERS/Tom Roe"
_AGENCY = r"(?:ap|afp|reuters|epa|getty|pool|file|dpa|shutterstock)"
_CAPTION = re.compile(
    rf"(?:\([^()\n]{{0,60}}(?:\b(?:photo|(?-i:Images)|photograph)\b|/{_AGENCY}\b|\bvia {_AGENCY})[^()\n]{{0,60}}\)"
    r"|\b(?:REUTERS|AP Photo|EPA|AFP|Getty Images)/[\w .]{3,40}|\bGetty Images)\W*$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 400
_LONGEST_LINK = 110
_MOST_IN_HEADING = 8
_HEADLINES = 2  # the first lines are the headline, perhaps below the name of the site
_MENU = 5  # lines of up to four words in a row, without a verb or a stop: a menu or a list of topics
_MENU_WORDS = 4
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# "Mayor gets award", "Firm updates customers": a word in -s before a noun phrase may be a verb that no table has
_DEED = re.compile(r"\w [a-z]{2,}[^\Wsu]s (?!(?:and|or|of|for|in|on|at|to|from|with|by|vs)\b)\w")
_STOP = re.compile(r"[.!?…:;。！？؟]\s?['\"”’»)\]]*$")
_CONTRACTED = re.compile(
    r"\b(?:[A-Za-z]+['’](?:m|re|ve|ll|d)|\w+n['’]t|(?:it|he|she|that|there|what|who)['’]s)\b", re.IGNORECASE
)
_VERB = PAST | PARTICIPLE | PRESENT | GERUND
_SPOKEN = ("be", "have", "had", "do", "future", "modal")


def prose(text: str, sentences: list[Span], language: str | None) -> list[Span]:
    """Return those of a text's sentences that are prose, in order, without a credit at their head.

    What stands on a line of its own is judged by the line: a caption by the credit behind it, a heading by having no
    verb, links by the heading above them or by being many. The first two lines are the article's own headline.
    Headings are known in English alone, whose verbs we know.
    """
    kept: list[Span] = []
    lines = _Lines(text, language)
    for span in sentences:
        credit = _CREDIT.match(text, span.start, span.end)
        start = credit.end() if credit else span.start
        if start >= span.end or is_junk(text[start : span.end]) or lines.is_furniture(span):
            continue
        kept.append(Span(start, span.end))
    return kept


class _Lines:
    """The lines of a text, judged once each."""

    def __init__(self, text: str, language: str | None) -> None:
        self._verbs_known = language == "en"
        self._starts = [0]
        self._furniture: list[bool] = []
        lines = text.splitlines(keepends=True)
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line))
        self._judge([line.strip() for line in lines])

    def is_furniture(self, span: Span) -> bool:
        """Tell whether the line that a sentence begins on is furniture."""
        return self._furniture[bisect_right(self._starts, span.start) - 1]

    def _judge(self, lines: list[str]) -> None:
        listed = False
        short: list[int] = []
        told = 0  # lines with text so far
        for number, line in enumerate(lines):
            if not line:
                self._furniture.append(False)
                continue
            plain = not _STOP.search(line)
            words_in_line = len(line.split()) if len(line) <= _LONGEST_LINK else _LONGEST_LINK
            link = plain and len(line) <= _LONGEST_LINK
            heads = len(line) <= _LONGEST_LINK and heads_list(line)
            listed = heads or (listed and link)
            bare = self._verbs_known and plain and words_in_line <= _MOST_IN_HEADING and not tells(line)
            heading = bare and told >= _HEADLINES and not _DIGIT.search(line)
            caption = len(line) <= _LONGEST_CAPTION and _is_credited(line)
            self._furniture.append(listed or heading or caption)
            if bare and words_in_line <= _MENU_WORDS:
                short.append(number)
            elif short:
                self._close_menu(short)
                short = []
            told += 1
        self._close_menu(short)

    def _close_menu(self, short: list[int]) -> None:
        if len(short) >= _MENU:
            for number in short:
                self._furniture[number] = True


def _is_credited(line: str) -> bool:
    """Tell whether a line ends in the credit of a picture."""
    return (line[-1] == ")" or "/" in line or "mages" in line) and _CAPTION.search(line) is not None


def tells(line: str) -> bool:
    """Tell whether a line has a verb, or a number of people hurt, and so states something."""
    if _DEED.search(line) or _CONTRACTED.search(line):
        return True
    for word in _WORD.findall(line.lower().replace("’", "'")):
        if word.endswith("ed") or word in _past_forms() or word in telling():
            return True
        if any(word in words(f"verbs.{kind}") for kind in _SPOKEN) or word in words("reporting.verbs"):
            return True
        if any(entry.bits & _VERB for entry in table("en").get(word, ())):
            return True
    return False


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(form for forms in read("en", "irregular").values() for form in forms.split())
