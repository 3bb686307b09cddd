from __future__ import annotations

import pytest

from lexis.families import family
from lexis.gist import SIZE, gist_of
from lexis.stems import stems
from lexis.weights import UNKNOWN, telling, weight


@pytest.mark.parametrize(
    "forms",
    ["strike strikes striking strike's", "arrest arrested arrests arresting", "party parties", "crash crashes crashed"],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len(set(stems(forms))) == 1


def test_rare_words_weigh_more_than_common_ones_and_names_most() -> None:
    assert weight("the") < weight("minister") < weight("earthquak") < weight("zyxwish") == UNKNOWN
    assert not telling("the")


@pytest.mark.parametrize(
    ("some", "other"), [("killed", "death"), ("acquire", "takeover"), ("won", "defeated"), ("gun down", "shooting")]
)
def test_words_for_one_kind_of_occurrence_are_of_one_family(some: str, other: str) -> None:
    found = family(stems(some))
    assert found is not None
    assert found == family(stems(other))


def test_a_phrase_comes_before_its_words() -> None:
    phrase, word = family(stems("took over")), family(stems("take over"))
    assert phrase is None
    assert word is not None
    assert word.name == "purchase"


def test_a_family_knows_whether_it_is_of_saying_or_of_consequences() -> None:
    said, died, won = (family(stems(word)) for word in ("said", "died", "won"))
    assert said is not None
    assert died is not None
    assert won is not None
    assert (said.telling, died.telling, won.telling) == (True, False, False)
    assert (said.consequence, died.consequence, won.consequence) == (False, True, False)


def test_a_gist_holds_what_an_article_is_about_title_first() -> None:
    text = (
        "The harbour of Ellory was closed. "
        + "Ships waited for the storm to pass, and the crews waited with them. " * 40
    )
    gist = gist_of("Ellory harbour closed", text)
    assert {"ellory", "harbour"} <= set(gist[:4])
    assert len(gist) <= SIZE
    assert "the" not in gist
