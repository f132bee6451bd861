"""The open sessions as the page shows them: who, since when, and nothing by which one could use them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops_dashboard.domain.access import Role

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session. Moments are unix seconds; ``is_this`` for the one of who looks."""

    id: int
    """Its place in the list."""
    name: str
    role: Role
    logged_in_at: float
    used_at: float
    is_this: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """What is known of one session. Ages in seconds: sessions go by a clock that is not the wall's."""

    name: str
    role: Role
    age: float
    idle: float
    is_this: bool


@dataclass(frozen=True, slots=True)
class SessionsView:
    """The latest logins, at most :data:`MOST_SHOWN` of them, and how many there are in all."""

    rows: tuple[SessionRow, ...] = ()
    total: int = 0


def sessions_view(opened: Sequence[OpenSession], now: float) -> SessionsView:
    """The sessions in their order, their ages as moments before ``now``, unix seconds."""
    rows = tuple(
        SessionRow(number, one.name, one.role, now - one.age, now - one.idle, one.is_this)
        for number, one in enumerate(opened[:MOST_SHOWN])
    )
    return SessionsView(rows, len(opened))
