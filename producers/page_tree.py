"""From the bytes of a page to its elements, whatever its encoding is said to be and however broken it is."""

from __future__ import annotations

import re
from typing import Any

from producers.decoding import decode

MAX_PAGE_BYTES = 8_388_608
"""Largest page that is read; larger ones are no articles."""

_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class NoArticle(ValueError):
    """A page that cannot be read as an article; the message says why."""


def page_tree(html: bytes | str, content_type: str | None = None) -> Any:
    """Return the root element of a page.

    Args:
        html: the page; text is taken as decoded.
        content_type: HTTP's Content-Type, whose charset is tried.

    Raises:
        NoArticle: when it is empty, too large or holds no element.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(html) > MAX_PAGE_BYTES:
        raise NoArticle(f"html: {len(html):,} bytes, the limit for a page is {MAX_PAGE_BYTES:,}")
    text = html if isinstance(html, str) else decode(html, content_type)
    data = _CONTROL.sub(" ", text).encode("utf-8")
    if not data.strip():
        raise NoArticle("html: empty")
    try:
        # the parser is told: what a meta element says of the encoding no longer holds
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", remove_pis=True))
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle(f"html: cannot be read: {error}") from error
