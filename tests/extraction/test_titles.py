"""Titles that can be read alone and on another day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.mentions import extract
from extraction.timex import tag
from extraction.titles import LONGEST, title_of
from schemas.article import Article


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        # attribution
        ("The bridge was closed, police said.", "The bridge was closed"),
        ("The bridge\n was closed, according to the mayor.", "The bridge was closed"),
        ("The bridge was closed, the mayor said in a statement.", "The bridge was closed"),
        ("The bridge was closed, said Anna Lee, the mayor of Arden.", "The bridge was closed"),
        ("“We closed the old bridge at noon,” he added.", "We closed the old bridge at noon"),
        ("According to police, two men robbed the bank.", "Two men robbed the bank"),
        ("Police said two men robbed the bank.", "Two men robbed the bank"),
        ("Officials said that two men robbed the bank.", "Two men robbed the bank"),
        ("Officials confirmed on Monday that two men robbed the bank.", "Two men robbed the bank"),
        ("He said.", "He said"),
        # connectives and bullets
        ("Meanwhile, the bridge was closed.", "The bridge was closed"),
        ("However, the bridge was closed.", "The bridge was closed"),
        ("In addition, the bridge was closed.", "The bridge was closed"),
        ("But the bridge was closed.", "The bridge was closed"),
        ("Still life paintings were stolen.", "Still life paintings were stolen"),
        ("• The bridge was closed.", "The bridge was closed"),
        ("- The bridge was closed.", "The bridge was closed"),
        ("1. The bridge was closed.", "The bridge was closed"),
        # days
        ("The bridge was closed yesterday.", "The bridge was closed"),
        ("The bridge was closed on Monday.", "The bridge was closed"),
        ("The bridge was closed Monday.", "The bridge was closed"),
        ("The bridge was closed late on Monday.", "The bridge was closed"),
        ("On Monday, the bridge was closed.", "The bridge was closed"),
        ("Yesterday the bridge was closed.", "The bridge was closed"),
        ("The bridge was closed last week after a crash.", "The bridge was closed after a crash"),
        ("The bridge will be closed tomorrow, police said.", "The bridge will be closed"),
        ("The bridge has been closed since Monday.", "The bridge has been closed since 4 March 2024"),
        ("The bridge has been closed since last year.", "The bridge has been closed since 2023"),
        ("Monday's crash closed the bridge.", "The crash closed the bridge"),
        ("Yesterday’s crash closed the bridge.", "The crash closed the bridge"),
        ("The bridge was closed on 4 March 2024.", "The bridge was closed on 4 March 2024"),
        ("The bridge was closed in March 2015.", "The bridge was closed in March 2015"),
        ("The race in Arden tomorrow is the first.", "The race in Arden is the first"),
        ("Ten marches are planned for Monday.", "Ten marches are planned for Monday"),
        ("Today is the deadline for the bridge.", "7 March 2024 is the deadline for the bridge"),
        ("That was last year, when the bridge was closed.", "That was 2023, when the bridge was closed"),
        ("The race on Super Tuesday was close.", "The race on Super Tuesday was close"),
        ("Now that the bridge is closed, boats cross the river.",
         "Now that the bridge is closed, boats cross the river"),
        # quotation marks
        ("“The bridge is closed.”", "The bridge is closed"),
        ("The mayor called it “a disgrace” and left.", "The mayor called it “a disgrace” and left"),
        ("It was “a disgrace for all of us.", "It was a disgrace for all of us"),
        ("„Die Brücke ist zu“, sagte sie.", "„Die Brücke ist zu“, sagte sie"),
        # length
        ("The council of Arden voted to close the old bridge over the river for at least three years, while the mayor "
         "of Wexley promised to pay for a new one.",
         "The council of Arden voted to close the old bridge over the river for at least three years"),
        ("The council of Arden voted to close the old bridge over the river after engineers found deep cracks in both "
         "of its stone pillars and in the deck.",
         "The council of Arden voted to close the old bridge over the river"),
        ("Mayor Anna Lee, speaking slowly and carefully to a crowd of reporters in front of the old town hall, urged "
         "the council to close the bridge.",
         "Mayor Anna Lee urged the council to close the bridge"),
        ("When the council of the small town met for the first time since May, the mayor urged it to close the "
         "old bridge.",
         "The mayor urged it to close the old bridge"),
        ("Engineers found deep cracks in the bridge, its two stone pillars, the wooden deck above the river Wex, and "
         "the old toll house, which will be pulled down.",
         "Engineers found deep cracks in the bridge, its two stone pillars, the wooden deck above the river Wex"),
    ],
)  # fmt: skip
def test_title(sentence: str, title: str) -> None:
    timexes = list(tag(sentence, published_at="2024-03-07", language="en"))
    at = sentence.find("urged") if "urged" in sentence else 0
    assert title_of(sentence, at, timexes) == title


def test_of_a_long_sentence_the_part_with_the_trigger_counts() -> None:
    sentence = (
        "Another attack in Wexley took two more lives on the last evening of the long and bitter campaign, while Arden "
        "claimed to have taken control of the village."
    )
    assert title_of(sentence, sentence.index("attack")).startswith("Another attack in Wexley took two more lives")
    assert title_of(sentence, sentence.index("taken")) == "Arden claimed to have taken control of the village"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mayor Anna Lee spoke. She resigned on Monday.", "Anna Lee resigned"),
        ("Mayor Anna Lee spoke. However, she resigned on Monday.", "Anna Lee resigned"),
        ("Mayor Anna Lee spoke. Her deputy resigned on Monday.", "Anna Lee’s deputy resigned"),
        ("Mayor Anna Lee met President Tom Roe. She resigned on Monday.", "She resigned"),
        ("The council met. She resigned on Monday.", "She resigned"),
        ("“I resigned on Monday,” said Mayor Anna Lee.", "Anna Lee: “I resigned”"),
        ("“The mill burned on Monday,” said Mayor Anna Lee.", "The mill burned"),
    ],
)
def test_a_title_names_whom_it_is_about(text: str, title: str) -> None:
    found = extract(Article(article_id="a", text=text, language="en", published_at="2024-03-07"))
    assert found[-1].title == title


@given(st.text(alphabet=st.sampled_from('abC ,.“”"—;\nwhile said'), min_size=1, max_size=400), st.integers(0, 399))
def test_a_title_is_short_and_never_empty(text: str, at: int) -> None:
    title = title_of(text, min(at, len(text)))
    assert len(title) <= LONGEST + 4  # a name and quotation marks aside
    assert title or not text.strip()
