"""From an article to the days that it names, without reading its events."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter

from extraction import milestones
from extraction.junk import is_junk
from extraction.language import language_of
from extraction.sentences import Span, split
from extraction.timex import tag
from schemas.article import Article
from schemas.civil import parse_moment
from schemas.dated_article import DatedArticle, NamedDay
from schemas.when import Timex

_WITHIN_A_DAY = frozenset({"second", "minute", "hour", "part_of_day", "day"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORD_OR_NUMBER = re.compile(r"\w+")


def read_days(article: Article) -> DatedArticle:
    """Return the days that an article names, sentence by sentence, and the words that tell what it is about.

    A day is named by an expression of a day or finer ("on Friday", "12 May", "last night"). Three kinds of expression
    name none: a clock time alone ("at 10:04"), for it says nothing of the day; the full date of the publication day
    ("LONDON, July 12 -"), which is a stamp, since news calls that day by its weekday or "today"; and what stays
    unresolved without a publication date. No text raises.
    """
    text = article.text
    published = parse_moment(article.published_at).day if article.published_at else None
    sentences = split(text)
    starts = [span.start for span in sentences]
    timexes = tag(text, published_at=article.published_at, language=article.language, country=article.country)
    calendar = frozenset(word for timex in timexes for word in _WORD.findall(timex.text))
    table = milestones.table(language_of(article.language, text))
    names: dict[int, frozenset[str]] = {-1: frozenset()}
    found: dict[tuple[int, int], NamedDay] = {}
    for timex in timexes:
        day = _day(timex, published)
        index = bisect_right(starts, timex.start) - 1
        if day is None or (index, day) in found:
            continue
        sentence = _text(text, sentences[index])
        if is_junk(sentence):
            continue
        for number in (index - 1, index):
            if number not in names:
                words = _WORD.findall(_text(text, sentences[number]))
                names[number] = frozenset(filter(_capitalised, words)) - calendar
        around = names[index] | names[index - 1]
        found[index, day] = NamedDay(day, *sentences[index], around, table.count(sentence), _digest(sentence))
    counted = Counter(_WORD.findall(f"{article.title or ''} {text}"))
    return DatedArticle(
        article.article_id,
        published,
        {word: times for word, times in counted.items() if _capitalised(word) and word not in calendar},
        {word: times for word, times in counted.items() if word[0].islower()},
        tuple(found.values()),
    )


def _capitalised(word: str) -> bool:
    """Tell whether a word may be a name; all capitals are an outlet or a heading more often than a subject."""
    return word[0].isupper() and not word.isupper()


def _digest(sentence: str) -> int:
    """Hash the words of a sentence, whatever their case and what stands between them."""
    words = " ".join(_WORD_OR_NUMBER.findall(sentence.lower()))
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _text(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _day(timex: Timex, published: int | None) -> int | None:
    """Return the day number that an expression names, None when it names no day or only stamps the article."""
    when = timex.when
    if when is None or when.start is None or when.granularity not in _WITHIN_A_DAY:
        return None
    kind, _, name = when.rule.partition(".")[2].partition(".")
    if kind == "time" and name.startswith("clock"):
        return None
    day = parse_moment(when.start).day
    stamp = day == published and (kind == "date" or when.anchor == "explicit")
    return None if stamp else day
