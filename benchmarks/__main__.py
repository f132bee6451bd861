"""Measures, and writes what it found into docs/benchmarks.md.

python -m benchmarks [speed] [load] [--short]

Without names, all sections; of a section that is not measured the last figures stay.
"""

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks.alert_latency import alert_latency
from benchmarks.backend_calls import backend_calls
from benchmarks.charts import charts
from benchmarks.faults import faults
from benchmarks.figures import HEAD, Measured
from benchmarks.load import FULL, PRESSURE_SECONDS, SHORT, Extent, load
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


_HOW_LOAD = """\
The backend answers with recordings, on one event loop that its slow calls freeze, and has a pool of 10 database
connections. Slow calls (health and workers) take {scale:g} times the recorded 2 and 3 s, all others what was recorded.
Its users make 10 requests a second, whatever becomes of those before; each wait counts from when the request was
due. The time that something blocked the loop, the dashboard's calls, and how long the pool was full are the backend's
own count. Each row is measured of a new backend and a new dashboard with the default settings, once this has read
everything once: for {rest:g} s at rest; for 2 min under pressure, in which the users at first hold all
connections for {pressure:g} s. Goals: users' p95 at most 1.1 times that without the dashboard, the loop blocked for at
most 2 % of the time, the pool full for at most 1 s longer. A fault begins just after a refresh; the time counts
until the header, the verdict or an alert of a tab names it.
"""


def main() -> None:
    """Run the chosen sections: speed takes about eight minutes, load three quarters of an hour, or half as long."""
    parser = argparse.ArgumentParser(description="Measure, and write docs/benchmarks.md.")
    parser.add_argument("sections", nargs="*", metavar="section", help="speed or load; both by default")
    parser.add_argument("--short", action="store_true", help="load: shorter, with cheaper slow calls")
    chosen = parser.parse_args()
    extent = SHORT if chosen.short else FULL
    measures: dict[str, Callable[[], str]] = {"speed": _speed, "load": lambda: _load(extent)}
    if unknown := set(chosen.sections) - set(measures):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    build_if_stale()
    for name in chosen.sections or measures:
        text = measures[name]()
        REPORT.write_text(with_section(REPORT.read_text(encoding="utf-8"), name, text), encoding="utf-8")
        print(text)


def with_section(report: str, name: str, text: str) -> str:
    """The report with the text in the place of the section of that name, or at the end."""
    parts = re.split(r"^(?=## )", report, flags=re.MULTILINE)
    section = f"## {name.capitalize()}\n\n{text.strip()}\n"
    head = section.partition("\n")[0]
    kept = [section if part.startswith(f"{head}\n") else part for part in parts]
    return "\n".join(part.strip() + "\n" for part in (kept if section in kept else [*kept, section]))


def _load(extent: Extent) -> str:
    told = _told(describe(), load_average())
    how = _HOW_LOAD.format(scale=extent.scale, rest=extent.rest_seconds, pressure=PRESSURE_SECONDS)
    return f"{told}\n\n{how}\n{load(extent)}\n\n{faults(extent.scale)}\n"


def _speed() -> str:
    busy = load_average()
    figures: list[Measured] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.find(), args=list(FLAGS))
        machine = f"{describe()}; Chromium {browser.version} (headless)"
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
    rows = "\n".join(figure.row() for figure in figures)
    return f"{_told(machine, busy)}\n\n{HOW}\n{HEAD}\n{rows}\n"


def _told(machine: str, busy: float) -> str:
    return f"Measured on {date.today().isoformat()}; load average before: {busy:.1f}. {machine}."


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
