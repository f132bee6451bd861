"""The sessions of those who have logged in. They are in memory: a restart ends them all."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from ops_dashboard.domain.access import Role
from ops_dashboard.domain.views.sessions import OpenSession

IDLE_SECONDS = 12 * 3600.0
"""A session that nobody used for so long is over."""
LONGEST_SECONDS = 7 * 86_400.0
"""A session is over so long after the login, used or not."""
MOST_SESSIONS = 1_000
"""With more, the one that was used least lately ends."""
_ID_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One login. Moments are seconds of the clock that was given to :class:`Sessions`."""

    role: Role
    name: str
    created: float
    used: float


class Sessions:
    """All open sessions. Only a hash of each id is kept, so that a look into the memory opens none.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[bytes, Session] = {}

    def begin(self, role: Role, name: str = "") -> str:
        """Begin a session and return its id, 256 random bits that are told to the browser alone."""
        self._forget_the_over()
        while len(self._open) >= MOST_SESSIONS:
            del self._open[min(self._open, key=lambda key: self._open[key].used)]
        id, now = secrets.token_urlsafe(_ID_BYTES), self._clock()
        self._open[_key(id)] = Session(role, name, created=now, used=now)
        return id

    def find(self, id: str, *, use: bool) -> Session | None:
        """The open session of this id. With ``use`` its idle time begins anew."""
        session = self._open.get(_key(id))
        if session is None:
            return None
        now = self._clock()
        if _is_over(session, now):
            del self._open[_key(id)]
            return None
        if use:
            session = self._open[_key(id)] = replace(session, used=now)
        return session

    def end(self, id: str) -> Session | None:
        """End the session of this id, and return it, if there is one."""
        session = self.find(id, use=False)
        self._open.pop(_key(id), None)
        return session

    def opened(self, this: str = "") -> tuple[OpenSession, ...]:
        """The open sessions, the latest login first; ``this`` is the id of the one that asks."""
        self._forget_the_over()
        now, mine = self._clock(), self._open.get(_key(this))
        return tuple(
            OpenSession(one.name, one.role, now - one.created, now - one.used, one is mine)
            for one in sorted(self._open.values(), key=lambda session: -session.created)
        )

    def _forget_the_over(self) -> None:
        now = self._clock()
        self._open = {key: one for key, one in self._open.items() if not _is_over(one, now)}


def _key(id: str) -> bytes:
    return hashlib.sha256(id.encode(errors="replace")).digest()


def _is_over(session: Session, now: float) -> bool:
    return now - session.used > IDLE_SECONDS or now - session.created > LONGEST_SECONDS
