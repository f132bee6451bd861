"""What the dashboard costs the backend it watches: calls a minute, with one tab open and with five."""

import time

import httpx
from playwright.sync_api import Browser, expect

from benchmarks.figures import Measured

WINDOW_SECONDS = 60.0


def backend_calls(browser: Browser, origin: str) -> list[Measured]:
    """Count the calls that the embedded demo backend answers within a minute."""
    return [
        Measured(f"Backend calls a minute, {tabs} tab{'s' * (tabs > 1)}", "", [_count(browser, origin, tabs)])
        for tabs in (1, 5)
    ]


def _count(browser: Browser, origin: str, tabs: int) -> float:
    context = browser.new_context()
    for _ in range(tabs):
        page = context.new_page()
        page.goto(f"{origin}/ops")
        expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    before = _calls(origin)
    time.sleep(WINDOW_SECONDS)
    after = _calls(origin)
    context.close()
    return 60 / WINDOW_SECONDS * (after - before)


def _calls(origin: str) -> int:
    return sum(httpx.get(f"{origin}/demo/control").json()["calls"].values())
