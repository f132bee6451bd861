"""Reading a chart as a table: the values of its lines, and the reader is not disturbed."""

import re

import pytest
from playwright.sync_api import expect

from tests.dashboard_server import DashboardServer
from tests.e2e.charts import TITLES, Chart
from tests.e2e.console import Console
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import history, means
from tests.e2e.times import DAY

KEYS = {
    "Response time": ("performance.p50", "performance.p95", "performance.p99"),
    "Request rate": ("performance.request_rate",),
    "Error rate": ("performance.error_rate",),
    "Database query time": ("database.avg_query_time_ms",),
}
WITHIN_PX = 0.75
TOPMOST = """table => {
    const top = table.getBoundingClientRect().top;
    const below = [...table.querySelectorAll("tr[data-at]")].find(row => row.getBoundingClientRect().top > top + 60);
    return [below.dataset.at, Math.round(below.getBoundingClientRect().top - top)];
}"""
"""A row near the top of what is in sight, and where it stands."""
HEIGHTS = """path => path.getAttribute("d").split(/[ML]/).filter(Boolean).map(point => Number(point.split(",")[1]))"""


@pytest.mark.criterion("7.3.1", "7.3.2", "7.3.3", "7.3.4", "nfr.accessibility.3")
def test_its_values_are_those_of_the_history(ops: OpsPage, healthy_dashboard: DashboardServer) -> None:
    for title in TITLES:
        chart = ops.chart(title).show_table()
        shown, held = chart.values(), history(healthy_dashboard, *KEYS[title])
        # The newest point still fills, and the oldest leaves as time goes on.
        moments = sorted(shown)[1:-2]
        assert len(moments) > 100
        for column, key in enumerate(KEYS[title]):
            expected = means(held[key]["points"])
            assert [shown[t][column] for t in moments] == [expected[t] for t in moments]
        newest = next(iter(reversed(shown.values())))
        assert None not in newest


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.accessibility.3")
def test_the_line_is_drawn_through_the_values_of_the_table(ops: OpsPage) -> None:
    ops.auto_refresh.click()  # so that picture and table are of one moment
    expect(ops.updated).to_contain_text("paused")
    ops.choose_range("24h")
    chart = ops.chart("Response time")
    expect(chart.caption).to_contain_text("the day")
    heights = [chart.lines.nth(line).evaluate(HEIGHTS) for line in range(3)]
    columns = list(zip(*chart.show_table().values().values(), strict=True))
    for drawn, values in zip(heights, columns, strict=True):
        assert len(drawn) == len(values)
    # One scale holds for all three: from the lowest and the highest value follow the heights of the others.
    pairs = [
        (v, y)
        for values, drawn in zip(columns, heights, strict=True)
        for v, y in zip(values, drawn, strict=True)
    ]
    (low, bottom), (high, top) = min(pairs), max(pairs)
    scale = (top - bottom) / (high - low)
    assert scale < 0, "up is more"
    off = [abs(bottom + (value - low) * scale - y) for value, y in pairs]
    assert max(off) < WITHIN_PX


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.3")
def test_it_has_headers_and_says_the_zone_of_its_times(ops: OpsPage) -> None:
    chart = ops.chart("Response time").show_table()
    table = chart.table.get_by_role("table", name="Response time")
    for name in ("Time (UTC)", "p50", "p95", "p99"):
        expect(table.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    newest = table.get_by_role("row").nth(1)
    expect(newest.get_by_role("rowheader")).to_have_text(re.compile(rf"^{DAY}\d\d:\d\d:[03]0$"))
    expect(newest.get_by_role("cell").nth(1)).to_contain_text(re.compile(r"\d ms"))


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.3")
def test_it_can_be_kept_as_a_file(ops: OpsPage) -> None:
    chart = ops.chart("Response time").show_table()
    with ops.page.expect_download() as download:
        chart.figure.get_by_role("link", name="CSV of Response time").click()
    heading, *rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert heading == "Time (UTC),performance.p50,performance.p95,performance.p99"
    assert len(rows) > 100


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "nfr.performance.2")
def test_a_refresh_keeps_the_table_the_focus_and_the_place_in_it(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.as_table.focus()
    ops.page.keyboard.press("Enter")
    expect(chart.table).to_be_visible()
    expect(chart.as_table).to_be_focused()
    expect(chart.as_table).to_have_attribute("aria-pressed", "true")
    ops.page.keyboard.press("Tab")
    expect(chart.table).to_be_focused()
    chart.table.evaluate("table => table.scrollTop = 300")
    before = chart.table.evaluate(TOPMOST)
    ops.await_refresh()
    expect(chart.table).to_be_focused()
    assert chart.table.evaluate(TOPMOST) == before  # also when a row more stands above
    chart.as_table.press("Enter")
    expect(chart.surface).to_be_visible()
    expect(chart.as_table).to_have_attribute("aria-pressed", "false")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.2")
def test_a_refresh_adds_the_newest_value_without_asking_for_the_history_again(ops: OpsPage) -> None:
    chart = ops.chart("Response time").show_table()
    asked: list[str] = []
    ops.page.on("request", lambda request: asked.append(request.url))
    before = max(chart.values())
    expect(chart.table.locator(f'tr[data-at="{before + 30}"]')).to_be_attached(timeout=45_000)
    assert [url for url in asked if "/api/history" in url] == []


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.3")
def test_without_the_drawing_part_the_tables_are_shown(ops: OpsPage, console: Console) -> None:
    console.allow("ERR_FAILED")
    ops.page.route(re.compile(r"ops_chart_plot.*\.js"), lambda route: route.abort())
    ops.page.reload()
    chart = Chart(ops.region("Performance"), "Response time")
    expect(chart.table).to_be_visible()
    expect(chart.caption).to_contain_text("p95")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.2")
def test_each_chart_has_its_own_toggle(ops: OpsPage) -> None:
    ops.chart("Response time").show_table()
    ops.refresh()
    expect(ops.chart("Request rate").surface).to_be_visible()
    expect(ops.chart("Request rate").as_table).to_have_attribute("aria-pressed", "false")
