"""The day that a story has reached, what was told before, and where neither holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention

PUBLISHED = "2022-06-15"  # a Wednesday


def find(text: str, trigger: str, published_at: str | None = PUBLISHED) -> Mention:
    found = extract(Article(article_id="a", text=text, language="en", published_at=published_at))
    return [m for m in found if text[m.start : m.end] == trigger][-1]


@pytest.mark.parametrize(
    ("text", "trigger", "day", "rule"),
    [
        # the news day of the lead holds for the undated past behind it
        ("A barn burned on Monday. Neighbours saved the horses.", "saved", "2022-06-13", "narrative.same_day"),
        ("A barn burned late Monday, police said. It was owned by a bank. A wall fell on a car.", "fell", "2022-06-13",
         "narrative.same_day"),
        ("Rovers beat Harbour 3-1 on Monday. Sand scored twice.", "scored", "2022-06-13", "narrative.same_day"),
        # a full date is background, which only the next sentences go on with
        ("The firm closed its mill on 9 June 2022. A mayor resigned.", "resigned", PUBLISHED, "tense.past"),
        ("A man shot a clerk on 3 May 2020. He ran to the harbour.", "ran", "2020-05-03", "narrative.same_day"),
        # present and perfect are of the day of publication
        ("A barn burned on Monday. The owner is searching the ruins.", "searching", PUBLISHED, "tense.present"),
        ("A barn burned on Monday. The owner has sold the land.", "sold", PUBLISHED, "tense.perfect"),
        # another subject, another story
        ("The two ministers met on Monday. Rebels shelled a port.", "shelled", PUBLISHED, "tense.past"),
        ("A barn burned on Monday. Meanwhile, a bridge collapsed.", "collapsed", PUBLISHED, "tense.past"),
        # a headline has the day of what it announces
        ("Blast wrecks mill\nA blast wrecked a mill in Arden on Monday.", "wrecks", "2022-06-13", "narrative.headline"),
        ("Mayor opens mill\nThe mayor has opened a mill.", "opens", PUBLISHED, "tense.present"),
        # told again
        ("The mill burned on 3 May 2021. The fire lasted two hours.", "fire", "2021-05-03", "reference.same_event"),
        ("Gunmen shot a clerk on Monday. The clerk was shot twice.", "shot", "2022-06-13", "reference.same_event"),
        ("A flood hit Arden on Monday. The last flood was smaller and wrecked nothing.", "flood", PUBLISHED, "tense."),
        ("Five died in a crash on Sunday. A film of the crash was shown on Tuesday.", "crash", "2022-06-12",
         "reference.same_event"),
        # the deed lies before its trial, wherever the text tells it
        ("A clerk was charged with murder. The victim was stabbed on 2 May 2022.", "murder", "2022-05-02",
         "reference."),
        ("A clerk stabbed his uncle on 2 May 2022. He was charged on Tuesday with murder.", "charged", "2022-06-14",
         "en."),
        # a clock time alone is of the story's day
        ("A barn burned on Monday. Police came at about 10 a.m.", "came", "2022-06-13", "en.time.clock.of_story"),
        ("Police came at about 10 a.m.", "came", PUBLISHED, "en.time.clock"),
    ],
)  # fmt: skip
def test_when(text: str, trigger: str, day: str, rule: str) -> None:
    when = find(text, trigger).when
    assert when.start is not None
    assert (when.start[:10], when.rule[: len(rule)]) == (day, rule)


def test_what_is_shared_says_so() -> None:
    when = find("A barn burned on Monday. Neighbours saved the horses.", "saved").when
    assert when.anchor == "earlier_date"
    assert find("A barn burned on Monday. Police came at about 10 a.m.", "came").when.anchor == "earlier_date"


def test_a_clock_time_keeps_its_zone_and_length_on_another_day() -> None:
    text = "A barn burned on Monday. Police came at 11:30 p.m. GMT."
    when = find(text, "came", "2022-06-15T12:00:00Z").when
    assert when.start is not None
    assert when.end is not None
    assert when.start.startswith("2022-06-13T23:30:00")
    assert when.end.startswith("2022-06-13T23:31:00")


def test_what_nobody_can_date_is_surer_by_its_story_than_by_the_publication() -> None:
    own = find("A barn burned on Monday.", "burned").confidence
    carried = find("A barn burned on Monday. Neighbours saved the horses.", "saved").confidence
    guessed = find("Neighbours saved the horses.", "saved").confidence
    assert own > carried > guessed


@pytest.mark.parametrize(
    "text",
    ["A barn burned on Monday. Neighbours saved the horses.", "Police came at 10 a.m. and left."],
)
def test_without_a_publication_date_the_story_stays_unresolved(text: str) -> None:
    for mention in extract(Article(article_id="a", text=text, language="en")):
        assert not mention.when.resolved
        assert mention.when.granularity == "unknown"


SENTENCES = (
    "A barn burned on Monday.", "The fire spread to a mill.", "Police came at 10 a.m.", "The mayor has resigned.",
    "A clerk was charged with arson.", "The trial will open on 3 July.", "In May 2019 the mill was sold.",
    "He fled to Rome.", "The bridge, built in 1903, could collapse.", "Meanwhile, rebels shelled the port.",
)  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.sampled_from([PUBLISHED, None, "9999-12-20"]))
def test_any_order_of_sentences_gives_the_same_mentions_each_time_and_no_id_twice(
    sentences: list[str], published_at: str | None
) -> None:
    article = Article(article_id="a", text=" ".join(sentences), language="en", published_at=published_at)
    found = extract(article)
    assert found == extract(article)
    assert len({mention.mention_id for mention in found}) == len(found)
    if published_at is None:
        assert all(m.when.start is None or m.when.start < "2020" for m in found)
