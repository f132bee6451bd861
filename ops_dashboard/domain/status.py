"""Health words, mapped to five statuses, and their order from worst to best."""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """The health of a thing. ``unknown`` and ``not_applicable`` are answers too, never painted green."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> str:
        """The word shown beside the icon."""
        return "Not applicable" if self is Status.NOT_APPLICABLE else self.value.capitalize()

    @property
    def rank(self) -> int:
        """0 for the worst. Unknown stands before healthy: what nobody has read deserves a look."""
        return _RANKS[self]


_WORST_FIRST = (Status.DOWN, Status.DEGRADED, Status.UNKNOWN, Status.HEALTHY, Status.NOT_APPLICABLE)
_RANKS = {status: rank for rank, status in enumerate(_WORST_FIRST)}

TROUBLED = frozenset({Status.DOWN, Status.DEGRADED})
"""The statuses that somebody has to look after."""

_WORDS = {
    "ok": Status.HEALTHY,
    "healthy": Status.HEALTHY,
    "online": Status.HEALTHY,
    "warning": Status.DEGRADED,
    "degraded": Status.DEGRADED,
    "down": Status.DOWN,
    "unhealthy": Status.DOWN,
    "error": Status.DOWN,
    "offline": Status.DOWN,
    "not_applicable": Status.NOT_APPLICABLE,
}


def status_of(word: object) -> Status:
    """Map a backend's word to a status; whatever is not in the contract's list is unknown.

    >>> status_of("Warning").word
    'Degraded'
    """
    return _WORDS.get(word.strip().lower(), Status.UNKNOWN) if isinstance(word, str) else Status.UNKNOWN


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of several statuses; unknown when there is none to judge by."""
    judged = [s for s in statuses if s is not Status.NOT_APPLICABLE]
    return min(judged, key=lambda s: s.rank, default=Status.UNKNOWN)
