"""From a fragment of HTML, as feeds carry it, to plain text with its paragraphs."""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\w+|\w+);")
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "form"))
_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
))  # fmt: skip
_SPACE = re.compile(r"[ \t\r\f\v\xa0]*\n[\s\xa0]*")
_RUN = re.compile(r"[ \t\r\f\v\xa0]+")
_MEANT = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Characters that no text has, and what is meant by them (HTML standard, "numeric character references")."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def has_markup(text: str) -> bool:
    """Tell whether a text has tags or character references."""
    return _MARKUP.search(text) is not None


def plain_text(markup: str) -> str:
    """Return the words of an HTML fragment, a paragraph a line; scripts, styles and forms say nothing.

    A text without markup comes back with its white space tidied.
    """
    markup = _CONTROL.sub("", markup)
    if not _MARKUP.search(markup):
        return tidy(markup)
    if "<" not in markup:
        return tidy(html.unescape(markup))
    try:
        root = document_fromstring(markup.encode(), parser=HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but comments
        return ""
    return element_text(root)


def element_text(root: Any) -> str:
    """Return the words of a parsed element and of what it holds, a paragraph a line."""
    parts: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if silent == 0:
                parts.append(element.tail or "")
            continue
        name = element.tag.rpartition("}")[2].lower()
        if event == "start":
            silent += name in _SILENT
            if silent == 0:
                parts.append("\n" if name in _BLOCK else "")
                parts.append(element.text or "")
        else:
            if silent == 0 and name in _BLOCK:
                parts.append("\n")
            silent -= name in _SILENT
            if silent == 0 and element is not root:
                parts.append(element.tail or "")
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """Collapse spaces within lines and leave no line empty."""
    return _RUN.sub(" ", _SPACE.sub("\n", text.strip())).translate(_MEANT).strip()
