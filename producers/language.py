"""The language of a page: what it declares, else what its text is in."""

from __future__ import annotations

import re
from typing import Any

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_READ = 4_000
_TELLING = 200  # letters below which the model's word is not taken against the page's


def page_language(tree: Any, text: str) -> tuple[str | None, str | None]:
    """Return the BCP 47 tag of a page's language, and a doubt when it declares another than its text has."""
    told = declared_language(tree)
    code = detected_language(text)
    if told is None:
        return code, None
    if code is None or code == told.partition("-")[0].lower():
        return told, None
    return code, f"declared as {told}, but the text is {code}"


def declared_language(tree: Any) -> str | None:
    """Return the language that a page declares in `lang`, `og:locale` or `content-language`, if it is a tag."""
    said = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), tree.get("xml:lang")]
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("http-equiv") or element.get("name") or "").lower()
        if name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language"):
            said.append(element.get("content"))
    for one in said:
        tag = (one or "").split(",")[0].strip().replace("_", "-")
        if _TAG.fullmatch(tag) and len(tag) <= 35:
            return tag
    return None


def detected_language(text: str) -> str | None:
    """Return the language of a text by py3langid; None for a text too short to tell."""
    head = text[:_READ]
    if sum(map(str.isalpha, head)) < _TELLING:
        return None
    from py3langid import classify  # half a second to load its model

    return str(classify(head)[0])
