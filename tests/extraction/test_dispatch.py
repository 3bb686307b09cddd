"""Datelines of dispatches, in the forms that agencies and newspapers use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.dispatch import read_dateline
from extraction.mentions import extract
from schemas.article import Article


@pytest.mark.parametrize(
    ("head", "place", "region", "day"),
    [
        ("The Hague .", "The Hague", None, ""),
        ("KYIV, Ukraine (AP) —", "Kyiv", "Ukraine", ""),
        ("LONDON, June 3 (Reuters) -", "London", None, "June 3"),
        ("LONDON (Reuters) -", "London", None, ""),
        ("NEW DELHI:", "New Delhi", None, ""),
        ("PARIS —", "Paris", None, ""),
        ("Paris —", "Paris", None, ""),
        ("WEXLEY, Ohio —", "Wexley", "Ohio", ""),
        ("LAKE ARDEN, Ill. --", "Lake Arden", "Ill", ""),
        ("WASHINGTON/BEIJING, March 3 (Reuters) -", "Washington", None, "March 3"),
        ("WASHINGTON\\/BEIJING -LRB- Reuters -RRB- -", "Washington", None, ""),
        ("WASHINGTON/BEIJING —", "Washington", None, ""),
        ("Moscow, Feb. 4 /TASS/.", "Moscow", None, "Feb. 4"),
        ("MOSCOW, February 4. /TASS/.", "Moscow", None, "February 4"),
        ("MOSCOW. Feb 4 (Interfax) -", "Moscow", None, "Feb 4"),
        ("BEIJING, March 5 (Xinhua) --", "Beijing", None, "March 5"),
        ("PARIS, March 5, 2024 (AFP) -", "Paris", None, "March 5, 2024"),
        ("Paris (AFP) –", "Paris", None, ""),
        ("Kyiv (Ukraine) (AFP) –", "Kyiv", "Ukraine", ""),
        ("Berlin (dpa) -", "Berlin", None, ""),
        ("Arden/Wexley (dpa/lno) –", "Arden", None, ""),
        ("New Delhi [India], March 3 (ANI):", "New Delhi", "India", "March 3"),
        ("New Delhi, Mar 3 (PTI)", "New Delhi", None, "Mar 3"),
        ("NEW YORK (CNN) --", "New York", None, ""),
        ("WASHINGTON, 3 March 2024 —", "Washington", None, "3 March 2024"),
        ("ARDEN | Thu Sep 29, 2011 8:29 am BST ARDEN -LRB- Reuters -RRB- -", "Arden", None, "Thu Sep 29, 2011"),
        ("(CNN) --", "", None, ""),
        ("March 26 (Reuters) -", "", None, "March 26"),
        ("SÃO PAULO —", "São Paulo", None, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "Storm hits the coast\n", "Storm hits the coast\r\n\r\n"])
def test_dateline(before: str, head: str, place: str, region: str | None, day: str) -> None:
    text = f"{before}{head} Ministers met."
    dateline = read_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.region) == (place, region)
    assert text[dateline.start : dateline.end] == head
    assert (text[dateline.day_start : dateline.day_end] if dateline.day_start >= 0 else "") == day


def test_a_dateline_may_follow_a_caption() -> None:
    text = "A tram passes the mill. ARDEN, June 3 (Reuters) - Ministers met."
    dateline = read_dateline(text)
    assert dateline is not None
    assert text[dateline.end :] == " Ministers met."


def test_a_byline_may_tell_the_place() -> None:
    dateline = read_dateline("Mill burns\nBy Ann Lee and Tom Roe in Berlin\nTwo died.")
    assert dateline is not None
    assert dateline.place == "Berlin"


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met.", "BREAKING: Ministers met.", "Anna — the eldest — left.", "Mr. Ito left. He ran.", "",
        "Update: two people died.", "Police: 3 dead in Arden.", "UPDATE — Two people died.",
        "EXCLUSIVE - A mill burned.",
        "ANN LEE, HOST: Welcome back.", "ANN LEE, ANCHOR: Welcome back.", "ARDEN COUNCIL: We disagree.",
        "Ukraine: what we know.", "Question: who won?", "Lee (Arden) won the race.", "The mill (AP) burned.",
        "May 3 was cold - it snowed.", "Ann Lee, March 3: I left.", "Wexley - the poor man's Venice - floods.",
        "UK - two people died.", "Haiti - what we know.", "FILE - A tram passes the mill.",
    ],
)  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


def test_a_dateline_gives_place_and_anchor() -> None:
    text = "Mill burns down\nARDEN, March 5, 2024 (AFP) - A mill burned down on Monday."
    found = extract(Article(article_id="a", text=text, language="en"))
    assert [(m.when.start, m.when.anchor) for m in found][-1] == ("2024-03-04", "dateline")
    assert [m.title for m in found] == ["Mill burns down", "A mill burned down"]
    assert "Arden" in {place.name for m in found for place in m.places}


@given(st.text(alphabet=st.sampled_from("AB ab,./-—:()3\n"), max_size=80))
def test_any_head_can_be_read(text: str) -> None:
    dateline = read_dateline(text)
    assert dateline is None or 0 <= dateline.start < dateline.end <= len(text)
