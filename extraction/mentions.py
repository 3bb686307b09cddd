"""From an article to its mentions: the dated statements, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extraction import dating, dispatch, names, quantities
from extraction.attachment import dated
from extraction.category import Guess, guess
from extraction.clauses import Sentence, analyse
from extraction.distinct import Statement, distinct, without_references
from extraction.language import language_of
from extraction.modality import is_attribution, modality_of
from extraction.page import prose
from extraction.participants import actors_of, owned_by, places_of
from extraction.quotes import Quotes
from extraction.ranges import join_ranges
from extraction.sense import sense_of
from extraction.sentences import Span, joined, split
from extraction.speakers import read_quotes
from extraction.subjects import Subjects
from extraction.timex import tag
from extraction.titles import title_of
from extraction.triggers import Trigger, find, find_undated, undeclared
from schemas.article import Article
from schemas.civil import DateError, parse_moment
from schemas.mention import Mention
from schemas.record import stable_id
from schemas.vocabulary import Modality
from schemas.when import Timex

EXTRACTOR = "dateline-rules/1"
"""Name and version of what this module extracts; it changes when the same article would give other mentions."""

_UNKNOWN_LANGUAGE = 0.5  # factor on the confidence where no word list supports a statement
_MOST_IN_SENTENCE = 16  # more triggers or dates than this are a list or noise, and cost the square of their number
_DOUBT: dict[Modality, float] = {
    "asserted": 1.0, "reported": 0.95, "planned": 0.9, "conditional": 0.7, "denied": 0.8,
}  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What is known of an article while its sentences are read."""

    article: Article
    sentences: list[Span]
    language: str | None
    timexes: list[Timex]
    timex_starts: list[int]
    dateline: dispatch.Dateline | None
    quotes: Quotes
    subjects: Subjects
    names: list[names.Name]
    context: dating.Context
    seen: dict[str, int]
    about: Guess | None


def extract(article: Article) -> list[Mention]:
    """Return the mentions of an article in the order of its text.

    The same article always gives the same mentions with the same ids. A text without events gives none; no text
    raises.
    """
    reading = _read(article)
    mentions: list[Mention] = []
    lead = True
    for number, span in enumerate(prose(article.text, reading.sentences, reading.language)):
        reading.context.sentence = number
        if reading.dateline is not None and span.start < reading.dateline.end and span.end > reading.dateline.start:
            span = _behind(article.text, span, reading.dateline.end)
            if span.start >= span.end:
                continue
        sentence = article.text[span.start : span.end]
        mentions.extend(_of_sentence(reading, span, sentence, lead))
        lead = lead and not mentions
    return mentions


def _read(article: Article) -> _Reading:
    text = article.text
    dateline = dispatch.read_dateline(text)
    published = article.published_at
    context = dating.Context(_day(published))
    timexes = _tag(article, published)
    if published is None and dateline is not None and dateline.day_start >= 0:
        given = _dateline_day(dateline, timexes)
        if given is not None:
            context = dating.Context(_day(given), "dateline")
            timexes = [_anchored_by_dateline(timex) for timex in _tag(article, given)]
    sentences = joined(split(text), [(timex.start, timex.end) for timex in timexes])
    found = names.find_names(text, frozenset(span.start for span in sentences), article.country)
    quotes = read_quotes(text, sentences, found)
    language = language_of(article.language, text)
    return _Reading(
        article,
        sentences,
        language,
        timexes,
        [t.start for t in timexes],
        dateline,
        quotes,
        Subjects(sentences, found, quotes),
        found,
        context,
        {},
        guess(text, language),
    )


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


def _of_sentence(reading: _Reading, span: Span, sentence: str, lead: bool) -> list[Mention]:
    first = bisect_left(reading.timex_starts, span.start)
    last = bisect_left(reading.timex_starts, span.end)
    timexes = reading.timexes[first:last]
    words = analyse(reading.article.text, span, frozenset(t.start for t in timexes))
    timexes = timexes[: _MOST_IN_SENTENCE * 2]
    triggers = _triggers(reading, words, timexes)
    if not triggers:
        return []
    key = " ".join(sentence.split())
    ordinal = reading.seen.get(key, 0)
    reading.seen[key] = ordinal + 1
    found = quantities.find(reading.article.text, span.start, span.end)
    quotes = reading.quotes.between(span.start, span.end)
    about = guess(sentence, reading.language)
    here = names.between(reading.names, span.start, span.end)
    person, speaker = reading.subjects.meant(span.start), reading.quotes.speaker_at(span.start)
    written_in = reading.dateline if lead and reading.dateline is not None and reading.dateline.place else None
    statements = []
    for trigger in triggers:
        modality = modality_of(words, trigger, reading.quotes.spans)
        dated = dating.date(words, trigger, triggers, timexes, modality, reading.context)
        statements.append(Statement(trigger, dated, modality))
    statements = without_references(statements)
    article = reading.article
    mentions = []
    for statement in distinct(words, statements):
        trigger, modality = statement.trigger, statement.modality
        kind, finer = sense_of(trigger.entry, about, reading.about)
        doubt = _DOUBT[modality] * (1.0 if reading.language else _UNKNOWN_LANGUAGE)
        others = [t for t in triggers if t not in statement.triggers]
        title = title_of(sentence, trigger.start - span.start, timexes, span.start, person, speaker)
        word = article.text[trigger.start : trigger.end]
        # with its interval: another date is another bucket, so another mention, never one that has moved
        when = statement.dated.when
        dates = f"{when.start}/{when.end}/{when.value}"
        identity = (key, str(ordinal), word, str(trigger.start - span.start), dates)
        mentions.append(
            Mention(
                article_id=article.article_id,
                mention_id=stable_id("m", article.article_id, *identity),
                sentence=sentence,
                start=trigger.start,
                end=trigger.end,
                sentence_start=span.start,
                sentence_end=span.end,
                when=when,
                category=kind,
                type=finer,
                actors=actors_of(words, trigger, here),
                places=places_of(words, statement.triggers, others, here, written_in),
                quantities=owned_by(words, statement, triggers, found),
                modality=modality,
                quotes=quotes,
                confidence=round(statement.dated.confidence * doubt, 3),
                extractor=EXTRACTOR,
                title=title,
                source=article.source,
                url=article.url,
                published_at=article.published_at,
                language=article.language or reading.language,
            )
        )
    return mentions


def _triggers(reading: _Reading, sentence: Sentence, timexes: list[Timex]) -> list[Trigger]:
    """Return the triggers that count: weak ones only with a date, any verb when only a date says that there is one."""
    own = dated(timexes)[:_MOST_IN_SENTENCE]
    if reading.language is None:
        return [undeclared(own[0].start, own[0].end)] if own else []
    clauses = {sentence.clause_of(sentence.word_at(timex.start)) for timex in own}
    found = find(sentence, reading.language)[:_MOST_IN_SENTENCE]
    found = [t for t in found if not t.topic]
    found = [t for t in found if not is_attribution(sentence, t.index)] or found[:1]
    found = [t for t in found if not t.entry.weak or sentence.clause_of(t.index) in clauses]
    if not found and own:
        return find_undated(sentence)
    return found
