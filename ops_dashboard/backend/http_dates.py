"""Dates in HTTP headers (RFC 9110, section 5.6.7)."""

from datetime import UTC
from email.utils import parsedate_to_datetime


def http_date(value: str | None) -> float | None:
    """The moment in unix seconds; None if none can be read."""
    try:
        when = parsedate_to_datetime(value or "")
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
