"""From an article to its mentions: the dated statements, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from extraction import dispatch, names, quantities
from extraction.asides import aside_of
from extraction.attribution import source_of
from extraction.distinct import Statement
from extraction.junk import is_junk
from extraction.language import language_of
from extraction.modality import quoted_spans
from extraction.participants import actors_of, owned_by, places_of
from extraction.ranges import join_ranges
from extraction.sentences import Span, split
from extraction.statements import Told, tell
from extraction.story import Story
from extraction.timex import tag
from extraction.titles import title_of
from schemas.article import Article
from schemas.civil import DateError, parse_moment
from schemas.mention import Mention
from schemas.record import stable_id
from schemas.vocabulary import Modality
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
    dateline: dispatch.Dateline | None
    names: list[names.Name]
    seen: dict[str, int]


def extract(article: Article) -> list[Mention]:
    """Return the mentions of an article in the order of its text.

    The same article always gives the same mentions with the same ids. A text without events gives none; no text
    raises.
    """
    text = article.text
    sentences = split(text)
    dateline = dispatch.read_dateline(text)
    story, timexes = _dated(article, dateline)
    found = names.find_names(text, frozenset(span.start for span in sentences))
    reading = _Reading(article, language_of(article.language, text), dateline, found, {})
    mentions: list[Mention] = []
    for told in tell(text, _telling(text, sentences, dateline), timexes, quoted_spans(text), reading.language, story):
        mentions.extend(_of_sentence(reading, told, lead=not mentions))
    return mentions


def _telling(text: str, sentences: list[Span], dateline: dispatch.Dateline | None) -> list[Span]:
    """Return the sentences without the dateline and without junk."""
    kept = []
    for span in sentences:
        if dateline is not None and span.start < dateline.end:
            span = _behind(text, span, dateline.end)
        if span.start < span.end and not is_junk(text[span.start : span.end]):
            kept.append(span)
    return kept


def _dated(article: Article, dateline: dispatch.Dateline | None) -> tuple[Story, list[Timex]]:
    """Return the publication day, of the dateline where the article has none, and the temporal expressions."""
    published = article.published_at
    story, timexes = Story(_day(published)), _tag(article, published)
    if published is None and dateline is not None and dateline.day_start >= 0:
        given = _dateline_day(dateline, timexes)
        if given is not None:
            return Story(_day(given), "dateline"), _tag(article, given)
    return story, timexes


def _tag(article: Article, published: str | None) -> list[Timex]:
    found = tag(article.text, published_at=published, language=article.language, country=article.country)
    return join_ranges(article.text, sorted(found, key=lambda timex: (timex.start, -timex.end)))


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
    numbers = quantities.find(article.text, span.start, span.end)
    title = title_of(sentence)
    here = names.between(reading.names, span.start, span.end)
    return [
        _mention(reading, told, statement, sentence, (key, str(ordinal)), numbers, title, here, lead)
        for statement in told.statements
    ]


def _mention(
    reading: _Reading, told: Told, statement: Statement, sentence: str, key: tuple[str, str],
    numbers: list[quantities.Found], title: str, here: list[names.Name], lead: bool,
) -> Mention:  # fmt: skip
    article, span, words = reading.article, told.span, told.words
    trigger, modality, when = statement.trigger, statement.modality, statement.dated.when
    doubt = _DOUBT[modality] * (1.0 if reading.language else _UNKNOWN_LANGUAGE)
    together = statement.triggers
    aside = aside_of(article.text, words, trigger)
    others = [other for other in told.triggers if other not in together]
    word = article.text[trigger.start : trigger.end]
    # with its interval: another date is another bucket, so another mention, never one that has moved
    identity = (*key, word, str(trigger.start - span.start), f"{when.start}/{when.end}/{when.value}")
    return Mention(
        article_id=article.article_id,
        mention_id=stable_id("m", article.article_id, *identity),
        sentence=sentence,
        start=trigger.start,
        end=trigger.end,
        sentence_start=span.start,
        sentence_end=span.end,
        when=when,
        category=statement.category,
        type=statement.type,
        actors=actors_of(words, trigger, here) if here else (),
        places=places_of(words, together, others, here, reading.dateline if lead else None),
        quantities=owned_by(words, statement, told.triggers, numbers) if numbers else (),
        modality=modality,
        reported_by=source_of(words, trigger, here) if modality == "reported" else None,
        confidence=round(statement.dated.confidence * doubt, 3),
        extractor=EXTRACTOR,
        title=title if aside is None else title_of(aside),
        source=article.source,
        url=article.url,
        published_at=article.published_at,
        language=article.language or reading.language,
    )
