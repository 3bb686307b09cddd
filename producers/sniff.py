"""What a document is, by its first bytes; its name and what a server calls it are not asked."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Literal

from producers.decoding import decode

Kind = Literal[
    "gzip", "zstd", "warc", "jsonl", "json", "csv", "feed", "opml", "sitemap", "html", "urls", "text", "empty",
    "unknown",
]  # fmt: skip

HEAD_BYTES = 65_536
"""How much of a document `sniff` should be given."""

ROW_FIELDS = frozenset((
    "article_id", "id", "doc_id", "url", "published_at", "language", "country", "source", "title", "text", "html",
))  # fmt: skip
"""Fields of a row of `producers.rows`, by which a table is known."""

_PROLOGUE = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>)", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"\s*<(?:!DOCTYPE\s+(?P<doctype>\w+)|(?:\w+:)?(?P<name>[\w-]+))", re.IGNORECASE)
_ROOTS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "channel": "feed", "opml": "opml", "urlset": "sitemap",
    "sitemapindex": "sitemap",
}  # fmt: skip
_PAGE_TAGS = frozenset((
    "html", "head", "body", "title", "meta", "article", "main", "section", "div", "p", "h1", "h2", "h3", "table",
    "span", "link", "script", "header", "blockquote", "ul",
))  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://jsonfeed\.org/version/')
_SEPARATORS = ",;\t|"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<|<\0\0\0|\0\0\0<")


def sniff(head: bytes, columns: Collection[str] = ()) -> Kind:
    """Return what a document is.

    Args:
        head: its first `HEAD_BYTES` bytes, or all of it.
        columns: names of further columns by which a table is known, beside `ROW_FIELDS`.
    """
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if head.startswith(b"WARC/"):
        return "warc"
    if not _WIDE.match(head) and len(_CONTROL.findall(head)) * 200 > len(head):
        return "unknown"
    text = decode(head).lstrip("\ufeff")
    stripped = text.lstrip()
    if not stripped:
        return "empty"
    if stripped[0] in "{[":
        return _json_kind(stripped, len(head) >= HEAD_BYTES)
    if stripped[0] == "<":
        return _markup_kind(stripped)
    lines = stripped.splitlines()
    if len(head) >= HEAD_BYTES and len(lines) > 1:
        lines.pop()  # the last may be cut
    addresses = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if addresses and all(_ADDRESS.fullmatch(line) for line in addresses):
        return "urls"
    return "csv" if separator(lines[0], columns) else "text"


def separator(header: str, columns: Collection[str] = ()) -> str | None:
    """Return what separates the columns of a table with this first line, None when it heads no table of articles."""
    known = ROW_FIELDS.union(columns)
    for mark in _SEPARATORS:
        names = [name.strip().strip('"').strip().lower() for name in header.split(mark)]
        if len(names) > 1 and sum(name in known for name in names) > 1:
            return mark
    return None


def _json_kind(text: str, cut: bool) -> Kind:
    first, newline, _ = text.partition("\n")
    if _JSON_FEED.search(text[:2000]) and '"items"' in text:
        return "feed"
    if text[0] == "[":
        return "json" if _opens_json(text) else "text"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        whole_line = bool(newline) or not cut
        # a first line that is broken in itself is JSONL with a bad line; `{` alone opens a document over many lines
        return (
            "json"
            if (whole_line and first.strip() in ("{", "{}")) or re.fullmatch(r'\{\s*"[^"]*"\s*:\s*.*,\s*', first)
            else "jsonl"
        )
    return "jsonl"


def _opens_json(text: str) -> bool:
    return re.match(r"\[\s*(?:\{|\])", text) is not None


def _markup_kind(text: str) -> Kind:
    position = 0
    while match := _PROLOGUE.match(text, position):
        position = match.end()
    root = _ROOT.match(text, position)
    if root is None:
        return "text"
    if root["doctype"]:
        return "html"
    name = root["name"].lower()
    if name in _ROOTS:
        return _ROOTS[name]
    if name in _PAGE_TAGS:
        return "html"
    return "unknown" if text.startswith("<?xml") else "text"
