"""Measures everything, writes docs/benchmarks.md, and prints it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks.alert_latency import alert_latency
from benchmarks.backend_calls import backend_calls
from benchmarks.charts import charts
from benchmarks.figures import HEAD, Measured
from benchmarks.machine import describe, load_average
from benchmarks.page_load import RUNS, page_load
from benchmarks.pushes import pushes
from benchmarks.refresh import refresh, refresh_of_many
from ops_dashboard.serving.build import build_if_stale
from scripts.find_browsers import CHROMIUM
from tests.dashboard_server import DashboardServer
from tests.e2e.conftest import FLAGS
from tests.e2e.snapshots import until_past_is_known, until_read

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HOW = f"""\
Each load is one of {RUNS}, in a fresh browser profile with an empty cache, over loopback, from the built frontend,
of a server that has read its backend already. Times count from the start of the navigation. Bytes are those on the
wire, compressed. Tasks of the main thread are what the browser reports, from 50 ms on. Pushes go to raw websocket
clients, which follow the page like tabs. An alert counts from when its sample was received, or from the order that
made the demo backend breach, until each tab has it; over all tabs of all runs. The backend's calls are the demo
backend's own count over a minute, with the default settings. The page is scrolled to its end and back, by the same
distance each frame; of another range the time counts from the click until every chart in sight has been painted anew. A
budget is held against the median; that of a refresh against its worst run.
"""


def main() -> None:
    """Run every benchmark; takes about eight minutes."""
    build_if_stale()
    busy = load_average()
    figures: list[Measured] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.find(), args=list(FLAGS))
        machine = describe(browser.version)
        with _dashboard(OPS_REFRESH_SECONDS="3600") as server:
            figures += page_load(browser, server.url)
            figures += charts(browser, server.url)
            figures += refresh(browser, server.origin)
            figures += refresh_of_many(browser, server.origin)
        with _dashboard() as server:
            figures += backend_calls(browser, server.origin)
        browser.close()
    with _dashboard() as server:
        figures += pushes(server.origin, server.pid)
    with _dashboard() as server:
        figures += alert_latency(server.origin)
    text = _report(figures, machine, busy)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def _report(figures: list[Measured], machine: str, busy: float) -> str:
    measured = f"Measured on {date.today().isoformat()}; load average before: {busy:.1f}."
    rows = "\n".join(figure.row() for figure in figures)
    return f"# Benchmarks\n\nWritten by `make bench`. {measured} {machine}.\n\n{HOW}\n{HEAD}\n{rows}\n"


@contextmanager
def _dashboard(**settings: str) -> Iterator[DashboardServer]:
    """A dashboard on its embedded demo, which has read it once and knows its past."""
    with TemporaryDirectory() as folder:
        server = DashboardServer(
            {"OPS_DEMO_SCENARIO": "healthy", **settings}, Path(folder) / "log", fresh=True
        ).start()
        try:
            until_read(server)
            until_past_is_known(server)
            yield server
        finally:
            server.close()


if __name__ == "__main__":
    main()
