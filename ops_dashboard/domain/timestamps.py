"""Timestamps of every kind, read as unix seconds."""

import math
from datetime import UTC, datetime

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def unix_seconds(value: object) -> float | None:
    """Read ISO 8601 (``Z``, an offset, or none, which means UTC) or unix seconds; None for anything else.

    Times outside 2000-2100 are refused: an epoch 0 or a count of milliseconds is a mistake, not a moment.
    """
    seconds = _from_text(value) if isinstance(value, str) else value
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    if not EARLIEST <= seconds <= LATEST or not math.isfinite(seconds):
        return None
    return float(seconds)


def _from_text(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
