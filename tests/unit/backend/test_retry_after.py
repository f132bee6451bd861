"""The Retry-After header."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.backend.retry_after import LONGEST, parse_retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("0", 0),
        ("86400", LONGEST),
        ("9" * 5000, LONGEST),
        ("Mon, 23 Nov 2026 12:01:30 GMT", 90),
        ("Mon, 23 Nov 2026 12:01:30 -0000", 90),
        ("Mon, 23 Nov 2026 13:01:30 +0100", 90),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", LONGEST),
    ],
)
def test_it_reads_seconds_and_dates(value: str, seconds: float) -> None:
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value", [None, "", "soon", "-5", "1.5", "NaN", "٣", "Mon, 99 Nov 2026 12:00:00 GMT"]
)
def test_what_cannot_be_read_is_no_wish(value: str | None) -> None:
    assert parse_retry_after(value, NOW) is None


@given(st.text())
def test_no_text_raises_or_leaves_the_bounds(value: str) -> None:
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= LONGEST
