"""Zooming into a chart: by drag, by keyboard and by button, and back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.charts import Chart
from tests.e2e.pages import OpsPage

HOUR = 3_600


def shown_span(ops: OpsPage, chart: Chart) -> tuple[float, float]:
    """The first and the last moment that can be reached by keyboard, unix seconds."""
    chart.surface.focus()
    moments = []
    for key in ("Home", "End"):
        ops.page.keyboard.press(key)
        expect(chart.tooltip).to_be_visible()
        moments.append(chart.moment())
    ops.heading.click()  # a press elsewhere closes the tooltip and leaves the zoom as it is
    return moments[0], moments[1]


def drag(ops: OpsPage, chart: Chart, begin: float, end: float) -> None:
    """Draw from one share of the picture's width to another."""
    box = chart.surface.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    ops.page.mouse.move(box["x"] + begin * box["width"], y)
    ops.page.mouse.down()
    ops.page.mouse.move(box["x"] + end * box["width"], y, steps=5)
    ops.page.mouse.up()


@pytest.mark.criterion("7.3.1", "7.3.5")
def test_a_drag_shows_the_stretch_and_reset_the_whole(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    expect(chart.reset_zoom).to_have_count(0)
    drag(ops, chart, 0.4, 0.6)
    expect(chart.reset_zoom).to_be_visible()
    first, last = shown_span(ops, chart)
    assert 0.1 * HOUR < last - first < 0.35 * HOUR
    drag(ops, chart, 0.9, 0.5)  # from right to left is the same
    later, end = shown_span(ops, chart)
    assert first < later and end <= last
    chart.reset_zoom.click()
    expect(chart.reset_zoom).to_have_count(0)
    expect(chart.zoom_in).to_be_focused()
    first, last = shown_span(ops, chart)
    assert last - first > 0.95 * HOUR


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.accessibility.2")
def test_plus_and_minus_zoom_and_escape_resets(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.surface.focus()
    ops.page.keyboard.press("End")
    for most in (0.55, 0.3):
        chart.surface.focus()
        ops.page.keyboard.press("+")
        expect(chart.reset_zoom).to_be_visible()
        first, last = shown_span(ops, chart)
        assert most / 2 * HOUR - 60 < last - first < most * HOUR
    chart.surface.focus()
    ops.page.keyboard.press("-")
    first, last = shown_span(ops, chart)
    assert last - first > 0.35 * HOUR
    chart.surface.focus()
    ops.page.keyboard.press("Escape")  # the tooltip
    ops.page.keyboard.press("Escape")
    expect(chart.reset_zoom).to_have_count(0)
    expect(chart.surface).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.accessibility.2")
def test_the_button_zooms_without_a_drag(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.zoom_in.click()
    expect(chart.reset_zoom).to_be_visible()
    first, last = shown_span(ops, chart)
    assert 0.4 * HOUR < last - first < 0.6 * HOUR
    expect(ops.chart("Request rate").reset_zoom).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.3.5")
def test_another_range_is_shown_whole(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    chart.zoom_in.click()
    expect(chart.reset_zoom).to_be_visible()
    ops.choose_range("6h")
    expect(chart.caption).to_contain_text("the 6 hours")
    expect(chart.reset_zoom).to_have_count(0)
    first, last = shown_span(ops, chart)
    assert last - first > 5.5 * HOUR


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.performance.2")
def test_a_refresh_keeps_the_stretch(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    drag(ops, chart, 0.4, 0.6)
    span = shown_span(ops, chart)
    ops.await_refresh()
    expect(chart.reset_zoom).to_be_visible()
    assert shown_span(ops, chart) == span
