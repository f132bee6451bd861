"""Watching a backend that answers nonsense and markup: text stays text, and the page stays useful."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from ops_dashboard.demo.hostile.texts import MARKUP, SCRIPT
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.test_open_the_page import REGIONS


@pytest.fixture(scope="module")
def server(standing: StartDashboard) -> DashboardServer:
    return standing(OPS_DEMO_SCENARIO="hostile")


@pytest.fixture
def hostile(page: Page, server: DashboardServer) -> OpsPage:
    """The page while its backend answers nonsense."""
    return OpsPage(page, server.url).open_live()


@pytest.mark.criterion("nfr.errors.1")
def test_markup_in_names_is_shown_as_text_and_never_run(hostile: OpsPage) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    hostile.page.on("dialog", note)
    hostile.page.reload()
    hostile.choose("Sort by", "name")
    for name in (MARKUP, SCRIPT):
        expect(hostile.module(name)).to_be_visible()
    assert hostile.page.locator('img, [onerror], script:has-text("alert(")').count() == 0
    assert dialogs == []


_TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("section[data-display]")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => `${part.getAttribute("aria-label")}: ${part.scrollWidth} > ${part.clientWidth}`)"""


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.responsiveness.1", "nfr.responsiveness.2")
def test_the_layout_holds_and_nothing_leads_elsewhere(hostile: OpsPage) -> None:
    """With every range: the longer ones bring errors that are explained with a megabyte."""
    found = {}
    for span in ("1h", "7d"):
        hostile.open_live(f"?range={span}")
        expect(hostile.region("User engagement")).to_contain_text("HTTP 500" if span == "7d" else "31")
        for width in (390, 768, 1920):
            hostile.page.set_viewport_size({"width": width, "height": 1000})
            for region in REGIONS:
                hostile.region(region).scroll_into_view_if_needed()
            found[span, width] = hostile.page.evaluate(_TOO_WIDE)
        leads = hostile.page.locator("a[href]").evaluate_all(
            "links => links.map((link) => new URL(link.href).origin)"
        )
        assert set(leads) == {hostile.page.evaluate("location.origin")}
    assert {at: parts for at, parts in found.items() if parts} == {}


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.performance.4")
def test_each_section_says_of_how_much_it_shows_a_part(hostile: OpsPage) -> None:
    for region, words in (
        ("Database", "The first 20,000 of 100,024 tables are read"),
        ("Database", "first 5,000 of 100,0"),
        ("Event bus", "without 95,0"),
        ("Cache", "first 5,000 of 100,0"),
        ("ML models", "The first 30 of 100,0"),
        ("Recommendation quality", "first 500 of 100,0"),
        ("Ingestion", "The newest 500 of 100,0"),
        ("Ingestion", "The worst 60 of 100,0"),
    ):
        hostile.region(region).scroll_into_view_if_needed()
        expect(hostile.region(region)).to_contain_text(words)


@pytest.mark.criterion("nfr.errors.1", "nfr.performance.4")
def test_every_section_is_still_there_and_numbers_that_are_none_are_not_reported(hostile: OpsPage) -> None:
    for name in REGIONS:
        expect(hostile.region(name)).to_be_attached()
    for key in ("performance.error_rate", "performance.uptime_seconds", "workers.queue_length"):
        expect(hostile.figure(key)).not_to_contain_text("Infinity")
        expect(hostile.figure(key)).not_to_contain_text("NaN")
    expect(hostile.figure("performance.error_rate")).not_to_have_attribute("data-origin", "reported")
    expect(hostile.page.get_by_text("Invalid Date")).to_have_count(0)
    expect(hostile.page.get_by_text("undefined", exact=True)).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.4", "nfr.errors.1")
def test_hundreds_of_modules_are_cut_to_the_worst_and_it_says_so(hostile: OpsPage) -> None:
    expect(hostile.modules).to_have_count(200)
    expect(hostile.region("Module health")).to_contain_text("The worst 180 of")
    hostile.choose("Status", "healthy")
    expect_reading(hostile.modules.first, "Healthy")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1")
def test_a_name_of_fifty_kilobytes_is_cut(hostile: OpsPage) -> None:
    longest = max(len(text) for text in hostile.modules.all_inner_texts())
    assert longest < 600
    assert not hostile.scrolls_sideways()


@pytest.mark.thorough
@pytest.mark.parametrize("name", [MARKUP, "__proto__", "a.b/c?d#e"])
@pytest.mark.criterion("nfr.errors.1", "7.2.5")
def test_a_module_of_a_hostile_name_can_be_opened_and_closed(hostile: OpsPage, name: str) -> None:
    hostile.choose("Sort by", "name")
    hostile.module_button(name).click()
    sheet = hostile.module_sheet(name)
    expect(sheet.get_by_role("region", name="Now")).to_be_visible()
    expect(sheet.get_by_role("figure")).to_have_count(2)
    for figure in sheet.get_by_role("figure").all():
        expect(figure).to_have_attribute("data-state", re.compile("ready|empty"))
    assert sheet.locator("img, script").count() == 0
    for word in ("NaN", "Infinity", "undefined", "Invalid Date"):
        expect(sheet).not_to_contain_text(word)
    hostile.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
