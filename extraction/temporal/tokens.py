"""Tokens: a text cut into words, numbers and marks, each with its trailing blanks, so that the pieces join to the text.

A blank line is a token of its own that no rule crosses; a single line break is a blank like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLANK = r"[^\S\n]*(?:\n(?![^\S\n]*\n)[^\S\n]*)?"

# No groups here: findall would then return them and not the tokens.
_NUMBER = r"""
    (?<![\w.-])-?\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])   # 2014-08-16
  | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\w|/\d)                        # 16/08/2014
  | \d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\w|\.\d)                     # 16.08.2014
  | \d{1,2}-\d{1,2}-\d{4}(?![\w-])                                  # 16-08-2014
  | \d{4}/\d{1,2}/\d{1,2}(?!\w|/\d)                                 # 2014/08/16
  | (?<![\w/-])(?!\d\d(?:NEXT_YEAR))(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])(?![\w/-]|\.\d)    # 2015-03, but not 2007-08
  | \d{1,2}:\d\d(?::\d\d)?(?![\d:])                                 # 10:30
  | \d{1,3}(?:GROUP\d{3})+(?:DECIMAL\d+)?(?!\d)                      # 2,000
  | \d+DECIMAL\d+(?!DECIMAL\d)                                       # 7.25
  | \d+\.\d+(?!\.\d)                                                # 20.15, the time, where 7,25 is the number
  | \d{1,3}/\d+(?![\d/])                                            # 1/2, but not 2009/10
  | \d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b                            # 25th
  | \d+(?=(?:SUFFIXES)\b)                                           # 26 in 26nov
  | \d{1,4}['’]?s\b                                                 # 1990s
  | \d+[^\W\d_]\w*                                                  # 3D
  | \d+
"""
_TOKEN = r"""
    (?:
        (?:https?://|www\.)\S+                                        # links
      | \d+(?:\.\d+){3,}                                            # 192.168.0.1
      | (?<![\w-])\d+(?:-\d+){3,}                                    # 978-0-306-40615-7
      | (?<![\w-])\d{3}-\d{4}(?![\w-])                              # 555-1998
      | \d+:\d{3,}                                                  # 1:2000
      | (?<![\w-])(?:\d{4}-)?[A-Z]{2,}-\d+\b                          # PLS-1987, 2012-CV-1881
      | (?<!\w)\d{4}-[A-Z]+\b                                       # 1975-B
      | ['’‘`]\d\ds?\b                                              # '99, '80s
      | [$£€¥]\ ?\d[\d,.]*                                          # $1,945
      | NUMBER
      | o['’]clock\b
      | (?:[^\W\d_]\.){2,}                                          # a.m., U.S.
      | [ABPabp]\.[CDMcdm]\b                                        # B.C, p.m
      | (?:ABBREVIATIONS)\.                                         # Sept.
      | [^\W\d_]+(?:\d\w*|['’](?:t|ll|re|ve|d|m)\b)?                # words, won't, A380
      | ['’][sS]\b
      | --+ | \.\.+
      | [^\s\w] | _ | \w
    )BLANK
  | \s+
"""


@lru_cache(maxsize=8)
def token_pattern(abbreviations: tuple[str, ...], suffixes: tuple[str, ...], decimal: str) -> re.Pattern[str]:
    """Return the regular expression that cuts a text into tokens.

    Args:
        abbreviations: words whose full stop belongs to them, in lower case.
        suffixes: what may be glued to a number that still counts as a number (`pm` in `7pm`), in lower case.
        decimal: the mark before decimals, `.` or `,`; the other one groups thousands.
    """
    cased = sorted({form for word in abbreviations for form in (word, word.capitalize(), word.upper())}, reverse=True)
    glued = sorted(suffixes, key=len, reverse=True)
    pairs = "|".join(f"{year:02d}-{year + 1:02d}" for year in range(12))
    number = _NUMBER.replace("NEXT_YEAR", pairs).replace("SUFFIXES", "(?i:" + "|".join(map(re.escape, glued)) + ")")
    marks = {".": (r"\.", ","), ",": (",", r"\.")}[decimal]
    number = number.replace("DECIMAL", marks[0]).replace("GROUP", marks[1])
    source = _TOKEN.replace("NUMBER", number).replace("ABBREVIATIONS", "|".join(map(re.escape, cased)))
    return re.compile(source.replace("BLANK", _BLANK), re.VERBOSE)
