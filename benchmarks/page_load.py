"""Cold load of the production build in Chromium, and what a refresh costs the browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from benchmarks.figures import Measured

RUNS = 9
PROBE = (Path(__file__).parent / "page_load.js").read_text(encoding="utf-8")
_LONG_TASK_MS = 50.0
SETTLE_MS = 1500
_CHARTS = "ops_chart_plot"
"""The part of the build that holds Recharts; the page loads it once a chart is to be drawn."""


def page_load(browser: Browser, url: str) -> list[Measured]:
    """Load ``url`` several times, each in a fresh profile with an empty cache, then press "Refresh now"."""
    loads = [_load(browser, url) for _ in range(RUNS)]

    def over(name: str, label: str, unit: str, budget: float | None = None) -> Measured:
        return Measured(label, unit, [load[name] for load in loads], budget)

    return [
        over("fcp", "First contentful paint", "ms"),
        over("lcp", "Largest contentful paint", "ms", 500),
        over("data", "Live data in the DOM", "ms", 800),
        over("chart", "First chart in the DOM", "ms", 1_200),
        over("cls", "Layout shift (CLS)", "", 0.02),
        over("js", "JavaScript over the wire before the charts", "KB", 270),
        over("chart_js", "JavaScript over the wire for the charts, loaded after", "KB", 130),
        over("css", "CSS over the wire", "KB", 15),
        over("requests", "Requests", ""),
        over("load_task", "Longest main-thread task while loading", "ms"),
        Measured(
            "Longest main-thread task of a refresh (0: none over 50 ms)",
            "ms",
            [load["refresh_task"] for load in loads],
            _LONG_TASK_MS,
            every_run=True,
        ),
    ]


def _load(browser: Browser, url: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.add_init_script(PROBE)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on("Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]}))
    network.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(url)
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    expect(page.locator("figure[data-chart] .recharts-line-curve").first).to_be_attached()
    page.wait_for_timeout(SETTLE_MS)  # what still loads, shifts or runs belongs to the figures
    measured: dict[str, Any] = page.evaluate("window.__measured")
    page.evaluate("window.__measured.tasks = []")
    page.get_by_role("button", name="Refresh now").click()
    page.wait_for_timeout(SETTLE_MS)
    refresh_tasks: list[float] = page.evaluate("window.__measured.tasks")
    context.close()

    def kilobytes(suffix: str, part: str = "") -> float:
        found = (
            size for key, size in sizes.items() if urls.get(key, "").endswith(suffix) and part in urls[key]
        )
        return sum(found) / 1000

    charts = kilobytes(".js", _CHARTS)

    return {
        "fcp": measured["fcp"],
        "lcp": measured["lcp"],
        "data": measured["data"],
        "chart": measured["chart"],
        "cls": measured["cls"],
        "js": kilobytes(".js") - charts,
        "chart_js": charts,
        "css": kilobytes(".css"),
        "requests": len(sizes),
        "load_task": max(measured["tasks"], default=0.0),
        "refresh_task": max(refresh_tasks, default=0.0),
    }
