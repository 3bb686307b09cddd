from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Modality
from tests.timeline.conftest import make_mention
from timeline.headlines import Headlines, is_cut

BURST = make_mention("The Lervik dam burst near Orvik.", "a1")
FLOOD = make_mention("Water from the Lervik dam flooded Orvik.", "a2")
CHESS = make_mention("A chess club opened its doors.", "a3")


def test_a_title_in_the_words_of_other_articles_is_worth_more() -> None:
    day = Headlines([BURST, FLOOD, CHESS])
    assert day.worth(BURST) > day.worth(CHESS)
    assert day.worth(FLOOD) > day.worth(CHESS) > 0


def test_the_words_of_one_article_are_shared_by_nobody() -> None:
    again = make_mention("The chess club opened again.", "a3")
    day = Headlines([CHESS, again, BURST])
    assert day.worth(CHESS) == day.worth(BURST)


@pytest.mark.parametrize("modality", ["planned", "conditional", "denied"])
def test_what_happened_is_worth_more_than_what_was_to_happen(modality: Modality) -> None:
    told = BURST.model_copy(update={"modality": modality})
    day = Headlines([BURST, FLOOD, told])
    assert day.worth(told) < day.worth(BURST)


def test_a_whole_title_is_worth_more_than_a_cut_one() -> None:
    whole = BURST.title.rstrip(".")
    cut = BURST.model_copy(update={"title": whole, "sentence": f"{whole} at dawn."})
    day = Headlines([BURST, FLOOD])
    assert day.worth(cut) < day.worth(BURST)


@pytest.mark.parametrize("opening", ["When", "They say"])
def test_a_title_that_leans_on_what_stands_before_is_worth_less(opening: str) -> None:
    leaning = BURST.model_copy(update={"title": f"{opening} {BURST.title}", "sentence": f"{opening} {BURST.title}"})
    day = Headlines([BURST, FLOOD])
    assert day.worth(leaning) < day.worth(BURST)


@pytest.mark.parametrize(
    ("title", "sentence", "cut"),
    [
        ("The dam burst", "The dam burst, officials said.", False),
        ("The dam burst", "“The dam burst.”", False),
        ("The dam burst near", "The dam burst near Orvik.", True),
        ("The dam that held the water of the valley…", "The dam that held the water of the valley burst.", True),
        ("As the dam burst", "As the dam burst, people fled.", True),
        ("As the dam burst", "People fled as the dam burst.", False),
        ("On 3 March 2021 the dam gave way", "Yesterday the dam gave way.", False),
        ("", "The dam burst.", False),
    ],
)
def test_a_cut_title_is_known(title: str, sentence: str, cut: bool) -> None:
    assert is_cut(title, sentence) is cut


def test_titles_that_tell_the_same_are_known() -> None:
    day = Headlines([BURST, FLOOD, CHESS])
    assert day.alike(BURST.title, "Near Orvik the Lervik dam has burst")
    assert not day.alike(BURST.title, CHESS.title)
    assert day.alike("", "")


@given(st.lists(st.sampled_from([BURST, FLOOD, CHESS]), min_size=1, max_size=6), st.randoms())
def test_the_order_of_mentions_does_not_matter(mentions: list, chance: random.Random) -> None:  # type: ignore[type-arg]
    shuffled = chance.sample(mentions, len(mentions))
    assert [Headlines(mentions).worth(one) for one in mentions] == [Headlines(shuffled).worth(one) for one in mentions]
