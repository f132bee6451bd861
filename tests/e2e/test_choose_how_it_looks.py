"""Choosing the theme and the zone of times: kept by this browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.console import Console
from tests.e2e.pages import OpsPage

LIGHTNESS = """() => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, 1, 1);
    return Math.max(...[...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)) / 255;
}"""


def is_dark(ops: OpsPage) -> bool:
    return ops.page.evaluate(LIGHTNESS) < 0.3


@pytest.mark.criterion("nfr.accessibility.1")
def test_the_chosen_theme_is_kept_over_a_reload(ops: OpsPage) -> None:
    for theme, dark in (("Dark", True), ("Light", False)):
        ops.choose_theme(theme)
        assert is_dark(ops) == dark
        ops.page.reload()
        expect(ops.figure("performance.p95")).to_be_visible()
        assert is_dark(ops) == dark


@pytest.mark.criterion("nfr.accessibility.1")
def test_the_system_s_theme_is_followed_until_another_one_is_chosen(ops: OpsPage) -> None:
    ops.choose_theme("System")
    for scheme in ("dark", "light"):
        ops.page.emulate_media(color_scheme=scheme)
        expect(ops.page.locator("html")).to_have_class(re.compile(rf"\b{scheme}\b"))
        assert is_dark(ops) == (scheme == "dark")
    ops.choose_theme("Dark")
    assert is_dark(ops)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1")
def test_a_dark_page_is_dark_before_any_script_of_its_own_has_run(ops: OpsPage, console: Console) -> None:
    ops.choose_theme("Dark")
    console.allow("ERR_FAILED")
    ops.page.route("**/*.js", lambda route: route.abort())
    ops.page.reload(wait_until="commit")
    expect(ops.heading).to_be_visible()
    assert is_dark(ops)


@pytest.mark.criterion("7.1.6")
def test_times_are_shown_in_the_local_zone_or_in_utc(ops: OpsPage) -> None:
    ops.page.get_by_role("button", name="Display").click()
    ops.page.get_by_role("button", name="Times local").click()
    expect(ops.page.get_by_role("button", name="Times in UTC")).to_be_visible()
    ops.page.reload()
    ops.page.get_by_role("button", name="Display").click()
    expect(ops.page.get_by_role("button", name="Times in UTC")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.1", "nfr.accessibility.2")
def test_the_sidebar_collapses_to_its_icons_and_stays_so(ops: OpsPage) -> None:
    sidebar = ops.page.get_by_role("navigation", name="Sections")
    toggle = sidebar.get_by_role("button", name="Sidebar")
    wide = sidebar.bounding_box()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    ops.page.reload()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    narrow = sidebar.bounding_box()
    assert wide and narrow and narrow["width"] < wide["width"] / 2
    expect(sidebar.get_by_role("link", name="Database")).to_be_visible()
