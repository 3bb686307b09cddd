"""Each row of the rule tables finds its own example, and gives the value that stands beside it."""

from __future__ import annotations

import pytest

from extraction.temporal.language import Rule, languages, load_language
from extraction.timex import tag

RULES = [rule for code in sorted(languages()) for rule in load_language(code).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_example_has_its_value(rule: Rule) -> None:
    domain = rule.domains[0] if rule.domains else "news"
    found = tag(rule.example, published_at="2014-10-15", language=rule.language.code, domain=domain)
    assert found, rule.example
    assert found, rule.example
    if rule.value:
        assert rule.value in [timex.value for timex in found]


def test_identifiers_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)


def test_the_following_day_of_a_month_stays_open() -> None:
    text = "It was 1914. In June the port closed, and the following day it burned."
    found = tag(text, published_at="2014-10-15", domain="narrative")
    assert [timex.value for timex in found] == ["1914", "1914-06", "1914-06-XX"]
