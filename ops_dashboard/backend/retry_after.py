"""The ``Retry-After`` header (RFC 9110, section 10.2.3): seconds, or a date."""

from ops_dashboard.backend.http_dates import http_date

LONGEST = 300.0
"""No backend can silence a source for longer (seconds)."""

_MOST_DIGITS = 9


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from ``now``, at most :data:`LONGEST`; None if none can be read.

    ``now`` is in unix seconds by the clock of the one who sent the header.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return LONGEST if len(text) > _MOST_DIGITS else min(float(text), LONGEST)
    moment = http_date(text)
    return None if moment is None else min(max(moment - now, 0.0), LONGEST)
