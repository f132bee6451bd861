"""Who makes a request: the same answer for HTTP as for every event of a tab."""

import hashlib
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from starlette.requests import cookie_parser

from ops_dashboard.access.hosts import Hosts
from ops_dashboard.access.sessions import Sessions
from ops_dashboard.access.throttle import Throttle
from ops_dashboard.access.tokens import Tokens
from ops_dashboard.domain.access import Role, access, higher
from ops_dashboard.domain.audit import is_persons_name
from ops_dashboard.domain.text import person_name
from ops_dashboard.setting_values import is_loopback
from ops_dashboard.settings import Settings, settings

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
        self.cookie = _cookie_name(chosen)
        """The name of the cookie that holds a session's id."""
        self._trusted = chosen.backend_url is None or chosen.trust_loopback == "yes"
        # What comes through a trusted proxy was not made on this machine.
        self._on_loopback = is_loopback(chosen.host) and not self.proxies

    def visitor(self, headers: Mapping[str, str], *, use: bool = True) -> Visitor:
        """Who sent these headers. With ``use`` the idle time of the session begins anew.

        The header of the trusted proxy is believed: of everybody else it has been removed before.
        """
        known = access(
            trusted=self._trusted and self._on_loopback and _is_made_here(headers),
            named_by_proxy=bool(self.user_header),
            operator_token="operator" in self.tokens.roles,
            viewer_token="viewer" in self.tokens.roles,
        )
        name = person_name(headers.get(self.user_header, "")) if self.user_header else ""
        granted = known.named if name else known.granted
        name = name if is_persons_name(name) else ""
        session = self.sessions.find(self.session_id(headers), use=use)
        if session is None:
            return Visitor(granted, name)
        return Visitor(higher(granted, session.role), name or session.name, logged_in=True)

    @property
    def could_trust_loopback(self) -> bool:
        """Whether OPS_TRUST_LOOPBACK=yes would be accepted and make operators of those on this machine."""
        return self._on_loopback and not self._trusted

    def session_id(self, headers: Mapping[str, str]) -> str:
        """The id of the session in the cookie; empty without one. Other cookies may hold anything."""
        return cookie_parser(headers.get("cookie", "")).get(self.cookie, "")


def _cookie_name(chosen: Settings) -> str:
    """A name of this instance's own: browsers send a cookie to all ports of a host, so others would replace it."""
    instance = f"{socket.gethostname()} {chosen.port} {chosen.data_dir} {chosen.backend_url}"
    return f"ops_session_{hashlib.sha256(instance.encode(errors='replace')).hexdigest()[:12]}"


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
