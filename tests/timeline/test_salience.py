"""The choice of dates, on small invented sets of what articles name."""

from __future__ import annotations

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from schemas.dated_article import DatedArticle, NamedDay
from timeline.salience import Salience, Weights, rank

FLOOD, TRIAL = 1000, 1090


_DIGESTS = itertools.count()


def article(
    article_id: str, *days: NamedDay, names: tuple[str, ...] = ("Orvik",), published: int | None = None
) -> DatedArticle:
    return DatedArticle(article_id, published, dict.fromkeys(names, 2), {"the": 9}, days)


def said(day: int, *names: str, milestones: int = 0, at: int = 0, digest: int | None = None) -> NamedDay:
    """A sentence that no other article has, unless a digest says which."""
    own = next(_DIGESTS) + 1_000_000 if digest is None else digest
    return NamedDay(day, at, at + 50, frozenset(names), milestones, own)


def order(*articles: DatedArticle) -> list[int]:
    return [ranked.day for ranked in rank(articles)]


def test_the_day_that_more_articles_name_comes_first() -> None:
    assert order(article("a", said(1)), article("b", said(2)), article("c", said(2))) == [2, 1]


def test_equal_days_come_by_date() -> None:
    assert order(article("a", said(40)), article("b", said(-3)), article("c", said(900))) == [-3, 40, 900]


def test_the_best_score_is_one_and_none_is_lost() -> None:
    ranked = rank([article("a", said(1), said(2)), article("b", said(2, "Orvik"))])
    assert ranked[0].score == 1.0
    assert {one.day for one in ranked} == {1, 2}


def test_a_sentence_about_the_topic_says_more_for_its_day() -> None:
    assert order(article("a", said(1)), article("b", said(2, "Orvik"))) == [2, 1]


def test_a_decisive_event_says_more_for_its_day() -> None:
    assert order(article("a", said(1)), article("b", said(2, milestones=2))) == [2, 1]


def test_an_article_that_names_many_days_says_less_for_each() -> None:
    calendar = article("a", *(said(day) for day in range(100, 900, 100)))
    assert order(calendar, article("b", said(1000)))[0] == 1000


def test_an_article_off_the_topic_says_less() -> None:
    about = [article(f"o{n}", said(500 + 40 * n), names=("Orvik", "Lervik")) for n in range(4)]
    other = article("x", said(3000), names=("Quillon", "Tarn"))
    assert order(*about, other)[-1] == 3000


def test_copies_of_a_sentence_count_as_one() -> None:
    copies = [article(f"c{n}", said(1, digest=7)) for n in range(9)]
    assert order(*copies, article("a", said(500)), article("b", said(500))) == [500, 1]


def test_of_equal_days_the_one_that_is_written_about_comes_first() -> None:
    later = [article(f"l{n}", published=503) for n in range(3)]
    assert order(article("a", said(1)), article("b", said(500)), *later) == [500, 1]
    assert order(article("a", said(1)), article("b", said(500)), article("z", published=499)) == [1, 500]


def test_a_loud_fortnight_does_not_take_all_places() -> None:
    """Twelve days on end of which each has more votes than a lone day far away: the lone day is among the first."""
    loud = [article(f"l{day}{n}", said(day)) for day in range(12) for n in range(3 if day == 5 else 2)]
    lone = article("lone", said(400))
    assert order(*loud, lone)[:2] == [400, 5]
    flat = Weights(contrast=0.0)
    assert [one.day for one in rank([*loud, lone], flat)][-1] == 400


def test_two_stories_each_have_their_day() -> None:
    flood = [article(f"f{n}", said(FLOOD, "Orvik"), said(FLOOD + n), names=("Orvik", "Lervik")) for n in range(1, 5)]
    trial = [article(f"t{n}", said(TRIAL, "Moreau"), said(TRIAL + n), names=("Moreau", "Tarn")) for n in range(1, 5)]
    assert set(order(*flood, *trial)[:2]) == {FLOOD, TRIAL}


def test_an_article_counts_once() -> None:
    salience = Salience()
    assert salience.add(article("a", said(1)))
    assert not salience.add(article("a", said(2)))
    assert [one.day for one in salience.rank(salience.topic())] == [1]


def test_texts_without_names_are_ranked_too() -> None:
    assert order(article("a", said(1), names=()), article("b", said(2), said(1), names=())) == [1, 2]


def test_nothing_gives_nothing() -> None:
    assert rank([]) == []
    assert rank([article("a")]) == []


_Contents = list[tuple[list[NamedDay], tuple[str, ...]]]
_DAYS = st.lists(
    st.builds(
        said, st.integers(-50, 50), st.sampled_from(["Orvik", "Tarn", "Moreau"]), milestones=st.integers(0, 5),
        digest=st.integers(0, 5),
    ),
    max_size=4,
)  # fmt: skip
_NAMES = st.sets(st.sampled_from(["Orvik", "Tarn", "Moreau", "Quillon"]), max_size=3).map(lambda names: tuple(names))


@given(st.lists(st.tuples(_DAYS, _NAMES), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(contents: _Contents, shuffler: random.Random) -> None:
    articles = [article(f"a{n}", *days, names=names, published=n % 3) for n, (days, names) in enumerate(contents)]
    shuffled = articles.copy()
    shuffler.shuffle(shuffled)
    assert rank(shuffled) == rank(articles)


@given(st.lists(st.tuples(_DAYS, _NAMES), max_size=8))
def test_every_named_day_is_ranked_once_and_scores_fall(contents: _Contents) -> None:
    articles = [article(f"a{n}", *days, names=names) for n, (days, names) in enumerate(contents)]
    ranked = rank(articles)
    assert sorted(one.day for one in ranked) == sorted({named.day for days, _ in contents for named in days})
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
