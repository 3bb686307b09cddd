"""German articles: every sentence with a date gives a mention of that date, whole and in its sentence."""

from __future__ import annotations

import pytest

from extraction.language import detected
from extraction.mentions import extract
from extraction.sentences import joined, split
from extraction.timex import tag
from schemas.article import Article

TEXT = """\
Am 3. Mai 1999 wurde das Museum am Hafen eröffnet. Der Bau geht auf das 19. Jahrhundert zurück und stand lange leer.
Am Mittwochabend brach dort ein Feuer aus. Verletzt wurde niemand. Der Stadtrat will das Haus bis 2035 sanieren.
Vom 3. bis 5. November wird darüber beraten. Die Feuerwehr war schon am 2. Oktober vor Ort.

Vor drei Wochen hatte der Denkmalrat gewarnt. Im dritten Quartal 2013 war die Anlage zuletzt geprüft worden."""

DATES = [
    ("Am 3. Mai 1999 wurde das Museum am Hafen eröffnet.", "1999-05-03"),
    ("Der Bau geht auf das 19. Jahrhundert zurück und stand lange leer.", "18"),
    ("Am Mittwochabend brach dort ein Feuer aus.", "2014-10-15TEV"),
    ("Der Stadtrat will das Haus bis 2035 sanieren.", "2035"),
    ("Vom 3. bis 5. November wird darüber beraten.", "2014-11-03/2014-11-05"),
    ("Die Feuerwehr war schon am 2. Oktober vor Ort.", "2014-10-02"),
    ("Vor drei Wochen hatte der Denkmalrat gewarnt.", "2014-W39"),
    ("Im dritten Quartal 2013 war die Anlage zuletzt geprüft worden.", "2013-Q3"),
]


@pytest.mark.parametrize("language", ["de", "de-AT", "de_CH", "DE", None])
def test_no_dated_sentence_is_lost(language: str | None) -> None:
    article = Article(article_id="a", text=TEXT, published_at="2014-10-15", language=language)
    assert [(mention.sentence, mention.when.value) for mention in extract(article)] == DATES


def test_a_text_in_german_is_known_by_its_function_words() -> None:
    assert detected(TEXT) == "de"
    assert [t.value for t in tag(TEXT, published_at="2014-10-15")] == [
        t.value for t in tag(TEXT, published_at="2014-10-15", language="de")
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was closed on Monday and is to open in May.", "en"),
        ("Die Brücke wurde am Montag gesperrt und ist erst im Mai wieder offen.", "de"),
        ("Le pont a été fermé lundi et rouvrira au mois de mai.", None),
        ("Ferry sinks near Manila, killing nine passengers", "en"),
        ("Turkish airline's chief executive quits amid falling profits", "en"),
        ("Zug entgleist bei Ulm, neun Reisende verletzt", None),
        ("Un autobus cae por un barranco cerca de Quito", None),
        ("Mon 3pm", None),
        ("", None),
    ],
)
def test_language_of_a_text(text: str, language: str | None) -> None:
    assert detected(text) == language


def test_without_a_language_and_without_function_words_english_is_read() -> None:
    assert [t.value for t in tag("Mon 3pm", published_at="2014-10-15", domain="colloquial")] == ["2014-10-13T15:00"]


def test_sentences_are_joined_only_where_a_stretch_runs_through() -> None:
    text = "Am 3. Mai war Ruhe. Im Juni nicht."
    held = [(text.index("3."), text.index(" war")), (text.index("Juni"), text.index(" nicht"))]
    whole = [text[span.start : span.end] for span in joined(split(text), held)]
    assert whole == ["Am 3. Mai war Ruhe.", "Im Juni nicht."]
    assert joined(split(text), []) == split(text)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Die Regel gilt seit dem 3. Mai 2010.", ("2010-05-03", None)),
        ("Sie gilt bis zum Jahr 2035.", (None, "2036-01-01")),
        ("Nach dem 3. Mai 2010 wurde gebaut.", ("2010-05-04", None)),
        ("Vor 1990 stand hier ein Zaun.", (None, "1990-01-01")),
        ("Bis in die 1990er Jahre war er zu.", (None, "2000-01-01")),
        ("Ab Montag gelten neue Regeln.", ("2014-10-20", None)),
    ],
)
def test_prepositions_open_an_interval_across_the_article(text: str, bounds: tuple[str | None, str | None]) -> None:
    (timex,) = tag(text, published_at="2014-10-15", language="de", domain="news")
    assert timex.when is not None
    assert (timex.when.start, timex.when.end) == bounds
