"""Meeting WCAG 2.1 AA with charts: as picture and table, with tooltip and zoom, and in the sheet of a module."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.charts import TITLES, Chart
from tests.e2e.pages import OpsPage

LEVELS = "headings => headings.map(heading => [Number(heading.tagName[1]), heading.textContent.trim()])"


@pytest.fixture(params=["Light", "Dark"])
def themed(ops: OpsPage, request: pytest.FixtureRequest) -> OpsPage:
    """The page in each theme."""
    ops.choose_theme(request.param)
    return ops


@pytest.mark.criterion("nfr.accessibility.1", "success.9")
def test_axe_finds_nothing_in_charts_and_their_tables(ops: OpsPage) -> None:
    found = []
    for title in TITLES:
        ops.chart(title)
    for theme in ("Light", "Dark"):
        ops.choose_theme(theme)
        found += ops.accessibility_violations()
    ops.chart("Request rate").zoom_in.click()
    ops.compare.click()
    ops.chart("Response time").show_table()
    expect(ops.chart("Request rate").reset_zoom).to_be_visible()
    for theme in ("Light", "Dark"):
        ops.choose_theme(theme)
        found += ops.accessibility_violations()
    assert found == []


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "success.9")
def test_axe_finds_nothing_while_a_tooltip_is_open(themed: OpsPage) -> None:
    chart = themed.chart("Response time")
    chart.as_table.focus()
    themed.page.keyboard.press("Tab")
    expect(chart.tooltip).to_be_visible()
    assert themed.accessibility_violations() == []


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "success.9", "7.2.5")
def test_axe_finds_nothing_in_the_sheet_of_a_module(themed: OpsPage) -> None:
    themed.module_button("search").click()
    sheet = themed.module_sheet("search")
    response, errors = (Chart(sheet, name).drawn() for name in ("Response time", "Errors"))
    found = themed.accessibility_violations()
    errors.show_table()
    response.surface.click()
    expect(response.tooltip).to_be_visible()
    found += themed.accessibility_violations()
    assert found == []


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "nfr.accessibility.3")
def test_headings_are_in_order_and_the_page_has_a_title(ops: OpsPage) -> None:
    # Before it stands the number of alerts, if there are any.
    expect(ops.page).to_have_title(re.compile(r"^(\(\d+\) )?System operations$"))
    levels = ops.page.get_by_role("heading").evaluate_all(LEVELS)
    assert levels[0][0] == 1 and [level for level, _ in levels].count(1) == 1
    leaps = [text for (before, _), (level, text) in pairwise(levels) if level > before + 1]
    assert leaps == []
    ops.module_button("search").click()
    Chart(ops.module_sheet("search"), "Response time").drawn()
    headings = ops.module_sheet("search").get_by_role("heading").evaluate_all(LEVELS)
    assert headings == [[2, "Module search"], [3, "Status history"]]


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.3", "nfr.accessibility.4")
def test_each_line_is_told_apart_without_its_colour(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    expect(chart.lines).to_have_count(3)
    dashes = {line.get_attribute("stroke-dasharray") for line in chart.lines.all()}
    assert len(dashes) == 3
    samples = {s.get_attribute("stroke-dasharray") for s in chart.legend.locator("line").all()}
    assert len(samples) == 3


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2", "nfr.responsiveness.3")
@pytest.mark.parametrize("width", [768, 390])
def test_nothing_runs_out_of_a_narrow_window(ops: OpsPage, width: int) -> None:
    ops.page.set_viewport_size({"width": width, "height": 844})
    chart = ops.chart("Response time")
    for title in TITLES:
        ops.chart(title)
    assert not ops.scrolls_sideways()
    chart.surface.click(position={"x": 20, "y": 80})
    expect(chart.tooltip).to_be_visible()
    assert not ops.scrolls_sideways()
    ops.heading.click()
    ops.compare.click()
    chart.show_table()
    assert not ops.scrolls_sideways()
    ops.open("?module=search")
    sheet = ops.module_sheet("search")
    Chart(sheet, "Response time").drawn()
    expect(sheet).to_be_in_viewport(ratio=1)
    assert not ops.scrolls_sideways()
    assert sheet.evaluate(
        "sheet => [...sheet.children].every(part => part.scrollWidth <= part.clientWidth)"
    ), "nor within the sheet"


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "7.3.1")
def test_lines_do_not_move_when_they_are_drawn(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    ops.choose_range("6h")
    expect(chart.caption).to_contain_text("the 6 hours")
    assert ops.page.evaluate(MOVING_LINES) == 0


MOVING_LINES = """() => document.getAnimations().filter(a => a.effect.target.closest("figure")).length"""
