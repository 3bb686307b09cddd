"""What holds for every date and for every text."""

from __future__ import annotations

import calendar
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extraction.timex import Domain, tag
from schemas.civil import MAX_YEAR, MIN_YEAR, civil, day_number, format_day, month_length, weekday
from schemas.when import Timex

MONTHS = calendar.month_name[1:]
SHORT_MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
DOMAINS: tuple[Domain, ...] = ("news", "narrative", "colloquial")

# The first call compiles the tables, which takes longer than Hypothesis allows an example.
unhurried = settings(deadline=None, max_examples=100)
many = settings(deadline=None, max_examples=400)

days = st.integers(day_number(MIN_YEAR), day_number(MAX_YEAR, 12, 31))
domains = st.sampled_from(DOMAINS)
publications = st.none() | st.sampled_from(["-9999-01-01", "2014-10-15", "9999-12-31"]) | days.map(format_day)


def timex_year(year: int) -> str:
    """Write an astronomical year as TIMEX3 does."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def year_told(year: int) -> str:
    """Write a year so that it can be read as nothing else: 1066, AD 79, 44 BC."""
    if year <= 0:
        return f"{1 - year} BC"
    return str(year) if year >= 1000 else f"{year} AD"


def ordinal(day: int) -> str:
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


DAY_FORMS: dict[str, Callable[[int, int, int], str]] = {
    "day month year": lambda y, m, d: f"{d} {MONTHS[m - 1]} {year_told(y)}",
    "month day, year": lambda y, m, d: f"{MONTHS[m - 1]} {d}, {year_told(y)}",
    "short month": lambda y, m, d: f"{SHORT_MONTHS[m - 1]} {d}, {year_told(y)}",
    "short month behind": lambda y, m, d: f"{d} {SHORT_MONTHS[m - 1]} {year_told(y)}",
    "ordinal": lambda y, m, d: f"the {ordinal(d)} of {MONTHS[m - 1]}, {year_told(y)}",
    "month ordinal": lambda y, m, d: f"{MONTHS[m - 1]} {ordinal(d)}, {year_told(y)}",
    "capitals": lambda y, m, d: f"{d} {MONTHS[m - 1].upper()} {year_told(y)}",
    "weekday": lambda y, m, d: (
        f"{calendar.day_name[weekday(day_number(y, m, d)) - 1]}, {d} {MONTHS[m - 1]} {year_told(y)}"
    ),
}
# Forms whose year has four digits and no era.
FOUR_DIGIT_FORMS: dict[str, Callable[[int, int, int], str]] = {
    "slashes, year first": lambda y, m, d: f"{y:04d}/{m:02d}/{d:02d}",
    "full stops": lambda y, m, d: f"{d:02d}.{m:02d}.{y:04d}",
    "American": lambda y, m, d: f"{m}/{d}/{y:04d}",
}


def read(written: str, **context: str | None) -> Timex:
    """Return the only expression of a sentence, which must be the whole of what was written."""
    found = tag(f"The tower fell on {written}.", **context)  # type: ignore[arg-type]
    assert [timex.text for timex in found] == [written]
    return found[0]


@pytest.mark.parametrize("form", DAY_FORMS.values(), ids=DAY_FORMS)
@unhurried
@given(day=days, domain=domains, published_at=publications)
@example(day=day_number(MIN_YEAR), domain="news", published_at=None)
@example(day=day_number(0, 12, 31), domain="narrative", published_at="2014-10-15")
@example(day=day_number(1), domain="news", published_at="2014-10-15")
@example(day=day_number(999, 12, 31), domain="news", published_at="2014-10-15")
@example(day=day_number(1000), domain="news", published_at="2014-10-15")
@example(day=day_number(MAX_YEAR, 12, 31), domain="colloquial", published_at=None)
def test_a_day_written_out_is_read_back(
    form: Callable[[int, int, int], str], day: int, domain: Domain, published_at: str | None
) -> None:
    year, month, of_month = civil(day)
    timex = read(form(year, month, of_month), domain=domain, published_at=published_at)
    assert (timex.type, timex.value) == ("DATE", f"{timex_year(year)}-{month:02d}-{of_month:02d}")
    assert timex.when is not None
    assert (timex.when.start, timex.when.granularity, timex.when.anchor) == (format_day(day), "day", "explicit")


@pytest.mark.parametrize("form", FOUR_DIGIT_FORMS.values(), ids=FOUR_DIGIT_FORMS)
@unhurried
@given(day=st.integers(day_number(1), day_number(MAX_YEAR, 12, 31)), domain=domains)
def test_a_day_in_figures_is_read_back(form: Callable[[int, int, int], str], day: int, domain: Domain) -> None:
    timex = read(form(*civil(day)), domain=domain, country="US")
    assert timex.when is not None
    assert timex.when.start == format_day(day)


@unhurried
@given(day=days, domain=domains)
def test_an_iso_day_is_read_back(day: int, domain: Domain) -> None:
    timex = read(format_day(day), domain=domain)
    year, month, of_month = civil(day)
    assert timex.value == f"{timex_year(year)}-{month:02d}-{of_month:02d}"
    assert timex.when is not None
    assert timex.when.start == format_day(day)


@unhurried
@given(day=days, second=st.integers(0, 86_399), domain=domains)
def test_an_iso_instant_is_read_back(day: int, second: int, domain: Domain) -> None:
    written = f"{format_day(day)}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    timex = read(written, domain=domain)
    assert timex.type == "TIME"
    assert timex.when is not None
    assert timex.when.start == written


@pytest.mark.parametrize("months", [MONTHS, SHORT_MONTHS], ids=["full", "short"])
@unhurried
@given(year=st.integers(MIN_YEAR, MAX_YEAR), month=st.integers(1, 12), domain=domains)
def test_a_month_of_a_year_is_read_back(months: list[str], year: int, month: int, domain: Domain) -> None:
    timex = read(f"{months[month - 1]} {year_told(year)}", domain=domain, published_at="2014-10-15")
    assert timex.value == f"{timex_year(year)}-{month:02d}"
    assert timex.when is not None
    assert timex.when.granularity == "month"


@unhurried
@given(year=st.integers(MIN_YEAR, 999), domain=domains)
def test_a_year_with_its_era_is_read_back(year: int, domain: Domain) -> None:
    assert read(year_told(year), domain=domain).value == timex_year(year)


@unhurried
@given(year=st.integers(1500, 2100), domain=domains)
def test_a_bare_year_is_read_back(year: int, domain: Domain) -> None:
    (timex,) = tag(f"The tower fell in {year}.", domain=domain)
    assert (timex.text, timex.value) == (str(year), str(year))


@unhurried
@given(decade=st.integers(100, 999), domain=domains)
def test_a_decade_is_read_back(decade: int, domain: Domain) -> None:
    (timex,) = tag(f"The tower fell in the {decade}0s.", domain=domain)
    assert (timex.text, timex.value) == (f"the {decade}0s", str(decade))


@unhurried
@given(year=st.integers(1, MAX_YEAR), month=st.integers(1, 12), domain=domains)
def test_a_day_that_does_not_exist_is_no_day(year: int, month: int, domain: Domain) -> None:
    day = month_length(year, month) + 1
    found = tag(f"The tower fell on {day} {MONTHS[month - 1]} {year:04d}.", domain=domain)
    assert all(timex.when is None or timex.when.granularity != "day" for timex in found)


FRAGMENTS = [
    "3", "5th", "31", "2009", "1066", "0044", "44 BC", "AD", "9999", "-9999-01-01", "2014-10-15", "2014-10-15T10:30Z",
    "12/31/1999", "31.12.1999", "1/2", "10:30", "25:61", "7.30am", "8 pm", "noon", "midnight", "GMT", "EST", "o'clock",
    "May", "may", "March", "Sept.", "Feb", "Friday", "Sun", "Mondays", "spring", "the fall", "summer of", "weekend",
    "'90s", "the 1990s", "nineties", "19th century", "millennium", "century BC", "Q3", "H1", "third quarter", "fiscal",
    "last", "next", "this", "previous", "the following", "that same", "early", "late", "mid-", "the end of", "about",
    "more than", "at least", "up to", "over", "or so", "year", "years", "months", "weeks", "day", "hours", "minutes",
    "fortnight", "decades", "a", "an", "two", "twenty-five", "a hundred", "several", "half", "and a half", "couple of",
    "ago", "earlier", "later", "before", "after", "the day before", "year-earlier", "the week", "ended", "long", "old",
    "every", "each", "per", "twice", "daily", "now", "today", "yesterday", "tomorrow", "tonight", "morning", "night",
    "Easter", "Christmas Eve", "Thanksgiving", "9/11", "since", "until", "by", "between", "from", "to", "and", "-", "–",
    ",", ".", "(", ")", "%", "$5", "said", "will", "was", "people", "'s", "’", "\n", "\n\n", "İ", "\u00a0", "\u2028",
]  # fmt: skip
date_like = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=10).map(" ".join)
glued = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
texts = st.text() | date_like | glued


@many
@given(text=texts, published_at=publications, domain=domains, country=st.sampled_from([None, "US", "GB"]))
@example(text="next century", published_at="9999-12-31", domain="news", country=None)
@example(text="10,000 years ago", published_at="2014-10-15", domain="news", country=None)
@example(text="last year", published_at="-9999-01-01", domain="narrative", country=None)
@example(text="-9999-01-01 and the day before", published_at=None, domain="news", country=None)
@example(text="9999-12-31 and two weeks later", published_at=None, domain="news", country=None)
@example(text="tomorrow morning", published_at="9999-12-31", domain="news", country=None)
@example(text="next weekend", published_at="9999-12-31", domain="colloquial", country=None)
@example(text="the following morning", published_at=None, domain="news", country=None)
@example(text="one million centuries later", published_at="2014-10-15", domain="colloquial", country=None)
def test_any_text_is_tagged_in_order_within_its_bounds(
    text: str, published_at: str | None, domain: Domain, country: str | None
) -> None:
    done = 0
    for timex in tag(text, published_at=published_at, domain=domain, country=country):
        assert done <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end] == timex.text == timex.text.strip()
        assert timex.value
        done = timex.end
        when = timex.when
        if when is None:
            continue
        assert when.resolved == (when.edtf is not None)
        assert when.resolved or (when.granularity, when.anchor) == ("unknown", "none")
        if when.start is not None and when.end is not None:
            assert moment(when.start) < moment(when.end)


def moment(iso: str) -> tuple[int, int, int, str]:
    """Return an ISO 8601 date or instant, years before 0 included, in an order that sorts; zones are left aside."""
    date, _, time = iso.partition("T")
    year, month, day = date.rsplit("-", 2)
    return int(year), int(month), int(day), time[:8] or "00:00:00"


# Whether these are expressions at all depends, by design, on what was mentioned before; and at the ends of time
# what follows from a mention may lie out of range.
RESTING = {
    "-9999-01-01",
    "9999",
    "5th",
    "the day before",
    "the following",
    "year-earlier",
    "the week",
    "ended",
    "third quarter",
}


def spans(text: str, published_at: str | None, domain: Domain) -> list[tuple[int, int]]:
    return [(timex.start, timex.end) for timex in tag(text, published_at=published_at, domain=domain)]


@unhurried
@given(
    parts=st.lists(
        st.lists(
            st.sampled_from([f for f in FRAGMENTS if "\n" not in f and f not in RESTING]), min_size=1, max_size=8
        ).map(" ".join),
        min_size=1,
        max_size=4,
    ),
    published_at=st.sampled_from([None, "2014-10-15"]),
    blank=st.sampled_from(["\n\n", "\n \n"]),
    domain=domains,
)
def test_a_paragraph_has_the_expressions_that_it_has_alone(
    parts: list[str], published_at: str | None, blank: str, domain: Domain
) -> None:
    offset, alone = 0, []
    for part in parts:
        alone += [(offset + start, offset + end) for start, end in spans(part, published_at, domain)]
        offset += len(part) + len(blank)
    assert spans(blank.join(parts), published_at, domain) == alone


@many
@given(text=date_like | glued, published_at=publications, domain=domains)
def test_no_expression_crosses_a_blank_line(text: str, published_at: str | None, domain: Domain) -> None:
    assert not any("\n\n" in text[start:end] for start, end in spans(text, published_at, domain))
