from __future__ import annotations

import random
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from timeline.stories import Report, Stories, report

DAM = [
    (
        "Dam near Velden gives way",
        "A dam above Velden gave way on Monday and water swept through the valley of the Orla.",
    ),
    ("Velden flooded after dam breaks", "Water from the broken Orla dam flooded Velden; the dam had leaked for weeks."),
    (
        "Orla valley cleared",
        "Families left the Orla valley after the dam above Velden broke, and engineers blamed leaks.",
    ),
]
CHESS = [
    ("Marchetti wins chess title", "Grandmaster Lia Marchetti won the chess title in Oslo with a queen sacrifice."),
    ("Chess crown for Marchetti", "A queen sacrifice gave Lia Marchetti the chess crown in Oslo against Petrov."),
]


def reports(day: str = "2025-03-03") -> list[Report]:
    named = [
        (f"{kind}{number}", *one) for kind, all_ in (("dam", DAM), ("chess", CHESS)) for number, one in enumerate(all_)
    ]
    return [report(name, day, title, text) for name, title, text in named]


def partition(stories: Stories) -> set[frozenset[str]]:
    found = defaultdict(set)
    for article, cluster in stories.all():
        found[cluster].add(article)
    return set(map(frozenset, found.values()))


@given(st.permutations(reports()))
def test_articles_of_one_event_are_one_story_in_any_order(order: list[Report]) -> None:
    stories = Stories()
    for one in order:
        stories.add(one)
    assert partition(stories) == {frozenset({"dam0", "dam1", "dam2"}), frozenset({"chess0", "chess1"})}


def test_a_story_is_named_after_its_oldest_article_whatever_the_order() -> None:
    first, second, *_ = reports()
    older = Report(first.article_id, first.day and first.day - 1, first.words)
    names = []
    for order in ((older, second), (second, older)):
        stories = Stories()
        for one in order:
            stories.add(one)
        names.append(dict(stories.all())["dam1"])
    alone = Stories()
    alone.add(older)
    assert set(names) == {dict(alone.all())["dam0"]}


def test_an_article_published_again_is_the_one_that_counts() -> None:
    stories = Stories()
    for one in reports():
        stories.add(one)
    stories.add(report("dam0", "2025-03-03", *CHESS[0]))
    assert frozenset({"dam0", "chess0", "chess1"}) in partition(stories)


def test_a_story_that_nothing_was_added_to_is_given_up_once() -> None:
    stories = Stories()
    for one in reports("2025-01-01"):
        stories.add(one)
    assert list(stories.retire(30)) == []
    stories.add(report("late", "2025-06-01", "Comet seen", "A comet was seen over Tenerife by astronomers."))
    gone = [article for article, _ in stories.retire(30)]
    assert sorted(gone) == ["chess0", "chess1", "dam0", "dam1", "dam2"]
    assert [article for article, _ in stories.all()] == ["late"]


@given(st.lists(st.tuples(st.sampled_from(DAM + CHESS), st.integers(1, 28)), max_size=12), st.randoms())
def test_every_article_has_one_story(rows: list[tuple[tuple[str, str], int]], chance: random.Random) -> None:
    stories = Stories()
    given_ = [report(f"a{number}", f"2025-03-{day:02d}", *one) for number, (one, day) in enumerate(rows)]
    chance.shuffle(given_)
    for one in given_:
        stories.add(one)
    assert sorted(article for article, _ in stories.all()) == sorted(one.article_id for one in given_)
