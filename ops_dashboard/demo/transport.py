"""Calling the demo backend without a socket."""

import httpx
from starlette.types import ASGIApp


class DemoTransport(httpx.AsyncBaseTransport):
    """An in-process transport on which a reset connection looks like one: it raises ``httpx.ReadError``."""

    def __init__(self, app: ASGIApp) -> None:
        self._inner = httpx.ASGITransport(app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Call the app. Raises ``httpx.ReadError``, caused by the ConnectionResetError of the app."""
        try:
            return await self._inner.handle_async_request(request)
        except ConnectionResetError as error:
            raise httpx.ReadError(str(error), request=request) from error
