"""Takes away the user's name where it was not given by a trusted proxy."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send


class UserHeader:
    """ASGI layer, the outermost: whatever stands in the header behind it was set by a trusted proxy.

    Args:
        app: the next layer.
        name: the header in lower case; empty where there is none.
        proxies: addresses or networks of the trusted proxies.
    """

    def __init__(self, app: ASGIApp, name: str, proxies: Sequence[str]) -> None:
        self._app = app
        self._name = name
        self._proxies = [ip_network(proxy) for proxy in proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, without the header if it is not to be believed."""
        if self._name and scope["type"] in ("http", "websocket"):
            given = [pair for pair in scope["headers"] if self._is_meant(pair[0])]
            # Two of them: the proxy has added its own to one that was sent to it.
            if len(given) > 1 or not self._is_trusted(scope):
                kept = [pair for pair in scope["headers"] if not self._is_meant(pair[0])]
                scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)

    def _is_meant(self, name: bytes) -> bool:
        """Whether this is the header, also in the spelling that some software takes for the same."""
        return name.decode("latin-1").lower().replace("_", "-") == self._name

    def _is_trusted(self, scope: Scope) -> bool:
        try:
            peer = ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(peer in network for network in self._proxies)
