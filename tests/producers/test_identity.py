from __future__ import annotations

import pytest

from producers.identity import article_id, canonical_url, outlet


@pytest.mark.parametrize(
    "variant",
    [
        "https://News.Example/2025/summit",
        "http://news.example/2025/summit/",
        "https://news.example:443/2025/summit?utm_source=feed&fbclid=x#comments",
        "  https://news.example/2025/summit  ",
    ],
)
def test_variants_of_an_address_are_one_article(variant: str) -> None:
    assert article_id(None, variant, "a") == article_id(None, "https://news.example/2025/summit", "b")


def test_parameters_that_name_the_article_are_kept_in_order() -> None:
    assert canonical_url("https://n.example/story?b=2&a=1&utm_medium=rss") == "https://n.example/story?a=1&b=2"
    assert article_id(None, "https://n.example/story?id=1", "") != article_id(None, "https://n.example/story?id=2", "")


def test_the_id_given_comes_first_then_the_address_then_the_text() -> None:
    assert article_id("mine", "https://n.example/1", "text") == "mine"
    assert article_id(None, None, "The  same\ntext") == article_id(None, None, "the same TEXT ")
    assert article_id(None, None, "one") != article_id(None, None, "two")


def test_the_outlet_is_the_host() -> None:
    assert outlet("https://www.daily.example/2025/x") == "daily.example"
    assert outlet(None) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://n.example/caf%c3%a9", "https://n.example/café"),
        ("https://n.example/%7Eann/%61", "https://n.example/~ann/a"),
        ("https://n.example/a?gclid=1&at_medium=rss", "https://n.example/a"),
        ("https://n.example/story/amp/", "https://n.example/story"),
        ("https://n.example/story.amp", "https://n.example/story"),
        ("https://n.example/story.amp.html", "https://n.example/story.html"),
        ("https://n.example/story?amp=1&id=7", "https://n.example/story?id=7"),
        ("https://n.example/story?amp", "https://n.example/story"),
        ("https://n.example/story?outputType=amp", "https://n.example/story"),
        ("https://MÜNCHEN.example/a", "https://xn--mnchen-3ya.example/a"),
        ("https://новости.example./a", "https://xn--b1amnebsh.example/a"),
    ],
)
def test_spellings_of_an_address_are_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)
    assert canonical_url(canonical_url(one)) == canonical_url(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://n.example/amp", "https://n.example/"),
        ("https://n.example/champ", "https://n.example/ch"),
        ("https://n.example/story?amp=12", "https://n.example/story"),
        ("https://amp.example/a", "https://example/a"),
    ],
)
def test_what_only_looks_like_amp_stays(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_an_outlet_is_one_in_both_spellings_of_its_name() -> None:
    assert outlet("https://www.münchen.example/a") == outlet("http://xn--mnchen-3ya.example/b")


def test_an_escaped_slash_is_no_slash() -> None:
    assert (
        canonical_url("https://n.example/a%2fb") == "https://n.example/a%2Fb" != canonical_url("https://n.example/a/b")
    )
