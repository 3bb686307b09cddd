"""Sentences of a page that are no prose: comment boxes, share bars, credits, navigation, tables, code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.lexicon import read, words
from extraction.lexicon.triggers import table

_LONGEST_JUNK = 300  # code points; sign-offs that name many reporters may be twice as long
_FIRST_WORDS = 6
_WORD = re.compile(r"@(?=\w)|©|\(c\)|[^\W_]+(?:['’-][^\W_]+)*")
_HEAD = 60  # code points that hold the longest phrase
_NUMBER = re.compile(r"\d+")
_THREE_LETTERS = re.compile(r"[^\W\d_][^a-zA-Z]*?[^\W\d_].*?[^\W\d_]", re.DOTALL)
_THREE_NUMBERS = re.compile(r"\d\D+\d+\D+\d")
_SEPARATORS = re.compile(r"\s[|•·»›]\s")
_CELLS = re.compile(r"\t|\|")
_LINK = re.compile(r"\W*(?:https?://\S+|www\.\S+|pic\.twitter\.com\S+)\W*")
_HANDLE = re.compile(r"[—–-]+ ?[^.!?]{1,60}\(@\w+\)(?:\W+\w+){0,4}\W*")
_CAPTION = re.compile(
    r"FILE (?:[-–—]|PHOTO)|In this [^.!?]{0,60}\bphoto\b|\(L(?:eft|-R|\))|[Pp]ictured(?: left| right)?:"
)
_CODE = re.compile(r"[{}<>=;\\]|\(\)|::|->|\w\(['\"\w]*\)|^(?:import|def|class|function|var|const|let|return) |\$\w|//")
_DAYS = (
    "Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|Jan(?:uary)?"
    "|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    "|Dec(?:ember)?|The|An?|All|This|Then|Now"
)
_CAPITAL = r"[^\W\d_a-z][\w.'’-]*"
_BYLINE = re.compile(
    rf"\W*(?:By|BY|by|From|FROM|Words by|Text by):? (?!(?:{_DAYS})\b){_CAPITAL}"
    rf"(?:[ ,&|]+(?:{_CAPITAL}|and|in|at|of|for|de|van|von|da|bin|al|the|\S+@\S+)){{0,14}}\W*"
)
_STOPS = ".!?"
_CLOSING = "\"'”’)] "
_SHOUTED = 60
_MOST_SHOUTED_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Group:
    """What must hold of a sentence that begins with a phrase; see the head of `page.toml`."""

    words: int
    stop: bool
    colon: bool
    needs_colon: bool
    dated: bool
    names: bool
    words_if_stopped: int
    lists: bool


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], _Group], ...]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Group]]] = {}
    for group in read("en", "page")["group"]:
        rule = _Group(
            group["words"],
            group.get("stop", False),
            group.get("colon", False),
            group.get("needs_colon", False),
            group.get("dated", False),
            group.get("names", False),
            group.get("words_if_stopped", group["words"]),
            group.get("lists", False),
        )
        for phrase in group["phrases"]:
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, rule))
    return {word: tuple(sorted(rules, key=lambda rule: -len(rule[0]))) for word, rules in found.items()}


@cache
def _bars() -> frozenset[str]:
    return frozenset(read("en", "page")["bars"]["words"].split())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(read("en", "page")["lines"]["endings"])


@cache
def telling() -> frozenset[str]:
    """Return the words that state something without a verb: "12 dead in Arden"."""
    return frozenset(read("en", "page")["tells"]["words"].split())


def _first_words(sentence: str) -> tuple[str, ...]:
    head = _WORD.findall(sentence[:_HEAD].lower().replace("’", "'"))
    if head and head[0] == "lrb":  # a bracket in tokenised text
        head = head[1:]
    return tuple("#" if word.isdigit() else word for word in head[:_FIRST_WORDS])


def is_junk(sentence: str) -> bool:
    """Tell whether a sentence is furniture of the page and so tells of no event.

    What begins like furniture but goes on like prose is prose: "Related companies were fined."
    """
    if len(sentence) > 2 * _LONGEST_JUNK:
        return False
    if not _THREE_LETTERS.search(sentence):
        return True
    stopped = sentence.rstrip(_CLOSING)[-1:] in _STOPS
    first = _first_words(sentence)
    if first and any(_fits(sentence, first, *rule, stopped) for rule in _phrases().get(first[0], ())):
        return True
    if sentence.rstrip(_STOPS + _CLOSING).endswith(_endings()):
        return True
    if len(sentence) > _LONGEST_JUNK:
        return False
    if _is_bar(sentence, stopped):
        return True
    if first and first[0] in _bars() and all(word in _bars() for word in _WORD.findall(sentence.lower())):
        return True
    if (
        _LINK.fullmatch(sentence)
        or _CAPTION.match(sentence)
        or _HANDLE.fullmatch(sentence)
        or (not stopped and _BYLINE.fullmatch(sentence))
    ):
        return True
    return _is_shouted(sentence, stopped) or _is_table(sentence) or _is_code(sentence, stopped)


def heads_list(line: str) -> bool:
    """Tell a heading of a list of links to other articles: "Related stories", "More from Sport:"."""
    first = _first_words(line)
    if not first or len(_WORD.findall(line)) > _FIRST_WORDS:
        return False
    rules = _phrases().get(first[0], ())
    return any(rule.lists and _fits(line, first, phrase, rule, line[-1:] in _STOPS) for phrase, rule in rules)


def _fits(sentence: str, first: tuple[str, ...], phrase: tuple[str, ...], rule: _Group, stopped: bool) -> bool:
    """Tell whether a sentence begins with a phrase and what follows is as its group demands."""
    if first[: len(phrase)] != phrase:
        return False
    colon = sentence.find(":", 0, 80)
    labelled = colon >= 0 and len(_first_words(sentence[:colon])) == len(phrase)
    if rule.needs_colon and not labelled:
        return False
    if rule.dated and ((stopped and not labelled) or not (labelled or _NUMBER.search(sentence))):
        return False
    if rule.names and not _names_follow(sentence, phrase):
        return False
    if stopped and not rule.stop and not (rule.colon and labelled):
        return False
    most = min(rule.words, rule.words_if_stopped) if stopped else rule.words
    return len(_WORD.findall(sentence)) - len(phrase) <= most


def _names_follow(sentence: str, phrase: tuple[str, ...]) -> bool:
    """Tell "Reporting by Ann Lee" from "Reporting by the Post has shown"."""
    following = [word for word in _WORD.findall(sentence) if word not in ("LRB", "RRB")][len(phrase) :]
    if not following or not following[0][0].isupper():
        return False
    return not any(word in words(f"verbs.{kind}") for kind in ("be", "have", "had", "modal") for word in following)


def _is_bar(sentence: str, stopped: bool) -> bool:
    """Tell "Home | News | Sport" and a row of a table from prose with a list in it."""
    separators = len(_SEPARATORS.findall(sentence))
    if separators >= 2 and len(sentence.split()) <= 6 * (separators + 1):
        return True
    return not stopped and len(_CELLS.findall(sentence)) >= 2


def _is_shouted(sentence: str, stopped: bool) -> bool:
    """Tell a short line in capitals that no verb makes a headline: "FACEBOOK COMMENTS", "LATEST NEWS"."""
    return (
        len(sentence) <= _SHOUTED
        and sentence.isupper()
        and not stopped
        and len(sentence.split()) <= _MOST_SHOUTED_WORDS
    )


def _is_table(sentence: str) -> bool:
    """Tell a row of numbers: at least half of its words, three of them, and no word that announces an event."""
    if not _THREE_NUMBERS.search(sentence):
        return False
    parts = sentence.lower().split()
    numbers = sum(part[0].isdigit() or part[-1].isdigit() for part in parts)
    if numbers < 3 or 2 * numbers < len(parts):
        return False
    return not any(part.strip(".,:;") in table("en") or part.strip(".,:;") in telling() for part in parts)


def _is_code(sentence: str, stopped: bool) -> bool:
    """Tell program text by its punctuation: one mark for every four words, and three at least."""
    marks = 0 if stopped else len(_CODE.findall(sentence))
    return marks >= 3 and 4 * marks >= len(sentence.split())
