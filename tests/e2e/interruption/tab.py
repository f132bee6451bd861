"""Tabs that hold nothing but the interruption's component, with whatever a test hands it."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Route

from ops_dashboard.serving.node import node_directory

SECURE = "https://ops.test"
PLAIN = "http://ops.test"
NOW = 1_763_899_200.0
"""The server's clock when a tab is opened, unix seconds."""

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
_PAGE = (
    '<!doctype html><html lang="en"><head><title>Operations</title><link rel="icon" href="/plain.svg">'
    '</head><body><main><h1>Operations</h1></main><div id="root"></div><script src="/page.js"></script></body></html>'
)
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@cache
def _script() -> str:
    command = [node_directory() / "node", _HERE / "bundle.mjs"]
    paths = [_ROOT / "assets", _ROOT / ".web" / "node_modules", _HERE / "page.jsx"]
    return subprocess.run([*command, *paths], capture_output=True, text=True, check=True, timeout=60).stdout


def _answer(route: Route) -> None:
    path = route.request.url.rpartition("/")[2]
    if path == "page.js":
        route.fulfill(body=_script(), content_type="text/javascript")
    elif path.endswith(".svg"):
        route.fulfill(body=_ICON, content_type="image/svg+xml")
    else:
        route.fulfill(body=_PAGE, content_type="text/html", headers={"Content-Security-Policy": _POLICY})


def alert(number: int, severity: str = "critical", seconds: float = 1.0) -> dict[str, Any]:
    """An interruption so many seconds after NOW."""
    word = severity.capitalize()
    return {
        "id": number,
        "severity": severity,
        "count": 1,
        "title": f"{word} alert",
        "body": f"Error rate is {number} %",
        "at": NOW + seconds,
    }


class Tab:
    """One tab of a browser; its page is answered by the test itself, under a strict policy.

    Args:
        context: the browser's profile, which its tabs share.
        origin: SECURE, or PLAIN for a page without HTTPS.
    """

    def __init__(self, context: BrowserContext, origin: str = SECURE) -> None:
        context.route(f"{origin}/**", _answer)
        self.page: Page = context.new_page()
        self._inspector = context.new_cdp_session(self.page)
        self.page.goto(f"{origin}/")

    def run(self, expression: str) -> Any:
        """The value of an expression, or of what it promises.

        Playwright's own ``evaluate``, and its ``expect``, count as the user's gesture, after which a page may sound.
        """
        answer = self._inspector.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": False},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def show(self, **props: Any) -> None:
        """Hand the component some of its properties anew; by default the server's clock is known."""
        self.run(f"show({json.dumps({'serverNow': NOW, **props})})")

    def choose(self, **choices: Any) -> None:
        """Choose in this browser, as its user does in the preferences."""
        self.run(f"choose({json.dumps(choices)})")

    def interrupt(self, interruption: dict[str, Any]) -> None:
        """Hand it an interruption as it happens."""
        self.show(interruption=interruption, serverNow=interruption["at"])

    def reload(self) -> None:
        """Load the page anew, as a user does."""
        self.page.reload()

    def has_settled(self, number: int) -> bool:
        """Whether this tab has made the noise about an interruption, or decided to make none."""
        return self.run(f"settled.includes({number})")

    @property
    def sound(self) -> str:
        """Whether the page may sound: "ready", "blocked" …"""
        return self.run("sound.state.get()")

    def click(self) -> None:
        """Give the browser the gesture that it wants before a page may sound."""
        self.page.get_by_role("heading").click()

    def heard(self) -> list[list[str]]:
        """The sounds and notifications wished for, as pairs of kind and severity."""
        return self.run("heard")

    @property
    def alarm(self) -> Locator:
        """What is read out at once."""
        return self.page.get_by_role("alert")

    @property
    def status(self) -> Locator:
        """What is read out when there is time."""
        return self.page.get_by_role("status")

    @property
    def icon(self) -> str:
        """The address of the icon."""
        return self.run("document.querySelector('link[rel=icon]').getAttribute('href')")
