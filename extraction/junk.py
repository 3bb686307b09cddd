"""Lines of a page that are no prose: share bars, bylines, captions, navigation."""

from __future__ import annotations

import re

# Furniture whatever its punctuation.
_ALWAYS = re.compile(
    r"""^\W*(?:
    (?:facebook|twitter|disqus|post|leave|view|read|show|hide|no|\d+)\s+(?:a\s+|all\s+|the\s+)?(?:\d+\s+)?(?:comments?|repl(?:y|ies))\b.{0,40}
    |(?:share|tweet|print|email|e-mail|follow|like|pin|save)\s+(?:this|us|on|via|it)\b.{0,80}
    |(?:share|tweet|print|email|e-mail|save|facebook|twitter|whatsapp|telegram|reddit|linkedin|pinterest|link|copy|[\s|,•·/])+
    |(?:subscribe|sign\s+up|log\s+in|sign\s+in|register|click|tap)\s+(?:to|for|now|here|today|in|or|our)\b.{0,160}
    |(?:download|join|get)\s+(?:our|the\s+app|us)\b.{0,120}
    |(?:photo(?:graph)?s?\s+(?:by|courtesy)|(?:photo|image|picture|credit|source|caption|watch|listen|tags?|topics?|categories)\s*:|file\s+photo\b|getty\s+images|ap\s+photo).{0,160}
    |(?:©|copyright\b|\(c\)\s|all\s+rights\s+reserved\b|terms\s+of\s+(?:use|service)\b|privacy\s+policy\b|(?:we|this\s+site)\s+uses?\s+cookies\b).{0,190}
    |(?:published|updated|posted|last\s+(?:updated|modified)|first\s+published)\s*(?:on\b|at\b|:|\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).{0,80}
    |(?:written|reporting|reported|edited|editing|additional\s+reporting)\s+by\b.{0,160}
    |https?://\S+|www\.\S+
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# Headings of lists of links; a full stop at the end makes them prose.
_HEADING = re.compile(
    r"^\W*(?:advertisement|advertising|sponsored|promoted|continue reading|"
    r"read (?:more|also|next)|related|also read|see also|"
    r"most (?:read|popular|viewed)|trending|more (?:on this|from|stories)|recommended|editor'?s picks?|"
    r"you may also like|"
    r"subscribe|home|menu|search|skip to|breaking news|latest news|top stories|newsletter)\b[^.!?]{0,120}$",
    re.IGNORECASE,
)
_CAPITALISED_BYLINE = re.compile(
    r"^\W*by\s+(?:[A-Z][\w.'’-]*\s*,?\s*(?:and\s+)?){1,8}(?:\||$|,.{0,60}$)", re.IGNORECASE
)
_PROSE_BYLINE = re.compile(r"^\W*(?:by|from)\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s[|•·»›]\s")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORT = 60
_LONGEST_JUNK = 200


def is_junk(sentence: str) -> bool:
    """Tell whether a sentence is furniture of the page and so tells of no event."""
    if len(sentence) > _LONGEST_JUNK:
        return False
    if len(_LETTERS.findall(sentence[:80])) < 3:
        return True
    if len(_SEPARATORS.findall(sentence)) >= 2:
        return True
    if _PROSE_BYLINE.match(sentence):
        return _is_byline(sentence)
    if _ALWAYS.match(sentence) or _HEADING.match(sentence):
        return True
    return _is_shouted(sentence)


def _is_byline(sentence: str) -> bool:
    """Tell "By Jane Doe" from "By Monday the army had left"."""
    if sentence.rstrip("\"'”’ ")[-1:] in (".", "!", "?") or not _CAPITALISED_BYLINE.match(sentence):
        return False
    plain = [w for w in sentence.split()[1:] if w[0].islower() and w != "and"]
    return len(plain) <= 2


def _is_shouted(sentence: str) -> bool:
    """Tell a short line in capitals that no verb makes a headline: "FACEBOOK COMMENTS", "LATEST NEWS"."""
    return len(sentence) <= _SHORT and sentence.isupper() and sentence[-1:] not in ".!?" and len(sentence.split()) <= 4
