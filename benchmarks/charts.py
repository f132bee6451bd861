"""What the charts cost the browser: frames while the page is scrolled, and the time to another range."""

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect

from benchmarks.figures import Measured

RUNS = 8
SCRIPT = (Path(__file__).parent / "charts.js").read_text(encoding="utf-8")
_SPEED = 24
"""Pixels a frame: about the pace of a wheel that is turned without a rest."""
_LATE_MS = 20.0
_FRAME_MS = 17.0
_LATE_PERCENT = 5.0
_RANGE_MS = 500.0
_PERIODS = {"6h": "the 6 hours", "24h": "the day", "7d": "the week", "1h": "the hour"}


def charts(browser: Browser, url: str) -> list[Measured]:
    """Scroll the whole page, and choose each range, several times; every chart has been drawn once before."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.add_init_script(SCRIPT)
    page.goto(url)
    expect(page.locator("figure[data-chart][data-state=ready] svg.recharts-surface")).not_to_have_count(0)
    page.evaluate("speed => window.__charts.scroll(speed)", _SPEED)  # a chart is read when it comes near
    expect(page.locator("figure[data-chart]:not([data-state=ready])")).to_have_count(0)
    figures = [*_scrolling(page), *_choosing(page)]
    context.close()
    return figures


def _scrolling(page: Page) -> list[Measured]:
    runs: list[list[float]] = [
        page.evaluate("speed => window.__charts.scroll(speed)", _SPEED) for _ in range(RUNS)
    ]
    late = [100 * sum(frame > _LATE_MS for frame in frames) / len(frames) for frames in runs]
    return [
        Measured(
            "Frame while scrolling the whole page, median", "ms", [median(run) for run in runs], _FRAME_MS
        ),
        Measured("Frame while scrolling the whole page, longest", "ms", [max(run) for run in runs]),
        Measured("Frames over 20 ms while scrolling", "%", late, _LATE_PERCENT),
    ]


def _choosing(page: Page) -> list[Measured]:
    times = []
    for _ in range(RUNS // len(_PERIODS)):
        for span, period in _PERIODS.items():
            radio = page.get_by_role("radiogroup", name="Time range").get_by_role(
                "radio", name=span, exact=True
            )
            took: float = radio.evaluate("(radio, period) => window.__charts.choose(radio, period)", period)
            times.append(took)
    return [Measured("Another range chosen until all charts in sight show it", "ms", times, _RANGE_MS)]
