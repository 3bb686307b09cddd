"""A short statement made from a sentence, for lists and feeds."""

from __future__ import annotations

import re

LONGEST = 140
"""Code points of a title at most, its ellipsis included."""

_SAYING = (
    r"(?:said|says|told|added|noted|reported|announced|stated|wrote|according to|confirmed|emphasi[sz]ed|claimed"
    r"|explained|tweeted|warned)"
)
_TAIL = re.compile(
    rf"(?:,[\"”’]?|[\"”]) ?(?:according to [^,]{{1,80}}|(?:[^,\"“”]{{1,60}} )?{_SAYING}(?: [^,\"“”]{{1,60}})?"
    rf"|{_SAYING} [^\"“”]{{1,80}})[.\"”]*$"
)
_HEAD = re.compile(
    r"^(?:Meanwhile|However|Moreover|Furthermore|Additionally|In addition|Also|Separately|Earlier), ?", re.I
)
_SPACE = re.compile(r"\s+")
_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"))


def title_of(sentence: str) -> str:
    """Return a sentence as a short statement: white space collapsed, no attribution tail, cut at a word.

    >>> title_of('The bridge was closed on Monday, police said.')
    'The bridge was closed on Monday'
    """
    title = _SPACE.sub(" ", sentence[: LONGEST * 8]).strip()
    shorter = _TAIL.sub("", title)
    if len(shorter) >= 20 and len(shorter.split()) >= 3:
        title = shorter
    shorter = _HEAD.sub("", title)
    if shorter != title:
        title = shorter[:1].upper() + shorter[1:]
    title = _unquoted(title).strip().rstrip(".,;: ").strip()
    if len(title) <= LONGEST:
        return title or sentence[:LONGEST].strip()
    cut = title.rfind(" ", LONGEST // 2, LONGEST)
    return title[: cut if cut > 0 else LONGEST - 1].rstrip(",;:—– ") + "…"


def _unquoted(title: str) -> str:
    """Drop a quotation mark without its partner, and a pair around the whole."""
    for opening, closing in _PAIRS:
        if title.startswith(opening) and title.endswith(closing) and len(title) > 2:
            inner = title[1:-1]
            if opening not in inner and closing not in inner:
                return inner
        odd = title.count(opening) != title.count(closing) if opening != closing else title.count(opening) % 2 == 1
        if odd:
            title = title.replace(opening, "").replace(closing, "")
    return title
