"""Tokens of a text as the entity model wants them: hyphens and possessives apart, addresses whole."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[^\s@<>()\[\],;:]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|(?:[A-Za-z]\.){2,}(?![A-Za-z])|[A-Z]\.[A-Z](?![a-z.])"
    r"|\d+(?:[.,:/]\d+)*"
    r"|['’](?:s|S|re|ve|ll|m|d)\b"
    r"|[^\W\d_]+(?:['’](?!(?:s|S|re|ve|ll|m|d)\b)[^\W\d_]+)*\d*"
    r"|[^\w\s]|\w"
)


def tokens(text: str, start: int, end: int) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of text[start:end] as written, with their offsets into the text, ends exclusive."""
    found = list(_TOKEN.finditer(text, start, end))
    return [match.group() for match in found], [match.start() for match in found], [match.end() for match in found]
