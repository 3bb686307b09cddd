from __future__ import annotations

import pytest

from producers.feed_dates import read_feed_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 26 Jun 2025 08:30:00 +0200", "2025-06-26T08:30:00+02:00"),
        ("Thu, 26 Jun 2025 08:30:00 GMT+2", "2025-06-26T08:30:00+02:00"),
        ("26 June 25 08:30 EST", "2025-06-26T08:30:00-05:00"),
        ("Thu, 26 Jun 2025", "2025-06-26"),
        ("June 26, 2025 at 3:05 pm", "2025-06-26T15:05:00"),
        ("Thu Jun 26 08:30:00 UTC 2025", "2025-06-26T08:30:00Z"),
        ("2025-06-26T08:30:00.123-07:00", "2025-06-26T08:30:00-07:00"),
        ("2025-06-26 08:30", "2025-06-26T08:30:00"),
        ("20250626T083000Z", "2025-06-26T08:30:00Z"),
        ("20250626", "2025-06-26"),
        ("2025-177", "2025-06-26"),
        ("2016/6/29", "2016-06-29"),
        ("2025-06-26T24:00:00Z", "2025-06-26"),
        ("Thu, 26 Jun 2025 08:30 Mars/Olympus", "2025-06-26T08:30:00"),
    ],
)
def test_dates_are_read_with_what_they_tell(text: str, moment: str) -> None:
    assert str(read_feed_date(text)) == moment


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "2025", "2025-06", "13/04/2025", "0000-00-00", "31 Feb 2020", "99999999", "12:30"]
)
def test_what_tells_no_day_is_no_date(text: str | None) -> None:
    assert read_feed_date(text) is None
