"""What a refresh costs the browser's main thread when nearly everything on the page changes with it."""

import httpx
from playwright.sync_api import Browser, Page, expect

from benchmarks.figures import Measured
from benchmarks.page_load import PROBE, SETTLE_MS

RUNS = 8
_LONG_TASK_MS = 50.0
# Healthy and incident differ in nearly every figure, status and tile.
_SCENARIOS = (("incident", "Down"), ("healthy", "Healthy"))


def refresh(browser: Browser, origin: str) -> list[Measured]:
    """Let the embedded demo change to an incident and back, and refresh after each change."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.add_init_script(PROBE)
    page.goto(f"{origin}/ops")
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    tasks = [_change(page, origin, *_SCENARIOS[run % 2]) for run in range(RUNS)]
    context.close()
    name = "Longest main-thread task of a refresh that changes everything (0: none over 50 ms)"
    return [Measured(name, "ms", tasks, _LONG_TASK_MS, every_run=True)]


def _change(page: Page, origin: str, scenario: str, word: str) -> float:
    page.evaluate("window.__measured.tasks = []")
    httpx.post(f"{origin}/demo/control", json={"scenario": scenario}).raise_for_status()
    page.get_by_role("button", name="Refresh now").click()
    verdict = page.get_by_role("region", name="System health").get_by_text(word, exact=True)
    expect(verdict).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    return max(page.evaluate("window.__measured.tasks"), default=0.0)
