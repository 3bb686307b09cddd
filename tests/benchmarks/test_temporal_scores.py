"""The scores of temporal expressions, on cases small enough to count by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.temporal_scores import Counts, Expression, score, summed

TEXT = "On 3 May 1999, it rained for two days; on Monday (a feast) the sun came back."


def at(words: str, type_: str = "DATE", value: str | None = "X") -> Expression:
    start = TEXT.index(words)
    return Expression(start, start + len(words), type_, value)


def test_same_place_type_and_value() -> None:
    assert score(TEXT, [at("3 May 1999")], [at("3 May 1999")]) == Counts(1, 1, 1, 1, 1, 1)


def test_punctuation_and_blanks_at_the_edges_do_not_count() -> None:
    assert score(TEXT, [at("3 May 1999")], [at(" 3 May 1999,")]).strict == 1
    assert score(TEXT, [at("3 May 1999")], [at("On 3 May 1999")]).strict == 0


def test_overlap_is_relaxed_and_may_have_type_and_value() -> None:
    assert score(TEXT, [at("3 May 1999")], [at("May 1999", value="Y")]) == Counts(1, 1, 0, 1, 1, 0)
    assert score(TEXT, [at("two days", "DURATION")], [at("days")]) == Counts(1, 1, 0, 1, 0, 1)


def test_pairs_are_one_to_one_and_same_place_comes_first() -> None:
    labelled = [at("3 May 1999")]
    assert score(TEXT, labelled, [at("3 May", value="Y"), at("3 May 1999")]) == Counts(1, 2, 1, 1, 1, 1)
    assert score(TEXT, [at("3 May"), at("1999")], [at("3 May 1999")]).relaxed == 1


def test_missed_and_spurious() -> None:
    counts = score(TEXT, [at("3 May 1999"), at("Monday")], [at("Monday"), at("feast")])
    assert counts == Counts(2, 2, 1, 1, 1, 1)
    assert counts.f1("value") == 0.5


def test_labelled_without_value_count_for_nothing_nor_does_what_was_found_there() -> None:
    assert score(TEXT, [at("two days", value=None), at("Monday")], [at("days"), at("Monday")]) == Counts(
        1, 1, 1, 1, 1, 1
    )


def test_nothing_labelled_and_nothing_found() -> None:
    assert score(TEXT, [], []).f1("strict") == 0.0


spans = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda pair: Expression(pair[0], sum(pair), "DATE", "X"))


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_counts_are_within_bounds(labelled: list[Expression], found: list[Expression]) -> None:
    counts = score(TEXT, labelled, found)
    assert counts.strict <= counts.relaxed <= min(counts.labelled, counts.found)
    assert counts.type == counts.value == counts.relaxed
    assert all(0 <= counts.f1(name) <= 1 for name in ("strict", "relaxed", "type", "value"))
    assert summed([counts, counts]).f1("strict") == counts.f1("strict")
