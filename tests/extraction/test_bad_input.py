"""No text raises, and time grows with the length of the text."""

from __future__ import annotations

import sys
import tracemalloc
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.mentions import extract
from producers.rows import Rejected, article_from_row
from schemas.article import Article

WORDS = [
    *("The", "army", "killed", "17", "people", "in", "Dnipro", "on", "Monday", "said", ",", ".", "“", "”", "—", "if"),
    *("will", "not", "denied", "after", "2014", "since", "and", "attack", "'s", "to", "that", "President", "\n"),
]


def run(text: str, language: str | None = None, published_at: str | None = "2024-03-01") -> list[str]:
    article = Article(article_id="a", text=text, language=language, published_at=published_at)
    found = extract(article)
    for mention in found:
        assert text[mention.sentence_start : mention.sentence_end] == mention.sentence
        assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end
    assert found == sorted(found, key=lambda mention: mention.start)
    assert len({mention.mention_id for mention in found}) == len(found)
    return [text[mention.start : mention.end] for mention in found]


@pytest.mark.parametrize(
    "text",
    [
        ".",
        "\x00",
        "\x00\x01\x02 killed \x7f",
        "— — —",
        '"""""""',
        "Home\nNews\nSport\nWeather\nLog in\nSubscribe now",
        "1 2 3 4 5 6 7 8 9",
        "في 12 مايو 2020 قُتل ثلاثة أشخاص",
        "ב-12 במאי 2020 נהרגו שלושה",
        "\u202eOn Monday two people were killed\u202c and three injured",
        "\U0001f600 killed \U0001f9d1\u200d\U0001f680 on Monday",
        "A" * 5_000,
        "killed " * 3_000,
        "if " * 3_000 + "killed",
        "said, " * 3_000 + "killed",
        "to " * 3_000 + "kill",
        "“" * 3_000 + "killed",
        '"killed" ' * 2_000,
        "12 and " * 3_000 + "were killed",
        "two hundred thousand " * 1_000 + "killed",
        "By Ann Lee and " * 1_000,
        "Home\n" * 1_000,
        "| killed " * 1_000,
        "\u200b\ufeff\u00ad killed \u2060 on Monday",
        "\udbff killed"[1:],
        "a\u0301\u0301\u0301 killed 12 on Monday" * 50,
        "１２ people were killed on ３ May ２０２０",
    ],
)
def test_odd_text_is_no_error(text: str) -> None:
    run(text)
    run(text, "en")
    run(text, "xx", None)


def test_navigation_makes_no_event() -> None:
    assert run("Home | News | Sport\nFACEBOOK COMMENTS\nShare this on X\nBy Jane Doe\nSubscribe now", "en") == []


def test_a_page_of_navigation_makes_no_event() -> None:
    page = """
    Skip to main content
    News
    World
    Business
    Sport
    Log in
    Most read
    Fire destroys mill in Arden
    Two killed in crash on Monday
    Mayor resigns after attack
    Sign up for our newsletter and read about the attack on Monday.
    We use cookies to improve your experience.
    Follow us on Facebook
    © 2024 The Arden Post. All rights reserved.
    """
    assert run(page, "en") == []


def test_half_a_character_is_replaced_and_offsets_stay() -> None:
    row = {"id": "a", "text": "\ud800 Two people were killed in Arden on 3 May 2020.", "language": "en"}
    article = article_from_row(row)
    (mention,) = extract(article)
    assert article.text[mention.start : mention.end] == "killed"
    assert mention.start == str(row["text"]).index("killed")
    assert mention.when.start == "2020-05-03"


@pytest.mark.parametrize("text", ["", " \n\t ", None, 5, ["a"]])
def test_a_row_without_text_is_refused_with_a_reason(text: object) -> None:
    with pytest.raises(Rejected, match="text"):
        article_from_row({"id": "a", "text": text})


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("في 2020-05-12 قُتل ثلاثة أشخاص في القاهرة", "2020-05-12"),
        ("2020-05-12 נהרגו שלושה", "2020-05-12"),
        ("2020-05-12 に橋が開通した。", "2020-05-12"),
        ("Mост открыли 2020-05-12 в Ардене.", "2020-05-12"),
        ("On 12 May 2020 two people were killed في القاهرة\u200f.", "2020-05-12"),
        ("On\xa012\xa0May\xa02020 \x00\x07two people\x7f were killed.", "2020-05-12"),
    ],
)
def test_absolute_dates_are_found_in_any_script(text: str, start: str) -> None:
    found = extract(Article(article_id="a", text=text))
    assert start in {mention.when.start for mention in found}


def test_an_unknown_language_is_noted_and_lowers_the_confidence() -> None:
    text = "Silta avattiin 2014-05-12."
    (unknown,) = extract(Article(article_id="a", text=text))
    assert (unknown.language, unknown.confidence <= 0.5) == (None, True)
    (given,) = extract(Article(article_id="a", text=text, language="fi"))
    assert (given.language, given.confidence) == ("fi", unknown.confidence)


def test_absolute_dates_are_found_in_a_language_without_tables() -> None:
    article = Article(article_id="a", text="Silta avattiin 12.5.2014 Turussa.", language="fi")
    (mention,) = extract(article)
    assert mention.when.start == "2014-05-12"
    assert mention.confidence <= 0.5
    assert mention.language == "fi"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=40,
    )
)
def test_any_mixture_of_words_is_no_error(words: list[str]) -> None:
    text = " ".join(words)
    if text.strip():
        run(text, "en")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(lambda text: bool(text.strip())))
def test_any_text_is_no_error(text: str) -> None:
    try:
        Article(article_id="a", text=text)
    except ValueError:
        return  # a lone surrogate is no text
    run(text, "en")


@pytest.mark.parametrize(
    "unit",
    [
        "Police said 17 people were killed in Arden on Monday, and 5 arrested. ",
        "x" * 7 + " ",
        "killed, ",
        "“",
        "A. ",
        "Dr. Anna of the Lee of ",
        "“We won,” Lee said. ",
        "12 of 17 people, ",
        "Photo: a\n",
    ],
)
def test_work_grows_with_the_length_of_the_text(unit: str) -> None:
    def calls(size: int) -> int:
        article = Article(article_id="a", text=unit * (size // len(unit)), language="en", published_at="2024-03-01")
        done = 0

        def count(_: FrameType, event: str, __: object) -> None:
            nonlocal done
            done += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            extract(article)
        finally:
            sys.setprofile(None)
        return done

    calls(3_000)  # reads tables, learns words
    assert calls(24_000) < 12 * max(calls(3_000), 1_000)  # 8 when linear, 64 when quadratic


_PAGE = "Police said 17 people were killed in Arden on Monday. " + "It is a quiet town with a mill and a school. " * 4


def test_memory_grows_with_the_length_of_the_text() -> None:
    def peak(size: int) -> int:
        article = Article(article_id="a", text=_PAGE * (size // len(_PAGE)), language="en", published_at="2024-03-01")
        tracemalloc.start()
        extract(article)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2_000)
    assert peak(80_000) < 6 * peak(20_000)  # 4 when linear, 16 when quadratic


@pytest.mark.long
def test_five_megabytes() -> None:
    unit = _PAGE
    assert len(run(unit * (5_000_000 // len(unit)), "en")) > 20_000
