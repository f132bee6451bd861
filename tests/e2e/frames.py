"""What the websockets of a browser were sent, to be looked through when a test is over."""

from playwright.sync_api import BrowserContext, Page, WebSocket

from tests.secrets_kept import secrets_in


class Frames:
    """Collects every frame that the server sends to any tab of a browser's profile."""

    def __init__(self, context: BrowserContext) -> None:
        self._received: list[str] = []
        context.on("page", self._watch)

    @property
    def number(self) -> int:
        """How many frames there were."""
        return len(self._received)

    def leaks(self, *more: str) -> list[str]:
        """The secrets that were sent; ``more`` as for :func:`~tests.secrets_kept.secrets_in`."""
        return secrets_in("\n".join(self._received), *more)

    def _watch(self, page: Page) -> None:
        page.on("websocket", self._listen)

    def _listen(self, websocket: WebSocket) -> None:
        websocket.on("framereceived", lambda frame: self._received.append(str(frame)))
