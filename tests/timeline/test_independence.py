from __future__ import annotations

from tests.timeline.conftest import make_mention
from timeline.independence import independent, one_source

WIRE = "A ferry with two hundred passengers sank off Batangas in heavy seas on Friday night"
OWN = "Rescuers searched the waters near Batangas on Saturday after a crowded ferry went down"


def test_a_wire_story_reprinted_ten_times_counts_once() -> None:
    reprints = [make_mention(WIRE, f"a{number}", source=f"paper{number}.example") for number in range(10)]
    assert independent(reprints) == 1


def test_a_reprint_with_a_word_changed_counts_once_and_a_report_of_its_own_counts() -> None:
    changed = make_mention(WIRE.replace("Friday", "Saturday"), "a2", source="two.example")
    own = make_mention(OWN, "a3", source="three.example")
    assert independent([make_mention(WIRE, "a1", source="one.example"), changed]) == 1
    assert independent([make_mention(WIRE, "a1", source="one.example"), changed, own]) == 2


def test_two_articles_of_one_outlet_are_one_source() -> None:
    assert independent([make_mention(line, line, source="one.example") for line in (WIRE, OWN)]) == 1


def test_articles_with_one_gist_are_one_text_under_two_titles() -> None:
    gist = ("ferry", "batanga", "sank", "coast", "guard")
    assert independent([make_mention(WIRE, "a1", gist=gist), make_mention(OWN, "a2", gist=gist)]) == 1


def test_short_sentences_may_be_alike_by_chance() -> None:
    assert independent([make_mention("The ferry sank", "a1"), make_mention("The ferry sank", "a2")]) == 2


def test_which_articles_count_as_one_is_told() -> None:
    told = [make_mention(WIRE, "a1", source="one.example"), make_mention(WIRE, "a2"), make_mention(OWN, "a3")]
    shared = one_source(told)
    assert shared["a1"] == shared["a2"] != shared["a3"]
