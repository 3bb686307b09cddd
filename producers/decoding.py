"""From bytes to text: what a source says about its encoding is tried, and believed only when the bytes fit it."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How the first `<` of a document looks in encodings of two and four bytes, for documents without a mark."""

_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
          "ascii": "cp1252", "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
          "windows-31j": "cp932", "iso-8859-9": "cp1254", "tis-620": "cp874"}  # fmt: skip
"""What is meant by a name in practice (https://encoding.spec.whatwg.org/#names-and-labels)."""

_DECLARATION_WINDOW = 2048


def decode(data: bytes, content_type: str | None = None) -> str:
    """Decode a document, never failing.

    Tried in this order: byte order mark; the pattern of a first `<` in two or four bytes; UTF-8; the charset of the
    content type; the XML declaration; HTML's meta. The first that fits every byte is taken. UTF-8 comes before what is
    said of a document: text that is valid UTF-8 by chance hardly occurs, a wrong declaration does. Where none fits,
    UTF-8 or windows-1252, whichever explains more bytes, with U+FFFD for the others.

    Args:
        data: the document's bytes.
        content_type: HTTP's Content-Type, if there is one.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    for pattern, name in _UNMARKED:
        if data.startswith(pattern):
            return data.decode(name, "replace")
    for candidate in _candidates(data, content_type):
        text = _strictly(data, candidate)
        if text is not None:
            return text
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    wide = sum(character > "\x7f" for character in text)
    return text if wide > 2 * replaced else data.decode("cp1252", "replace")


def _candidates(data: bytes, content_type: str | None) -> list[str]:
    names = []
    found = _CHARSET.search(content_type or "")
    if found:
        names.append(found[1])
    head = data[:_DECLARATION_WINDOW]
    for pattern in (_DECLARED, _META):
        match = pattern.search(head)
        if match:
            names.append(match[1].decode("ascii"))
    # ISO-2022 and HZ are written in ASCII bytes, so that UTF-8 would fit them
    shifted = any(name.lower().startswith(("iso-2022", "hz")) for name in names)
    return [*names, "utf-8"] if shifted else ["utf-8", *names]


def _strictly(data: bytes, name: str) -> str | None:
    name = name.lower()
    try:
        codec = codecs.lookup(_WIDER.get(name, name))
        if codec.name in ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") and b"\0" not in data:
            return None  # a document of single bytes that claims two: decoding would give nonsense, not an error
        return data.decode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        return None


def not_utf8(error: UnicodeDecodeError) -> str:
    """Say where bytes are not UTF-8, and what to do."""
    return f"not UTF-8: byte 0x{error.object[error.start]:02x} at position {error.start}; convert the input to UTF-8"
