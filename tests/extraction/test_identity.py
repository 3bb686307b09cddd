from __future__ import annotations

from extraction.mentions import EXTRACTOR, extract
from schemas.article import Article

TEXT = """The bridge at Lannion collapsed on Monday. Two drivers were killed.
Police arrested an engineer on 3 May 2021. The mayor resigned."""


def article(text: str) -> Article:
    return Article(
        article_id="a1",
        text=text,
        language="en",
        published_at="2021-05-05",
        source="Example",
        url="https://example.org/1",
    )


def ids(text: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.mention_id for m in extract(article(text))}


def test_the_same_article_gives_the_same_mentions() -> None:
    assert extract(article(TEXT)) == extract(article(TEXT))


def test_an_edit_elsewhere_keeps_the_ids() -> None:
    before = ids(TEXT)
    after = ids("A new first line was added.\n" + TEXT.replace("Two drivers", "Three drivers"))
    assert before["collapsed"] == after["collapsed"]
    assert before["arrested"] == after["arrested"]
    assert before["resigned"] == after["resigned"]
    assert before["killed"] != after["killed"]


def test_white_space_does_not_change_an_id() -> None:
    assert ids("The mayor resigned.") == ids("\n\nThe mayor resigned.\n")


def test_a_sentence_said_twice_gives_two_ids() -> None:
    found = extract(article("The mayor resigned. It was late. The mayor resigned."))
    assert len(found) == 2
    assert found[0].mention_id != found[1].mention_id


def test_another_article_gives_other_ids() -> None:
    other = Article(article_id="a2", text=TEXT, language="en", published_at="2021-05-05")
    assert not {m.mention_id for m in extract(other)} & set(ids(TEXT).values())


def test_the_article_is_copied_to_its_mentions() -> None:
    mention = extract(article(TEXT))[0]
    assert (mention.article_id, mention.source, mention.url) == ("a1", "Example", "https://example.org/1")
    assert (mention.published_at, mention.language, mention.extractor) == ("2021-05-05", "en", EXTRACTOR)
