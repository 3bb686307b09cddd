from __future__ import annotations

import pytest

from timeline.topic import Names, Topic


def topic(*articles: dict[str, int], plain: dict[str, int] | None = None) -> tuple[Names, Topic]:
    names = Names()
    for number, article in enumerate(articles):
        names.add(str(number), article, plain or {})
    return names, Topic(vector for _, vector in names.vectors())


def test_the_name_that_all_share_weighs_most() -> None:
    _, about = topic({"Orvik": 1, "Tarn": 1}, {"Orvik": 1, "Moreau": 1})
    assert about.share(["Orvik"]) > about.share(["Tarn"]) == about.share(["Moreau"]) > about.share(["Quillon"]) == 0


def test_first_words_of_sentences_are_no_names() -> None:
    names, about = topic({"Orvik": 3, "The": 3}, plain={"the": 2})
    assert dict(names.vectors()) == {"0": {"Orvik": 1.0}}
    assert about.share(["The"]) == 0


def test_a_name_that_stands_ten_times_does_not_count_tenfold() -> None:
    names, _ = topic({"Orvik": 10, "Tarn": 1})
    vector = dict(names.vectors())["0"]
    assert vector["Orvik"] / vector["Tarn"] == pytest.approx(3.303, abs=0.001)


def test_the_share_of_a_sentence_is_at_most_one() -> None:
    _, about = topic({"Orvik": 1, "Tarn": 1})
    assert about.share(["Orvik", "Tarn"]) == 1.0


def test_closeness_is_one_within_the_topic_and_zero_outside() -> None:
    names, about = topic({"Orvik": 1}, {"Orvik": 4})
    assert [about.closeness(vector) for _, vector in names.vectors()] == pytest.approx([1.0, 1.0])
    assert about.closeness({"Quillon": 1.0}) == 0


def test_without_names_all_is_the_topic() -> None:
    _, about = topic({}, {})
    assert about.closeness({}) == about.share([]) == 1.0
