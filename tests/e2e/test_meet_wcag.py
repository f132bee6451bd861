"""Meeting WCAG 2.1 AA: axe finds nothing, in any state, in both themes, on a desktop and on a tablet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading

SIZES = ({"width": 1920, "height": 1080}, {"width": 768, "height": 1024})

STATES: dict[str, Callable[[OpsPage], None]] = {
    "healthy": lambda ops: expect_reading(ops.region("System health"), "Healthy"),
    "incident": lambda ops: expect_reading(ops.module("search"), "Down"),
    "empty": lambda ops: expect_reading(ops.figure("workers.queue_length"), "0 tasks"),
    "hostile": lambda ops: expect(ops.modules).to_have_count(200),
    "outage": lambda ops: expect(ops.banner).to_contain_text("Backend unreachable"),
}
"""By the demo's scenario, what to wait for; the outage comes last, so that there is something to be stale."""
RARE = {"empty", "hostile", "outage"}


@pytest.fixture(scope="module")
def server(standing: StartDashboard) -> DashboardServer:
    return standing(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")


def violations(ops: OpsPage) -> list[str]:
    """What axe finds in both themes and at both sizes."""
    found = []
    for theme in ("Light", "Dark"):
        ops.choose_theme(theme)
        for size in SIZES:
            ops.page.set_viewport_size({"width": size["width"], "height": size["height"]})
            found += [f"{theme} {size['width']}: {line}" for line in ops.accessibility_violations()]
        ops.page.set_viewport_size({"width": 1920, "height": 1080})
    return found


@pytest.mark.parametrize(
    "scenario", [pytest.param(each, marks=pytest.mark.thorough) if each in RARE else each for each in STATES]
)
@pytest.mark.criterion("nfr.accessibility.1", "success.9", "nfr.responsiveness.2")
def test_axe_finds_nothing(page: Page, server: DashboardServer, scenario: str) -> None:
    Demo(server.origin).play(scenario)
    ops = OpsPage(page, server.url).open()
    STATES[scenario](ops)
    assert violations(ops) == []


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.criterion("nfr.accessibility.1", "success.9")
def test_axe_finds_nothing_in_what_opens_over_the_page(ops: OpsPage, theme: str) -> None:
    ops.choose_theme(theme)
    found = []
    ops.sources_button.click()
    expect(ops.source("health")).to_be_attached()
    found += ops.accessibility_violations()
    ops.page.keyboard.press("Escape")
    expect(ops.sources).to_be_hidden()
    ops.page.get_by_role("combobox", name="Status").click()
    expect(ops.page.get_by_role("option", name="degraded")).to_be_visible()
    found += ops.accessibility_violations()
    ops.page.keyboard.press("Escape")
    ops.page.get_by_role("button", name="Display").click()
    expect(ops.page.get_by_role("radiogroup", name="Theme")).to_be_visible()
    found += ops.accessibility_violations()
    assert found == []


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1")
def test_nothing_moves_for_those_who_want_less_motion(ops: OpsPage) -> None:
    ops.page.emulate_media(reduced_motion="reduce")
    ops.sources_button.click()
    expect(ops.sources).to_be_visible()
    moving = ops.page.evaluate(
        "document.getAnimations().filter(a => a.effect.getComputedTiming().activeDuration > 20).length"
    )
    assert moving == 0
