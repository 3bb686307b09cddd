"""The classes of a numeric token, told by its form alone."""

from __future__ import annotations

import re

FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(form), tuple(classes.split()))
    for form, classes in (
        (r"-?\d{4}-\d\d-\d\d", "ISO_DATE"),
        (r"-?\d{4}-\d\d-\d\d[T ].*", "ISO_INSTANT"),
        (r"\d\d?[/.-]\d\d?[/.-](\d\d){1,2}", "NUMERIC_DATE"),
        (r"\d{4}/\d\d?/\d\d?", "NUMERIC_DATE"),
        (r"(1[5-9]|20)\d\d[-/](0[1-9]|1[0-2])", "YEAR_MONTH"),
        (r"(0?\d|1\d|2[0-4]):[0-5]\d(:[0-5]\d)?", "CLOCK"),
        (r"\d{1,3}(,\d{3})+(\.\d+)?", "NUMBER"),
        (r"(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])", "DECIMAL CLOCK_DOT NUMBER DAY_DOT_MONTH"),
        (r"(0?[1-9]|[12]\d|3[01])\.[1-9]", "DECIMAL NUMBER DAY_DOT_MONTH"),
        (r"(0?\d|1\d|2[0-4])\.[0-5]\d", "DECIMAL CLOCK_DOT NUMBER"),
        (r"\d{1,9}\.\d{1,9}", "DECIMAL NUMBER"),
        (r"1/[1-9]\d?", "FRACTION DAY_MONTH"),
        (r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|[12]\d|3[01])", "FRACTION DAY_MONTH"),
        (r"\d/\d", "FRACTION"),
        (r"\d{3}0['’]?s", "DECADE"),
        (r"[1-9]\d0['’]?s", "DECADE_OLD"),
        (r"['’‘`]\d0s", "DECADE SHORT_DECADE"),
        (r"\d0['’]?s", "SHORT_DECADE"),
        (r"['’‘`]\d\d", "SHORT_YEAR"),
        (r"[$£€¥].*", "MONEY"),
        (r"00", "INT TWO_DIGITS HOUR"),
        (r"0[1-9]", "INT DAY MONTH_NUMBER TWO_DIGITS HOUR"),
        (r"0", "INT HOUR"),
        (r"[1-9]|1[0-2]", "INT DAY MONTH_NUMBER HOUR HOUR12"),
        (r"1[3-9]|2[0-4]", "INT DAY TWO_DIGITS HOUR"),
        (r"2[5-9]|3[01]", "INT DAY TWO_DIGITS"),
        (r"[3-9]\d", "INT TWO_DIGITS"),
        (r"[1-9][0-5]\d", "INT YEAR_SHORT HHMM"),
        (r"\d{3}", "INT YEAR_SHORT"),
        (r"0\d[0-5]\d", "HHMM YEAR_LOW"),
        (r"0\d{3}", "YEAR_LOW"),
        (r"1[0-4][0-5]\d", "INT HHMM YEAR_OLD"),
        (r"1[0-4]\d\d", "INT YEAR_OLD"),
        (r"1[5-9][0-5]\d|20[0-5]\d", "INT HHMM YEAR"),
        (r"1[5-9]\d\d|20\d\d|21[0-4]\d", "INT YEAR"),
        (r"2[1-3][0-5]\d", "INT HHMM YEAR_FAR"),
        (r"[1-9]\d{3}", "INT YEAR_FAR"),
        (r"[1-9]\d{4,8}", "INT"),
        (r"([1-4]Q|Q[1-4])['’]?(\d\d){1,2}", "QUARTER_CODE"),
        (r"([12]H|H[12])['’]?(\d\d){1,2}", "HALF_CODE"),
        (r"FY['’]?(\d\d){1,2}", "FISCAL_CODE"),
    )
)
"""Forms in the order in which they are tried; the first that fits the whole token decides."""

_COMMA_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+")

# One numeral of every form, so that all combinations of classes have their atoms before a rule is compiled.
SAMPLES = (
    *map(str, range(100)),
    *(f"{n:02d}" for n in range(10)),
    *(
        "2014-08-16",
        "2014-08-16T10:30",
        "16/08/2014",
        "2014/08/16",
        "2015-03",
        "10:30",
        "2,000",
        "7.25",
        "7.75",
        "7.12",
        "7.3",
        "7.123",
        "1/2",
        "3/4",
        "1/40",
        "470s",
    ),
    *(
        "16/8",
        "0/3",
        "1990s",
        "'90s",
        "90s",
        "470s",
        "'99",
        "$5",
        "430",
        "470",
        "0730",
        "0770",
        "1050",
        "1099",
        "1945",
        "1999",
    ),
    *("2014", "2059", "2060", "2145", "2250", "2359", "3000", "9999", "12345"),
    *("3Q14", "1H14", "FY14"),
)


def numeric_classes(token: str, decimal: str = ".") -> tuple[str, ...]:
    """Return the classes of a token that begins with a digit, an apostrophe, a minus or a currency sign.

    `decimal` is the mark before decimals: with a comma, `1.500` and `3,5` are numbers.
    """
    if token.isalpha() or len(token) > 35:
        return ()
    if decimal == "," and _COMMA_NUMBER.fullmatch(token):
        return ("DECIMAL", "NUMBER") if token.count(",") else ("NUMBER",)
    for form, classes in FORMS:
        if form.fullmatch(token):
            return classes
    return ()
