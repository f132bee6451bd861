"""By which names the dashboard answers.

A page of another site can have its own name lead to this machine (DNS rebinding): to the browser the dashboard
then is that site, and its page may read whatever is read without a login. The name in the request gives it away.
"""

import ipaddress
from urllib.parse import urlsplit

from ops_dashboard.setting_values import is_loopback
from ops_dashboard.settings import Settings


class Hosts:
    """Tells the names that are answered from all others.

    Those set are; else, where only this machine is served and nobody logs in, those of this machine alone; else
    any: with tokens a foreign name brings no session along, and without them everybody else may read, too.
    """

    def __init__(self, chosen: Settings) -> None:
        self._names = frozenset({"localhost", *(chosen.allowed_hosts or ())})
        asks = chosen.operator_token or chosen.viewer_token
        only_here = is_loopback(chosen.host) and not asks and not chosen.trusted_proxies
        self._any = chosen.allowed_hosts is None and not only_here

    def answers_to(self, host: str) -> bool:
        """Whether a request with this `Host` header is answered.

        An address leads nowhere else, so it is no other site's name; and no browser leaves the header out.
        """
        if self._any or not host:
            return True
        try:
            parts = urlsplit(f"//{host}")
            name = (parts.hostname or "").rstrip(".")
            return parts.port != 0 and (name in self._names or _is_address(name))
        except ValueError:  # neither an address nor a port
            return False


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
