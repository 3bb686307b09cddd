"""From an article to its mentions: the dated statements, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from extraction import dispatch, names, quantities
from extraction.asides import aside_of
from extraction.attribution import source_of
from extraction.category import Guess, guess
from extraction.distinct import Statement
from extraction.language import language_of
from extraction.lexicon.inflection import PRESENT
from extraction.lexicon.triggers import Entry
from extraction.page import prose
from extraction.participants import actors_of, owned_by, places_of
from extraction.quotes import Quotes
from extraction.ranges import join_ranges
from extraction.sense import sense_of
from extraction.sentences import Span, joined, split
from extraction.speakers import read_quotes
from extraction.statements import Told, tell
from extraction.story import Story
from extraction.subjects import Subjects
from extraction.timex import tag
from extraction.titles import Titles, title_of
from lexis.gist import gist_of
from schemas.article import Article
from schemas.civil import DateError, parse_moment
from schemas.mention import Mention
from schemas.record import stable_id
from schemas.vocabulary import Category, Modality
from schemas.when import Timex

EXTRACTOR = "dateline-rules/2"
"""Name and version of what this module extracts; it changes when the same article would give other mentions."""

_UNKNOWN_LANGUAGE = 0.5  # factor on the confidence where no word list supports a statement
_DOUBT: dict[Modality, float] = {
    "asserted": 1.0, "reported": 0.95, "planned": 0.9, "conditional": 0.7, "denied": 0.8,
}  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What is known of an article while its sentences are made into mentions."""

    article: Article
    language: str | None
    timexes: list[Timex]
    timex_starts: list[int]
    dateline: dispatch.Dateline | None
    quotes: Quotes
    subjects: Subjects
    names: list[names.Name]
    seen: dict[str, int]
    gist: tuple[str, ...]
    about: Guess | None


def extract(article: Article) -> list[Mention]:
    """Return the mentions of an article in the order of its text.

    The same article always gives the same mentions with the same ids. A text without events gives none; no text
    raises.
    """
    text = article.text
    dateline = dispatch.read_dateline(text)
    story, timexes = _dated(article, dateline)
    sentences = joined(split(text), [(timex.start, timex.end) for timex in timexes])
    found = names.find_names(text, frozenset(span.start for span in sentences), article.country)
    quotes = read_quotes(text, sentences, found)
    language = language_of(article.language, text)
    starts = [timex.start for timex in timexes]
    subjects = Subjects(sentences, found, quotes)
    gist, about = gist_of(article.title, text), guess(text, language)
    reading = _Reading(article, language, timexes, starts, dateline, quotes, subjects, found, {}, gist, about)
    mentions: list[Mention] = []
    for told in tell(text, _telling(reading, sentences), timexes, quotes.spans, language, story):
        mentions.extend(_of_sentence(reading, told, lead=not mentions))
    return mentions


def _telling(reading: _Reading, sentences: list[Span]) -> list[Span]:
    """Return the sentences of the article's prose, without its dateline."""
    text, dateline = reading.article.text, reading.dateline
    kept = []
    for span in prose(text, sentences, reading.language):
        if dateline is not None and span.start < dateline.end and span.end > dateline.start:
            span = _behind(text, span, dateline.end)
        if span.start < span.end:
            kept.append(span)
    return kept


def _dated(article: Article, dateline: dispatch.Dateline | None) -> tuple[Story, list[Timex]]:
    """Return the publication day, of the dateline where the article has none, and the temporal expressions."""
    published = article.published_at
    story, timexes = Story(_day(published)), _tag(article, published)
    if published is None and dateline is not None and dateline.day_start >= 0:
        given = _dateline_day(dateline, timexes)
        if given is not None:
            return Story(_day(given), "dateline"), [_anchored_by_dateline(timex) for timex in _tag(article, given)]
    return story, timexes


def _tag(article: Article, published: str | None) -> list[Timex]:
    found = tag(article.text, published_at=published, language=article.language, country=article.country)
    return join_ranges(article.text, sorted(found, key=lambda timex: (timex.start, -timex.end)))


def _anchored_by_dateline(timex: Timex) -> Timex:
    when = timex.when
    if when is None or when.anchor != "publication_date":
        return timex
    return timex.model_copy(update={"when": when.model_copy(update={"anchor": "dateline"})})


def _day(published: str | None) -> int | None:
    """Return the day number of a publication instant in its own zone, None when there is none."""
    if published is None:
        return None
    try:
        return parse_moment(published).day
    except DateError:
        return None


def _dateline_day(dateline: dispatch.Dateline, timexes: list[Timex]) -> str | None:
    """Return the full date that a dateline gives, if it gives one."""
    for timex in timexes:
        if dateline.day_start <= timex.start < dateline.day_end and timex.when is not None:
            return timex.when.start if timex.when.granularity == "day" else None
    return None


def _behind(text: str, span: Span, offset: int) -> Span:
    """Return the rest of a sentence behind a dateline."""
    start = max(span.start, offset)
    while start < span.end and text[start].isspace():
        start += 1
    return Span(start, span.end)


def _of_sentence(reading: _Reading, told: Told, *, lead: bool) -> list[Mention]:
    article, span = reading.article, told.span
    sentence = article.text[span.start : span.end]
    key = " ".join(sentence.split())
    ordinal = reading.seen.get(key, 0)
    reading.seen[key] = ordinal + 1
    of_sentence = _OfSentence(
        told,
        sentence,
        (key, str(ordinal)),
        reading.timexes[bisect_left(reading.timex_starts, span.start) : bisect_left(reading.timex_starts, span.end)],
        quantities.find(article.text, span.start, span.end),
        names.between(reading.names, span.start, span.end),
        guess(sentence, reading.language),
        reading.dateline if lead and reading.dateline is not None and reading.dateline.place else None,
    )
    people = [name for name in of_sentence.names if name.type == "PER"]
    return [
        _mention(reading, of_sentence, statement)
        for statement in told.statements
        if not any(_is_of_name(statement, name) for name in people)
    ]


def _is_of_name(statement: Statement, name: names.Name) -> bool:
    """Tell whether a trigger is part of a person's name, as in "Tom Reed", not in the headline "Lee Visits Reed"."""
    trigger = statement.trigger
    if not name.start <= trigger.start < name.end:
        return False
    within = name.start < trigger.start and trigger.end < name.end
    return not (within and not trigger.noun and bool(trigger.entry.bits & PRESENT))


@dataclass(slots=True)
class _OfSentence:
    """What all mentions of a sentence share."""

    told: Told
    sentence: str
    key: tuple[str, str]
    timexes: list[Timex]
    numbers: list[quantities.Found]
    names: list[names.Name]
    about: Guess | None
    dateline: dispatch.Dateline | None
    senses: dict[Entry, tuple[Category | None, str | None]] = field(default_factory=dict)
    titles: dict[str | None, Titles] = field(default_factory=dict)  # by whose words the trigger is in


def _mention(reading: _Reading, shared: _OfSentence, statement: Statement) -> Mention:
    article, told, here = reading.article, shared.told, shared.names
    span, words = told.span, told.words
    trigger, modality, when = statement.trigger, statement.modality, statement.dated.when
    doubt = _DOUBT[modality] * (1.0 if reading.language else _UNKNOWN_LANGUAGE)
    together = statement.triggers
    others = [other for other in told.triggers if other not in together]
    word = article.text[trigger.start : trigger.end]
    category, finer = _sense(reading, shared, statement)
    # with its interval: another date is another bucket, so another mention, never one that has moved
    identity = (*shared.key, word, str(trigger.start - span.start), f"{when.start}/{when.end}/{when.value}")
    return Mention(
        article_id=article.article_id,
        mention_id=stable_id("m", article.article_id, *identity),
        sentence=shared.sentence,
        start=trigger.start,
        end=trigger.end,
        sentence_start=span.start,
        sentence_end=span.end,
        when=when,
        category=category,
        type=finer,
        actors=actors_of(words, trigger, here) if here else (),
        places=places_of(words, together, others, here, shared.dateline),
        quantities=owned_by(words, statement, told.triggers, shared.numbers) if shared.numbers else (),
        modality=modality,
        reported_by=_source(reading, told, statement, here),
        quotes=reading.quotes.between(span.start, span.end),
        confidence=round(statement.dated.confidence * doubt, 3),
        extractor=EXTRACTOR,
        title=_title(reading, shared, statement),
        source=article.source,
        url=article.url,
        published_at=article.published_at,
        language=article.language or reading.language,
        gist=reading.gist,
    )


def _sense(reading: _Reading, shared: _OfSentence, statement: Statement) -> tuple[Category | None, str | None]:
    """Return category and type of the event that a statement tells: all triggers of one event have the same."""
    entry = (statement.leader or statement).trigger.entry
    if statement.category != entry.category or statement.type != entry.type:
        entry = replace(entry, category=statement.category, type=statement.type)
    if entry not in shared.senses:
        shared.senses[entry] = sense_of(entry, shared.about, reading.about)
    return shared.senses[entry]


def _source(reading: _Reading, told: Told, statement: Statement, here: list[names.Name]) -> str | None:
    """Return who says so: the source of the sentence's attribution, else the speaker of the quotation it stands in."""
    if statement.modality != "reported":
        return None
    source = source_of(told.words, statement.trigger, here)
    return source or reading.quotes.speaker_at(statement.trigger.start)


def _title(reading: _Reading, shared: _OfSentence, statement: Statement) -> str:
    aside = aside_of(reading.article.text, shared.told.words, statement.trigger)
    if aside is not None:
        return title_of(aside)
    start, at = shared.told.span.start, statement.trigger.start
    speaker = reading.quotes.speaker_at(at) or reading.quotes.speaker_at(start)
    titles = shared.titles.get(speaker)
    if titles is None:
        person = reading.subjects.meant(start)
        titles = shared.titles[speaker] = Titles(shared.sentence, shared.timexes, start, person, speaker)
    return titles.at(at - start)
