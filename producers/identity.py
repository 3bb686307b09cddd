"""Article identity: the id given, else the canonical URL, else the normalised text."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from producers.hosts import ascii_host
from schemas.record import stable_id

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|li_fat_id|mc_[ce]id|igshid|yclid|_ga|_gl|"
    r"cmpid|ocid|at_(?:medium|campaign|custom\d|link\w*)|ns_(?:mchannel|source|campaign|linkname|fee)|wt_mc|xtor|smid|"
    r"ftag|sr_share|taid|guccounter|guce_referrer\w*|__twitter_impression|amp_js_v",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"(?<=[^/])(?:(?:/amp|\.amp)+/*$|\.amp(?=\.html?$))")
_AMP_PARAMETERS = {"amp": ("", "1", "true"), "outputtype": ("amp",)}
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def article_id(given: str | None, url: str | None, text: str) -> str:
    """Return the identity of an article; the same input always gives the same id."""
    if given:
        return given
    if url:
        return stable_id("a", "url", canonical_url(url))
    return stable_id("a", "text", normalised_text(text))


def canonical_url(url: str) -> str:
    """Return the form of a URL that its variants share.

    Scheme and host in lower case, http as https, no default port, fragment, tracking parameter or trailing slash, and
    nothing that asks for the AMP form (`/amp`, `.amp.html`, `amp=1`); parameters in order; hosts of other scripts in
    ASCII (UTS 46); in the path, escapes of letters and digits are undone and others in capitals (RFC 3986, 6.2.2).
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = ascii_host(parts)
    port = "" if parts.port is None or str(parts.port) == _DEFAULT_PORTS.get(scheme) else f":{parts.port}"
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query, True) if _tells(*pair)))
    scheme = "https" if scheme == "http" and not port else scheme
    return urlunsplit((scheme, host + port, _AMP_PATH.sub("", _path(parts.path)).rstrip("/"), query, ""))


def _tells(name: str, value: str) -> bool:
    """Tell whether a parameter says which article is meant, not how one came to it or in which form."""
    if _TRACKING.fullmatch(name):
        return False
    return value.lower() not in _AMP_PARAMETERS.get(name.lower(), ())


def _path(path: str) -> str:
    """Return a path with one spelling of its escapes; `%2F` stays apart from `/`."""
    return _ESCAPE.sub(_unescaped, quote(path, safe="/%:@!$&'()*+,;=~"))


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else match[0].upper()


def normalised_text(text: str) -> str:
    """Return the text as identity sees it: Unicode NFKC, case folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def outlet(url: str | None) -> str | None:
    """Return the outlet that a URL belongs to: its host without `www.`, in ASCII, or None."""
    return ascii_host(urlsplit(url)).removeprefix("www.") or None if url else None
