"""The sessions of those who have logged in. They are in memory: a restart ends them all."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from ops_dashboard.access.networks import network_of
from ops_dashboard.domain.access import Role
from ops_dashboard.domain.views.sessions import OpenSession

IDLE_SECONDS = 12 * 3600.0
"""A session that nobody used for so long is over."""
LONGEST_SECONDS = 7 * 86_400.0
"""A session is over so long after the login, used or not."""
MOST_SESSIONS = 1_000
"""Of one role. With more, one of the network that has the most of them ends: the one used least lately."""
MOST_OF_NETWORK = 100
"""Of one role and network. With more, the one used least lately ends."""
_ID_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One login. Moments are seconds of the clock that was given to :class:`Sessions`."""

    role: Role
    name: str
    created: float
    used: float
    network: str = ""
    """From where the login came."""


class Sessions:
    """All open sessions. Only a hash of each id is kept, so that a look into the memory opens none.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[bytes, Session] = {}

    def begin(self, role: Role, name: str = "", client: str = "") -> str:
        """Begin a session and return its id, 256 random bits that are told to the browser alone.

        ``client`` is the address that the login came from.
        """
        self._forget_the_over()
        network = network_of(client)
        self._make_room(role, network)
        id, now = secrets.token_urlsafe(_ID_BYTES), self._clock()
        self._open[_key(id)] = Session(role, name, now, now, network)
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

    def _make_room(self, role: Role, network: str) -> None:
        """End a session where there are too many: nobody's login ends one of another role."""
        of_role = [one for one in self._open.items() if one[1].role == role]
        by_network = Counter(session.network for _, session in of_role)
        crowd = network
        if by_network[network] < MOST_OF_NETWORK:
            if len(of_role) < MOST_SESSIONS:
                return
            crowd = by_network.most_common(1)[0][0]
        least = min((one for one in of_role if one[1].network == crowd), key=lambda one: one[1].used)
        del self._open[least[0]]

    def _forget_the_over(self) -> None:
        now = self._clock()
        self._open = {key: one for key, one in self._open.items() if not _is_over(one, now)}


def _key(id: str) -> bytes:
    return hashlib.sha256(id.encode(errors="replace")).digest()


def _is_over(session: Session, now: float) -> bool:
    return now - session.used > IDLE_SECONDS or now - session.created > LONGEST_SECONDS
