"""Reading a chart point by point: by mouse, by keyboard and by touch, in all charts together."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.dashboard_server import DashboardServer
from tests.e2e.charts import Chart
from tests.e2e.pages import OpsPage
from tests.e2e.times import DAY

OTHERS = ("Request rate", "Error rate", "Database query time")


@pytest.fixture
def fingers(browser: Browser, healthy_dashboard: DashboardServer) -> Iterator[OpsPage]:
    """The page on a tablet."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, locale="en-GB", timezone_id="UTC"
    )
    yield OpsPage(context.new_page(), healthy_dashboard.url).open_live()
    context.close()


def tap(place: Locator, across: float) -> None:
    """Touch ``place`` at a share of its width, in the middle of its height."""
    box = place.bounding_box()
    assert box
    place.tap(position={"x": across * box["width"], "y": 0.5 * box["height"]})


def enter_by_keyboard(ops: OpsPage, chart: Chart) -> None:
    """Move the focus into the picture as the Tab key does."""
    chart.as_table.focus()
    ops.page.keyboard.press("Tab")
    expect(chart.surface).to_be_focused()


@pytest.mark.criterion("nfr.accessibility.2", "7.3.1")
def test_the_focus_shows_the_newest_point_and_the_arrow_keys_move(ops: OpsPage) -> None:
    ops.auto_refresh.click()
    expect(ops.updated).to_contain_text("paused")
    chart = ops.chart("Response time")
    moments = list(chart.show_table().values())
    chart.as_table.click()
    enter_by_keyboard(ops, chart)
    expect(chart.tooltip).to_be_visible()
    assert chart.moment() == moments[-1]
    for key, index in (
        ("ArrowLeft", -2),
        ("ArrowLeft", -3),
        ("ArrowRight", -2),
        ("PageUp", -12),
        ("PageDown", -2),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", -1),
        ("ArrowRight", -1),
    ):
        ops.page.keyboard.press(key)
        expect(chart.crosshair).to_have_attribute("data-crosshair", str(moments[index]))
    expect(chart.surface).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.3", "7.3.1")
def test_the_tooltip_names_each_line_with_its_value_and_it_is_spoken(ops: OpsPage) -> None:
    ops.auto_refresh.click()
    expect(ops.updated).to_contain_text("paused")
    chart = ops.chart("Response time")
    enter_by_keyboard(ops, chart)
    ops.page.keyboard.press("Home")
    moment = int(chart.moment())
    expect(chart.tooltip).to_contain_text(re.compile(rf"{DAY}\d\d:\d\d:[03]0 \(UTC\)"))
    shown = [float(v) for v in chart.tooltip.locator("[data-value]").evaluate_all(DATA_VALUES)]
    spoken = chart.figure.locator("[aria-live=polite]")
    expect(spoken).to_have_text(
        re.compile(rf"^{DAY}\d\d:\d\d:[03]0; p50 [\d.]+ ms.*; p95 \d+ ms.*; p99 \d+ ms.*\.$")
    )
    ops.page.keyboard.press("Escape")
    assert chart.show_table().values()[moment] == shown


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "nfr.accessibility.1")
def test_escape_closes_the_tooltip_and_keeps_the_focus(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    enter_by_keyboard(ops, chart)
    expect(chart.tooltip).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(chart.tooltip).to_have_count(0)
    expect(chart.crosshair).to_have_count(0)
    expect(chart.surface).to_be_focused()
    ops.page.keyboard.press("ArrowLeft")
    expect(chart.tooltip).to_be_visible()
    ops.page.keyboard.press("Tab")
    expect(chart.tooltip).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.2.5")
def test_in_a_sheet_escape_closes_the_tooltip_first(ops: OpsPage) -> None:
    ops.module_button("search").click()
    sheet = ops.module_sheet("search")
    chart = Chart(sheet, "Response time").drawn()
    enter_by_keyboard(ops, chart)
    expect(chart.tooltip).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(chart.tooltip).to_have_count(0)
    expect(sheet).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.3.2", "7.3.3", "7.3.4")
def test_all_charts_of_the_range_show_the_moment_together(ops: OpsPage) -> None:
    chart, others = ops.chart("Response time"), [ops.chart(title) for title in OTHERS]
    enter_by_keyboard(ops, chart)
    for _ in range(7):
        ops.page.keyboard.press("ArrowLeft")
    for other in others:
        expect(other.crosshair).to_have_attribute("data-crosshair", f"{chart.moment():.0f}")
        expect(other.tooltip).to_have_count(0)
    ops.page.keyboard.press("Escape")
    for other in others:
        expect(other.crosshair).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1")
def test_the_mouse_shows_it_in_passing_and_a_click_pins_it(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.surface.hover(position={"x": 300, "y": 80})
    expect(chart.tooltip).to_be_visible()
    ops.heading.hover()
    expect(chart.tooltip).to_have_count(0)
    chart.surface.click(position={"x": 300, "y": 80})
    ops.heading.hover()
    expect(chart.tooltip).to_be_visible()
    ops.heading.click()
    expect(chart.tooltip).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "nfr.performance.2")
def test_a_refresh_leaves_it_where_it_is(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.surface.click(position={"x": 300, "y": 80})
    moment = chart.moment()
    ops.await_refresh()
    assert chart.moment() == moment
    expect(chart.tooltip).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2", "nfr.accessibility.1")
def test_a_tap_shows_it_and_a_tap_elsewhere_closes_it(fingers: OpsPage) -> None:
    chart = fingers.chart("Response time")
    tap(chart.surface, 0.5)
    expect(chart.tooltip).to_be_visible()
    earlier = chart.moment()
    tap(chart.surface, 0.8)
    expect(chart.crosshair).not_to_have_attribute("data-crosshair", f"{earlier:.0f}")
    assert chart.moment() > earlier
    expect(chart.tooltip).to_have_count(1)
    fingers.region("Performance").get_by_role("heading", name="Performance").tap()
    expect(chart.tooltip).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2", "nfr.accessibility.1")
def test_a_second_tap_at_the_same_place_closes_it(fingers: OpsPage) -> None:
    chart = fingers.chart("Response time")
    tap(chart.surface, 0.5)
    expect(chart.tooltip).to_be_visible()
    tap(chart.surface, 0.5)
    expect(chart.tooltip).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2")
def test_a_tap_in_another_chart_moves_it_there(fingers: OpsPage) -> None:
    first, second = fingers.chart("Response time"), fingers.chart("Request rate")
    tap(first.drawn().surface, 0.5)
    expect(first.tooltip).to_be_visible()
    tap(second.drawn().surface, 0.7)
    expect(second.tooltip).to_be_visible()
    expect(first.tooltip).to_have_count(0)


DATA_VALUES = "values => values.map(value => value.dataset.value)"
