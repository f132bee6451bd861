"""Under which key each number and each status of the page is kept, and what a kept status means."""

from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.figure import Figure

RATE = ".rate"
"""What a counter's series is called after its figure: growth per second."""


def series_key(figure: Figure) -> str:
    """Where a figure's past is kept: apart for each origin, since two origins measure two things.

    >>> series_key(Figure("performance.p95", "p95", origin="observed"))
    'performance.p95@observed'
    """
    own = figure.origin in ("reported", "derived")
    return f"{figure.key}{'' if own else f'@{figure.origin}'}{RATE if figure.counter else ''}"


def origins_of(key: str) -> tuple[str, ...]:
    """Every key under which the past of the figure ``key`` may be kept."""
    return (key, *(f"{key}@{origin}" for origin in ("metrics", "observed")), f"{key}{RATE}")


def users_keys(key: str) -> tuple[str, ...]:
    """Those of them that hold what the backend told, and not what own calls showed."""
    return (key, f"{key}@metrics")


def status_key(name: str) -> str:
    """Where the statuses of a module or component are kept, as :func:`level`."""
    return f"modules.{name}.status"


def level(status: str) -> int:
    """A status as a number: the worse, the higher, so that the highest of an interval is its worst."""
    return len(Status) - 1 - Status(status).rank


def status_at(level: float) -> Status:
    """The status that :func:`level` made a number of."""
    return next(status for status in Status if len(Status) - 1 - status.rank == round(level))
