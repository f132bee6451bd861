"""Logging in, looking without acting, acting by name, and logging out in one tab for all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.console import Console
from tests.e2e.pages import OpsPage
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN

pytestmark = pytest.mark.criterion("nfr.errors.4")


@pytest.fixture(scope="module")
def closed(standing: StartDashboard) -> DashboardServer:
    """A dashboard that wants a login, in the middle of an incident."""
    return standing(**TOKENS, OPS_DEMO_SCENARIO="incident", OPS_REFRESH_SECONDS="5")


def log_in(page: Page, server: DashboardServer, token: str, name: str = "", query: str = "") -> OpsPage:
    page.goto(server.url + query)
    page.get_by_label("Token").fill(token)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Log in").click()
    ops = OpsPage(page, server.url)
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    return ops


def menu(page: Page) -> None:
    page.get_by_role("button", name="You", exact=True).click()


@pytest.mark.criterion("nfr.accessibility.1", "success.9")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_is_accessible_in_both_themes(page: Page, closed: DashboardServer, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(closed.url)
    assert OpsPage(page, closed.url).accessibility_violations() == []
    page.context.clear_cookies()


def test_the_form_works_without_scripts(browser: Browser, closed: DashboardServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(closed.url)
    page.get_by_label("Token").fill(VIEWER_TOKEN)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(closed.url)
    context.close()


def test_a_wrong_token_is_refused_and_what_was_asked_for_is_kept(
    page: Page, closed: DashboardServer, console: Console
) -> None:
    console.allow("401")
    page.goto(f"{closed.url}?range=6h")
    page.get_by_label("Token").fill("a wrong token")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("This token is not accepted.")
    page.get_by_label("Token").fill(VIEWER_TOKEN)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/ops\?range=6h"))


def test_a_viewer_sees_what_could_be_done_and_why_not(page: Page, closed: DashboardServer) -> None:
    ops = log_in(page, closed, VIEWER_TOKEN)
    acknowledge = ops.region("Active alerts").get_by_role("button", name="Acknowledge").first
    expect(acknowledge).to_have_attribute("aria-disabled", "true")
    expect(acknowledge).to_have_accessible_description("You are logged in as viewer.")
    acknowledge.click(force=True)
    clear = ops.region("Cache").get_by_role("button", name="Clear cache")
    expect(clear).to_have_attribute("aria-disabled", "true")
    expect(ops.region("Cache")).to_contain_text("You are logged in as viewer.")
    expect(page.get_by_role("combobox", name="Demo scenario")).to_be_disabled()
    page.get_by_role("button", name="Alert preferences").click()
    dialog = page.get_by_role("dialog", name="Alert preferences")
    expect(dialog.get_by_role("button", name="Save")).to_have_attribute("aria-disabled", "true")
    expect(dialog.get_by_role("textbox").first).not_to_be_editable()
    assert ops.accessibility_violations() == []
    page.keyboard.press("Escape")
    expect(ops.region("Active alerts").locator("[data-handled=acknowledged]")).to_have_count(0)


@pytest.mark.criterion("7.1.5")
def test_an_operator_acts_by_name(page: Page, closed: DashboardServer) -> None:
    ops = log_in(page, closed, OPERATOR_TOKEN, name="Ada")
    alerts = ops.region("Active alerts")
    alerts.get_by_role("button", name=re.compile("^Acknowledge (?!all)")).first.click()
    expect(alerts).to_contain_text("acknowledged by Ada")
    menu(page)
    expect(page.get_by_role("dialog", name="You")).to_contain_text("Ada")


def test_logging_out_in_one_tab_empties_the_other(page: Page, closed: DashboardServer) -> None:
    log_in(page, closed, OPERATOR_TOKEN)
    other = page.context.new_page()
    OpsPage(other, closed.url).open_live()
    menu(page)
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/login$"))
    expect(other.get_by_role("heading", name="You are logged out")).to_be_visible()
    expect(other.locator("[data-figure]")).to_have_count(0)
    other.get_by_role("link", name="Log in").click()
    expect(other).to_have_url(re.compile(r"/login\?next=/ops"))


def test_after_a_restart_an_open_tab_leads_to_the_login(
    page: Page, dashboard: StartDashboard, console: Console
) -> None:
    console.allow("WebSocket|ERR_CONNECTION|Failed to (fetch|load resource)")
    server = dashboard(**TOKENS, OPS_DEMO_SCENARIO="healthy")
    log_in(page, server, VIEWER_TOKEN)
    server.stop()
    server.start()
    expect(page.get_by_label("Token")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/login\?next=/ops"))


@pytest.mark.thorough
def test_a_link_on_another_site_opens_the_page_for_who_is_logged_in(
    page: Page, closed: DashboardServer
) -> None:
    log_in(page, closed, VIEWER_TOKEN)
    page.goto(closed.url.replace("127.0.0.1", "localhost").replace("/ops", "/login"))
    page.evaluate("url => { location.href = url }", f"{closed.url}?range=6h")
    expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"127\.0\.0\.1:\d+/ops\?range=6h"))


def test_no_page_of_another_site_frames_it(page: Page, closed: DashboardServer, console: Console) -> None:
    console.allow("frame-ancestors|X-Frame-Options|Framing|Content Security Policy")
    framing = f'<iframe src="{closed.url}"></iframe>'
    page.route("http://framing.example/", lambda route: route.fulfill(body=framing, content_type="text/html"))
    page.goto("http://framing.example/")
    assert "System operations" not in page.frames[-1].content()
