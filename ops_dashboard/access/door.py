"""Who makes a request: the same answer for HTTP as for every event of a tab."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from ops_dashboard.access.hosts import Hosts, is_loopback
from ops_dashboard.access.sessions import Sessions
from ops_dashboard.access.throttle import Throttle
from ops_dashboard.access.tokens import Tokens
from ops_dashboard.domain.access import Role, access, higher
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.settings import Settings, settings

COOKIE = "ops_session"
"""The name of the cookie that holds a session's id."""
_PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
"""Headers by which a proxy shows itself: then the request may come from anywhere."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks. ``role`` is None for who has to log in first."""

    role: Role | None
    name: str = ""
    logged_in: bool = False


class Door:
    """Knows the settings and the sessions. Header names are in lower case, as ASGI has them.

    Args:
        chosen: the settings of this process.
        clock: seconds that never go back.
    """

    def __init__(self, chosen: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.tokens = Tokens(chosen.operator_token, chosen.viewer_token)
        self.sessions = Sessions(clock)
        self.throttle = Throttle(clock)
        self.hosts = Hosts(chosen)
        self.proxies = tuple(str(network) for network in chosen.trusted_proxies or ())
        self.user_header = (chosen.user_header or "").lower()
        # What comes through a trusted proxy was not made on this machine.
        self._on_loopback = is_loopback(chosen.host) and not self.proxies

    def visitor(self, headers: Mapping[str, str], *, use: bool = True) -> Visitor:
        """Who sent these headers. With ``use`` the idle time of the session begins anew.

        The header of the trusted proxy is believed: of everybody else it has been removed before.
        """
        known = access(
            local=self._on_loopback and _is_made_here(headers),
            named_by_proxy=bool(self.user_header),
            operator_token="operator" in self.tokens.roles,
            viewer_token="viewer" in self.tokens.roles,
        )
        name = clean(headers.get(self.user_header, ""), NAME_LENGTH) if self.user_header else ""
        granted = known.named if name else known.granted
        session = self.sessions.find(session_id(headers), use=use)
        if session is None:
            return Visitor(granted, name)
        return Visitor(higher(granted, session.role), name or session.name, logged_in=True)


def session_id(headers: Mapping[str, str]) -> str:
    """The id of the session in the cookie; empty without one."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _is_made_here(headers: Mapping[str, str]) -> bool:
    """Whether the request names this machine, and no proxy shows itself.

    Another name that leads to loopback is one that a foreign page was given, or one of a proxy.
    """
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    return bool(host) and is_loopback(host) and not _PASSED_ON.intersection(headers)


@cache
def door() -> Door:
    """The one door of this process.

    Raises:
        SettingsError: a setting has a value that is not accepted.
    """
    return Door(settings())
