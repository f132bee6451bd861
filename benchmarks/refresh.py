"""What a refresh costs the browser's main thread when nearly everything on the page changes with it."""

from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.figures import Measured
from benchmarks.page_load import PROBE, SETTLE_MS
from ops_dashboard.domain.modules import WATCHED_MODULES

RUNS = 8
_LONG_TASK_MS = 50.0
# Healthy and incident differ in nearly every figure, status and tile.
_SCENARIOS = (("incident", "Down"), ("healthy", "Healthy"))
_MODULES = (*sorted(WATCHED_MODULES), *(f"service-{n:03}" for n in range(112)))
_METRICS = 300


def refresh(browser: Browser, origin: str) -> list[Measured]:
    """Let the embedded demo change to an incident and back, and refresh after each change."""
    page = _opened(browser, origin)
    verdict = page.get_by_role("region", name="System health")
    tasks = []
    for run in range(RUNS):
        scenario, word = _SCENARIOS[run % 2]
        tasks.append(_change(page, origin, {"scenario": scenario}, verdict.get_by_text(word, exact=True)))
    page.context.close()
    return [_measured("Longest main-thread task of a refresh that changes everything", tasks)]


def refresh_of_many(browser: Browser, origin: str) -> list[Measured]:
    """Let the embedded demo report so many modules that 300 metrics are shown, and change them all."""
    _order(origin, {"set": {"health.modules": _modules(0)}})
    page = _opened(browser, origin)
    tile = page.get_by_role("region", name="Module health").get_by_role("listitem").first
    # The first one brings the modules; those measured find all of them there.
    _change(page, origin, {"set": {"health.modules": _modules(0)}}, tile.get_by_text("1,000", exact=True))
    tasks = []
    for run in range(1, RUNS + 1):
        order = {"set": {"health.modules": _modules(run)}}
        tasks.append(_change(page, origin, order, tile.get_by_text(f"{1_000 + run:,}", exact=True)))
    shown = page.get_by_role("list", name="Modules").get_by_role("listitem").count() * 2
    shown += page.locator("[data-figure][data-display=value]").count()
    page.context.close()
    assert shown >= _METRICS, f"only {shown} metrics are shown"
    return [_measured(f"Longest main-thread task of a refresh that changes {_METRICS} metrics", tasks)]


def _modules(run: int) -> dict[str, Any]:
    """All modules with values that no other run has."""
    return {
        name: {
            "status": "healthy",
            "response_time_ms": 1_000 + 10 * n + run,
            "error_count": n + run,
        }
        for n, name in enumerate(_MODULES)
    }


def _opened(browser: Browser, origin: str) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.add_init_script(PROBE)
    page.goto(f"{origin}/ops")
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    return page


def _change(page: Page, origin: str, order: dict[str, Any], arrived: Locator) -> float:
    page.evaluate("window.__measured.tasks = []")
    _order(origin, order)
    page.get_by_role("button", name="Refresh now").click()
    expect(arrived).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)
    return max(page.evaluate("window.__measured.tasks"), default=0.0)


def _order(origin: str, order: dict[str, Any]) -> None:
    httpx.post(f"{origin}/demo/control", json=order).raise_for_status()


def _measured(name: str, tasks: list[float]) -> Measured:
    return Measured(f"{name} (0: none over 50 ms)", "ms", tasks, _LONG_TASK_MS, every_run=True)
