"""The ``Retry-After`` header (RFC 9110, section 10.2.3): seconds, or a date."""

from datetime import UTC
from email.utils import parsedate_to_datetime

LONGEST = 3600.0
"""No backend can silence a source for more than an hour (seconds)."""

_MOST_DIGITS = 9


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from ``now`` (unix seconds), at most :data:`LONGEST`; None if none can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return LONGEST if len(text) > _MOST_DIGITS else min(float(text), LONGEST)
    try:
        when = parsedate_to_datetime(text)
        moment = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(moment - now, 0.0), LONGEST)
