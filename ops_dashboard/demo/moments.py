"""Times as the demo writes them."""

from datetime import UTC, datetime


def iso(t: float) -> str:
    """Unix seconds as ISO 8601 in UTC with milliseconds, e.g. ``2026-01-31T12:00:00.000Z``."""
    return datetime.fromtimestamp(t, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(t: float | None) -> str | None:
    """As :func:`iso`; None stays None."""
    return None if t is None else iso(t)
