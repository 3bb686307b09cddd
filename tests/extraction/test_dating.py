"""Own date, the sentence's, an earlier one, the tense's: in this order."""

from __future__ import annotations

import pytest

from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention


def find(text: str, trigger: str, published_at: str | None = "2022-06-15") -> Mention:
    found = extract(Article(article_id="a", text=text, language="en", published_at=published_at))
    return next(m for m in found if text[m.start : m.end] == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end", "rule"),
    [
        ("The mill burned on 3 May 2021.", "burned", "2021-05-03", "2021-05-04", "en.date."),
        ("The mill, which opened in 1900, burned on 3 May 2021.", "burned", "2021-05-03", "2021-05-04", "en.date."),
        ("The mill, which opened in 1900, burned on 3 May 2021.", "opened", "1900-01-01", "1901-01-01", "en.date."),
        ("The mayor resigned.", "resigned", "2022-06-15", "2022-06-16", "tense.past.publication"),
        ("The mayor has resigned.", "resigned", "2022-06-15", "2022-06-16", "tense.perfect.publication"),
        ("The mayor will resign.", "resign", "2022-06-15", None, "tense.future.publication"),
        ("The mill burned on 3 May 2021. The fire lasted two hours.", "fire", "2021-05-03", "2021-05-04", "reference."),
        ("The trial opened on 3 May 2021. He fled to Rome.", "fled", "2021-05-03", "2021-05-04", "narrative."),
        ("Shops closed between January and April 2017.", "closed", "2017-01-01", "2017-05-01", "range.between"),
        ("The firm agreed on Monday to sell the mill.", "sell", "2022-06-15", None, "tense.future.publication"),
        # a verb beside its own day keeps it to itself
        ("A clerk dismissed on Monday returned and broke a door.", "dismissed", "2022-06-13", "2022-06-14", "en."),
        ("A clerk dismissed on Monday returned and broke a door.", "returned", "2022-06-15", "2022-06-16", "tense."),
        ("A man who was fired last week shot a clerk.", "shot", "2022-06-15", "2022-06-16", "tense."),
        ("The fire that broke out on Monday killed two.", "fire", "2022-06-13", "2022-06-14", "en."),
        # what qualifies a noun dates the noun
        ("He was convicted of the 3 May 2020 robbery.", "robbery", "2020-05-03", "2020-05-04", "en."),
        ("He was convicted of the 3 May 2020 robbery.", "convicted", "2022-06-15", "2022-06-16", "tense."),
        ("Five people died in Tuesday's fire.", "died", "2022-06-14", "2022-06-15", "en."),
        ("The suspect in Monday's raid shot a clerk.", "shot", "2022-06-15", "2022-06-16", "tense."),
        ("A jetty was wrecked by a storm that struck on Monday.", "wrecked", "2022-06-13", "2022-06-14", "en."),
        # a charge is not as old as its deed, and what is said in court lies before the saying
        ("A clerk was charged with robbing a bank a week ago.", "charged", "2022-06-15", "2022-06-16", "tense."),
        ("He shot a clerk, police said on Tuesday.", "shot", "2022-06-14", "2022-06-15", "en."),
        (
            "He walked in and hit a clerk, a detective said on Tuesday at his arraignment. The attack was on Sunday.",
            "walked",
            "2022-06-12",
            "2022-06-13",
            "reference.same_event",
        ),
        ("She has checked into a clinic over a 2012 crash.", "checked into", "2022-06-15", "2022-06-16", "tense."),
        # the saying has its day, and what is hoped for has none of it
        ("Police hope to catch him, they said on Monday.", "catch", "2022-06-15", None, "tense.future"),
        ("Voters asked on Monday to see the film.", "see", "2022-06-15", None, "tense.future"),
        ("The panel found a fault, it said on Monday at a hearing.", "hearing", "2022-06-13", "2022-06-14", "en."),
        # the object's participle, the plan and the verb joined by "and"
        ("Divers have found a bridge built in 1480.", "found", "2022-06-15", "2022-06-16", "tense."),
        ("The match is scheduled to resume on 20 June 2022.", "scheduled", "2022-06-15", "2022-06-16", "tense."),
        ("The match is scheduled to resume on 20 June 2022.", "resume", "2022-06-20", "2022-06-21", "en."),
        ("Miners marched on Monday. Police fired tear gas and fined two.", "fined", "2022-06-13", "2022-06-14", "narr"),
        # each of two joined verbs has the date behind it
        ("She opened a mill in 1951 and won the Arden Prize in 1978.", "won", "1978-01-01", "1979-01-01", "en.date."),
        ("She opened a mill in 1951 and won the Arden Prize.", "won", "1951-01-01", "1952-01-01", "en.date."),
        ("In the summer of 1892 fever killed ten.", "killed", "1892-06-01", "1892-09-01", "en.date."),
        ("A court jailed a clerk for two years on Monday for fraud.", "fraud", "2022-06-15", "2022-06-16", "tense."),
        ("Born in Arden in 1924, she moved to Wexley.", "Born", "1924-01-01", "1925-01-01", "en.date."),
        # the present of what is arranged
        ("The trial opens on 3 July.", "opens", "2022-07-03", "2022-07-04", "en.date."),
        ("The trial opens on 3 July.", "trial", "2022-07-03", "2022-07-04", "en.date."),
        ("The trial starts on Monday.", "starts", "2022-06-20", "2022-06-21", "en."),
        ("Rovers play at Calder Town on 20 June.", "play", "2022-06-20", "2022-06-21", "en.date."),
        # nothing past is of a day to come
        ("By 2035 they aim to counter the threats raised by Norland.", "counter", "2022-06-15", "2036-01-01", "en."),
        ("The mill has burned twice — a landmark attacked since 1990.", "burned", "2022-06-15", "2022-06-16", "tense."),
    ],
)
def test_when(text: str, trigger: str, start: str | None, end: str | None, rule: str) -> None:
    when = find(text, trigger).when
    assert (when.start, when.end) == (start, end)
    assert when.rule.startswith(rule)


def test_confidence_tells_own_dates_from_guesses() -> None:
    own = find("The mill burned on 3 May 2021.", "burned").confidence
    guessed = find("The mill burned.", "burned").confidence
    assert own > 0.8
    assert 0.3 <= guessed <= 0.5


@pytest.mark.parametrize("text", ["The mayor resigned.", "The mayor will resign.", "The mayor resigned on Wednesday."])
def test_nothing_is_dated_without_a_publication_date(text: str) -> None:
    trigger = "resign" if "will" in text else "resigned"
    mention = find(text, trigger, published_at=None)
    assert not mention.when.resolved
    assert mention.when.granularity == "unknown"
    assert mention.when.rule.endswith(".unresolved")
    assert mention.when.anchor == "none"


def test_the_day_is_that_of_the_zone_as_published() -> None:
    assert find("The mayor resigned.", "resigned", "2022-06-15T23:30:00-05:00").when.start == "2022-06-15"


def test_a_full_date_in_the_dateline_stands_for_a_missing_publication_date() -> None:
    mention = find("LANNION, May 3, 2021 (Northwire) - The mayor resigned.", "resigned", published_at=None)
    assert (mention.when.start, mention.when.anchor) == ("2021-05-03", "dateline")
    assert [place.name for place in mention.places] == ["Lannion"]


@pytest.mark.parametrize("published_at", ["9999-12-31", "-0043-03-15", "0001-01-01"])
def test_the_ends_of_time(published_at: str) -> None:
    assert (
        find("The mayor resigned. The mayor will return by 2035.", "resigned", published_at).when.start == published_at
    )
