"""Choosing what the embedded demo plays: it says that it is a demo, and obeys at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.pages import OpsPage, expect_reading


@pytest.mark.criterion("7.1.1")
def test_the_page_says_that_it_shows_demo_data_and_plays_the_chosen_scenario(
    page: Page, dashboard: StartDashboard
) -> None:
    ops = OpsPage(page, dashboard(OPS_DEMO_SCENARIO="healthy").url).open_live()
    expect(page.get_by_role("banner")).to_contain_text("Demo data")
    scenario = page.get_by_role("combobox", name="Demo scenario")
    expect(scenario).to_contain_text("healthy")
    expect_reading(ops.region("System health"), "Healthy")
    ops.choose("Demo scenario", "incident")
    expect(scenario).to_contain_text("incident")
    expect_reading(ops.region("System health"), "Down")
    expect_reading(ops.module("search"), "Down")
    ops.choose("Demo scenario", "outage")
    expect(ops.banner).to_contain_text("Backend unreachable")
    ops.choose("Demo scenario", "healthy")
    expect_reading(ops.region("System health"), "Healthy")
    expect(ops.banner).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1")
def test_a_real_backend_is_never_called_a_demo(watch: Watch) -> None:
    ops = watch()
    expect(ops.page.get_by_text("Demo data")).to_have_count(0)
    expect(ops.page.get_by_role("combobox", name="Demo scenario")).to_have_count(0)
