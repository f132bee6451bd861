"""Looking through the audit: what one just did, narrowed down, and as a file; and who is logged in."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.pages import OpsPage
from tests.e2e.times import CLOCK
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN

pytestmark = pytest.mark.criterion("nfr.errors.4")


@pytest.fixture(scope="module")
def closed(standing: StartDashboard) -> DashboardServer:
    """A dashboard that wants a login, in the middle of an incident."""
    return standing(**TOKENS, OPS_DEMO_SCENARIO="incident", OPS_REFRESH_SECONDS="5")


def log_in(page: Page, server: DashboardServer, token: str, query: str = "") -> OpsPage:
    page.goto(server.url + query)
    page.get_by_label("Token").fill(token)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Log in").click()
    ops = OpsPage(page, server.url)
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    return ops


def sheet_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Audit")


@pytest.mark.criterion("7.11.5", "nfr.accessibility.1", "nfr.accessibility.2")
def test_an_operator_finds_by_keyboard_what_they_just_did_and_saves_it(
    page: Page, closed: DashboardServer
) -> None:
    ops = log_in(page, closed, OPERATOR_TOKEN)
    alerts = ops.region("Active alerts")
    alerts.get_by_role("button", name=re.compile("^Acknowledge (?!all)")).first.press("Enter")
    expect(alerts.get_by_role("status")).to_contain_text(": acknowledged")

    you = page.get_by_role("button", name="You", exact=True)
    you.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Audit").press("Enter")
    sheet = sheet_of(page)
    rows = sheet.get_by_role("table", name="Actions, newest first").get_by_role("row")
    newest = rows.nth(1)
    for words in ("Ada", "Acknowledge an alert", "Done", "acknowledged"):
        expect(newest).to_contain_text(words)
    when = newest.get_by_role("rowheader").get_by_role("time")
    expect(when).to_have_text([re.compile(rf"^{CLOCK}$"), re.compile(r"^\d+ s ago$")])
    ops.expect_query(open="audit")
    assert ops.accessibility_violations() == []

    sheet.get_by_role("searchbox", name="Search the audit").fill("log in")
    expect(rows.nth(1)).to_contain_text("As operator, from 127.0.0.1.")
    expect(rows.filter(has_text="Acknowledge an alert")).to_have_count(0)
    with page.expect_download() as saved:
        sheet.get_by_role("link", name="Export CSV").press("Enter")
    told = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"), newline="")))
    assert {(row["by"], row["action"]) for row in told} == {("Ada", "log_in")}

    sheet.get_by_role("radio", name="Actions").focus()
    page.keyboard.press("ArrowRight")
    session = sheet.get_by_role("table", name=re.compile("^Open sessions")).get_by_role("row").nth(1)
    expect(session).to_contain_text(re.compile("Ada.*this one.*operator"))
    expect(sheet).to_contain_text("after 12 hours without use, 7 days after the login")
    assert ops.accessibility_violations() == []

    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(you).to_be_focused()
    ops.expect_query()


@pytest.mark.thorough
def test_a_viewer_is_not_offered_the_audit_and_no_link_opens_it(page: Page, closed: DashboardServer) -> None:
    log_in(page, closed, VIEWER_TOKEN, "?open=audit")
    page.get_by_role("button", name="You", exact=True).click()
    expect(page.get_by_role("dialog", name="You")).to_contain_text("You are logged in as viewer.")
    expect(page.get_by_role("button", name="Audit")).to_have_count(0)
    expect(sheet_of(page)).to_have_count(0)


@pytest.mark.thorough
def test_a_search_that_finds_nothing_says_so_and_is_cleared(page: Page, closed: DashboardServer) -> None:
    log_in(page, closed, OPERATOR_TOKEN, "?open=audit")
    sheet = sheet_of(page)
    sheet.get_by_role("searchbox").fill("no such thing")
    expect(sheet.get_by_text("No row is like this.")).to_be_visible()
    sheet.get_by_role("button", name="Clear").click()
    expect(sheet.get_by_role("searchbox")).to_have_value("")
    expect(sheet.get_by_role("row").nth(1)).to_contain_text("Log in")
    sheet.get_by_role("combobox", name="Outcome").click()
    page.get_by_role("option", name="Not sent").click()
    expect(sheet.get_by_text("No row is like this.")).to_be_visible()
