"""Where quotations are and whose words they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.lexicon import read as read_table
from extraction.mentions import extract
from extraction.names import find_names
from extraction.quotes import Quotes, find_quotations
from extraction.sentences import split
from extraction.speakers import read_quotes
from schemas.article import Article


def read(text: str) -> Quotes:
    sentences = split(text)
    return read_quotes(text, sentences, find_names(text, frozenset(span.start for span in sentences)))


def spoken(text: str) -> list[tuple[str, str | None]]:
    return [(text[q.inner_start : q.inner_end].strip(" ,"), q.speaker) for q in read(text).found]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said: "We won."', ["We won."]),
        ("He said: “We won.” She left.", ["We won."]),
        ("„Wir haben gewonnen“, sagte sie.", ["Wir haben gewonnen"]),
        ("„Wir haben gewonnen”, sagte sie.", ["Wir haben gewonnen"]),
        ("« Nous avons gagné », dit-elle.", [" Nous avons gagné "]),
        ("»Wir haben gewonnen«, sagte sie.", ["Wir haben gewonnen"]),
        ("「勝った」と言った。", ["勝った"]),
        ("‘We’ve won,’ he said. It’s the workers’ day.", ["We’ve won,"]),
        ("'We won't stop,' he said. The '90s are over.", ["We won't stop,"]),
        ('" We won , " he said .', [" We won , "]),
        ('The 6" pipe and the 12" pipe burst.', []),
        ('The 6" pipe burst. "Run!" he said.', ["Run!"]),
        ('A stray " mark.\nThen "no" again.', ["no"]),
        ("“The first paragraph.\n\n“The second,” he said.", ["The first paragraph.", "The second,"]),
        ("“Wrapped by hand\nand closed,” he said.", ["Wrapped by hand\nand closed,"]),
        ("“Lost opening. “Kept,” he said.", ["Kept,"]),
        ("Lost closing.” “Kept,” he said.", ["Kept,"]),
        ("“He said ‘no,’ and left,” she said.", ["He said ‘no,’ and left,"]),
        ("It was Arden 's plan and the mill 's roof, ' he said.", []),
        ("“”", []),
        ("No marks, it's plain.", []),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in find_quotations(text)] == inner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” said Anna Lee, the mayor of Arden.", [("We won", "Anna Lee")]),
        ("“We won,” Anna Lee said on Monday.", [("We won", "Anna Lee")]),
        ("“We won!” Anna Lee told reporters.", [("We won!", "Anna Lee")]),
        ("“Did we win?” asked Anna Lee.", [("Did we win?", "Anna Lee")]),
        ("“We won”, Anna Lee later said.", [("We won", "Anna Lee")]),
        ("Anna Lee said: “We won.”", [("We won.", "Anna Lee")]),
        ("Anna Lee, a teacher from Arden, said: “We won.”", [("We won.", "Anna Lee")]),
        ("Anna Lee told the court, “We won.”", [("We won.", "Anna Lee")]),
        ("According to Anna Lee, “we won.”", [("we won.", "Anna Lee")]),
        ("Anna Lee said the plan was “dead”.", [("dead", "Anna Lee")]),
        ("Anna Lee said that.\n“We won,” Lee noted. “It was hard.”",
         [("We won", "Anna Lee"), ("It was hard.", "Anna Lee")]),
        ("“We,” said Anna Lee, “won it.”", [("We", "Anna Lee"), ("won it.", "Anna Lee")]),
        ("“We won,” said Anna Lee. “It was hard,” she added.", [("We won", "Anna Lee"), ("It was hard", "Anna Lee")]),
        ("“We won,” said Anna Lee. Tom Roe shrugged. “We lost,” he said.",
         [("We won", "Anna Lee"), ("We lost", "Tom Roe")]),
        ("Anna Lee met Tom Roe. “It was good,” she said.", [("It was good", "Anna Lee")]),
        ("“It was the pump.\n\n“It was old,” said Anna Lee.",
         [("It was the pump.", "Anna Lee"), ("It was old", "Anna Lee")]),
        ("“It was the pump,” said Anna Lee.\n“It was old.”",
         [("It was the pump", "Anna Lee"), ("It was old.", "Anna Lee")]),
        ("Anna Lee spoke to the council:\n“We won.”", [("We won.", "Anna Lee")]),
        ("Anna Lee told the council:\n“We won.”", [("We won.", "Anna Lee")]),
        ("“No comment,” police said.", [("No comment", "police")]),
        ("“No comment,” a spokesman for Anna Lee said.", [("No comment", "a spokesman for Anna Lee")]),
        ("“No comment,” said the head of the union on Monday.", [("No comment", "the head of the union")]),
        ("“No comment,” they said.", [("No comment", None)]),
        ("“We won.” The crowd left.", [("We won.", None)]),
        ("“We won.” Anna Lee said it was over.", [("We won.", None)]),
        ("Anna Lee opposed the plan and called it “dead”.", [("dead", "Anna Lee")]),
        ("Anna Lee, a teacher, said the end of what she called “the good years” had come.",
         [("the good years", "Anna Lee")]),
        ("Arden Council said no. Anna Lee left. “It is over,” she said.", [("It is over", "Anna Lee")]),
        ("The film “Dead Water” won.", [("Dead Water", None)]),
    ],
)  # fmt: skip
def test_speakers(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize("language", ["de", "fr"])
def test_other_languages_have_an_example(language: str) -> None:
    table = read_table(language, "quotes")["attribution"]
    assert [speaker for _, speaker in spoken(table["example"])] == [table["speaker"]]


def test_the_speaker_is_asked_by_offset() -> None:
    text = "The mill burned. “It was the pump,” said Anna Lee."
    quotes = read(text)
    assert quotes.speaker_at(text.index("pump")) == "Anna Lee"
    assert quotes.speaker_at(text.index("burned")) is None
    assert quotes.speaker_at(text.index("Anna")) is None


def test_a_mention_keeps_the_quotations_of_its_sentence() -> None:
    text = "“The bridge collapsed on Monday. Two people died,” said Anna Lee. The film “Dead Water” won on Friday."
    found = extract(Article(article_id="a", text=text, language="en", published_at="2024-03-08"))
    quotes = {text[q.start : q.end]: q.speaker for m in found for q in m.quotes}
    assert quotes == {"The bridge collapsed on Monday.": "Anna Lee", "Two people died,": "Anna Lee"}


@given(st.text(alphabet=st.sampled_from("ab L.,“”\"„«»‘’' \nsaid"), max_size=200))
def test_quotations_are_in_order_and_within_the_text(text: str) -> None:
    last = 0
    for quoted in read(text).found:
        assert last <= quoted.start < quoted.inner_start < quoted.inner_end <= quoted.end <= len(text)
        last = quoted.end
