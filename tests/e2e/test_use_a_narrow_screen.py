"""Using a tablet or a phone: a menu in place of the sidebar, and nothing runs out of the window."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.pages import OpsPage

TABLET, PHONE = {"width": 768, "height": 1024}, {"width": 390, "height": 844}


def narrow(ops: OpsPage, size: dict[str, int]) -> None:
    ops.page.set_viewport_size({"width": size["width"], "height": size["height"]})


@pytest.mark.parametrize(
    "size",
    [pytest.param(TABLET, id="tablet"), pytest.param(PHONE, id="phone", marks=pytest.mark.thorough)],
)
@pytest.mark.criterion("nfr.responsiveness.2", "nfr.responsiveness.3")
def test_a_menu_stands_in_for_the_sidebar(ops: OpsPage, size: dict[str, int]) -> None:
    sidebar = ops.page.get_by_role("navigation", name="Sections")
    expect(sidebar).to_be_visible()
    narrow(ops, size)
    expect(sidebar).to_be_hidden()
    menu = ops.page.get_by_role("button", name="Menu")
    menu.click()
    ops.page.get_by_role("link", name="Workers").click()
    expect(ops.region("Workers")).to_be_in_viewport()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2")
def test_the_menu_opens_the_data_sources_and_is_gone_on_a_desktop(ops: OpsPage) -> None:
    narrow(ops, TABLET)
    ops.page.get_by_role("button", name="Menu").click()
    ops.sources_button.click()
    expect(ops.sources).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(ops.sources).to_be_hidden()
    narrow(ops, {"width": 1024, "height": 768})
    expect(ops.page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(ops.page.get_by_role("navigation", name="Sections")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("scenario", ["incident", "hostile", "empty"])
@pytest.mark.criterion("nfr.responsiveness.1", "nfr.responsiveness.2", "nfr.responsiveness.3")
def test_nothing_runs_out_of_the_window(page: Page, dashboard: StartDashboard, scenario: str) -> None:
    ops = OpsPage(page, dashboard(OPS_DEMO_SCENARIO=scenario).url).open_live()
    too_wide = []
    for width in (1920, 1366, 1024, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if ops.scrolls_sideways():
            too_wide.append(width)
    assert too_wide == []


@pytest.mark.thorough
@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.criterion("nfr.responsiveness.2", "nfr.responsiveness.3")
def test_the_sheet_and_its_rows_fit(ops: OpsPage, size: dict[str, int]) -> None:
    narrow(ops, size)
    ops.open_live("?open=sources")
    expect(ops.sources).to_be_in_viewport(ratio=1)
    expect(ops.source("performance")).to_be_in_viewport(ratio=1)
    ops.sources.get_by_role("button", name="Close").click()
    expect(ops.sources).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.2")
def test_every_control_is_large_enough_for_a_finger(ops: OpsPage) -> None:
    narrow(ops, TABLET)
    small = [box for box in ops.page.evaluate(CONTROL_SIZES) if min(box["width"], box["height"]) < 24]
    assert small == []


CONTROL_SIZES = """() => [...document.querySelectorAll("button, a[href], [role=switch], [role=combobox]")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.className.includes("sr-only"))
    .map(e => {
        // A control may reach beyond its own edge by a pseudo-element.
        const reaches = ["::before", "::after"].map(part => getComputedStyle(e, part))
            .filter(style => style.content !== "none" && style.position === "absolute");
        const box = e.getBoundingClientRect();
        const most = side => Math.max(box[side], ...reaches.map(style => parseFloat(style[side])));
        return {is: e.outerHTML.slice(0, 100), width: most("width"), height: most("height")};
    })"""
