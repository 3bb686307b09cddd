"""XML from strangers: nothing is loaded, nothing expands, nothing nests without end."""

from __future__ import annotations

import html
import html.entities
import re
from typing import Any

from lxml import etree

MAX_ENTITY = 64
"""Longest value, in characters, of an entity that a document may define for itself."""

MAX_GROWTH = 2_000_000
"""Characters that replacing entities may add to a document."""

_PROLOGUE_WINDOW = 200_000
"""Characters in which a DOCTYPE must end."""

_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^>\[]*(?:\[(?P<subset>.*?)\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"""<!ENTITY\s+(?P<name>[\w.:-]+)\s+(?P<quote>["'])(?P<value>.*?)(?P=quote)\s*>""", re.DOTALL)
_EXTERNAL = re.compile(r"<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)\b", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][\w.:-]*);")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BUILT_IN = frozenset(("amp", "lt", "gt", "quot", "apos"))


class UnsafeXml(ValueError):
    """A document that defines entities which expand or lie elsewhere."""


def sanitised(text: str) -> str:
    """Return a document without declaration and DOCTYPE, its named entities replaced, characters that XML forbids gone.

    HTML's entities are known; those that the document defines are replaced when their value is short plain text.

    Raises:
        UnsafeXml: for entities made of entities, of another file or address, or that would add too much text.
    """
    text = _ILLEGAL.sub("", _DECLARATION.sub("", text, count=1).lstrip())
    defined: dict[str, str] = {}
    match = _DOCTYPE.search(text, 0, _PROLOGUE_WINDOW)
    if match:
        defined = _defined(match["subset"] or "")
        text = text[: match.start()] + text[match.end() :]
    elif "<!ENTITY" in text[:_PROLOGUE_WINDOW]:
        raise UnsafeXml("hostile XML: entities are defined outside a DOCTYPE that can be read")
    left = MAX_GROWTH

    def replace(found: re.Match[str]) -> str:
        nonlocal left
        name = found[1]
        if name in _BUILT_IN:
            return found[0]
        value = defined.get(name)
        if value is None:
            character = html.entities.html5.get(name + ";")
            return found[0] if character is None else "".join(f"&#{ord(part)};" for part in character)
        left -= len(value)
        if left < 0:
            raise UnsafeXml(f"hostile XML: its entities expand to more than {MAX_GROWTH:,} characters")
        return html.escape(value)

    return _NAMED.sub(replace, text)


def _defined(subset: str) -> dict[str, str]:
    if _EXTERNAL.search(subset):
        raise UnsafeXml("hostile XML: it defines an entity that lies in another file or address")
    found = {}
    for entity in _ENTITY.finditer(subset):
        value = html.unescape(entity["value"]) if entity["value"].startswith("&#") else entity["value"]
        if "&" in value[1:] or "%" in value or (value.startswith("&") and len(value) > 1):
            raise UnsafeXml(f"hostile XML: its entity {entity['name']!r} is made of other entities")
        if len(value) > MAX_ENTITY:
            raise UnsafeXml(f"hostile XML: its entity {entity['name']!r} is longer than {MAX_ENTITY} characters")
        found[entity["name"]] = value
    return found


def parse_xml(text: str, url: str = "") -> Any:
    """Parse a sanitised document strictly; return its root element.

    Raises:
        lxml.etree.XMLSyntaxError: when it is not well formed, or nests deeper than libxml2's 256.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    return etree.fromstring(text.encode("utf-8"), parser, base_url=url)
