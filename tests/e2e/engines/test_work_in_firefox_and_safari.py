"""What people do with the page works in Firefox and in Safari's engine as it does in Chromium."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.dashboard_server import DashboardServer
from tests.e2e.engines.window import Window, dialog, named, region

pytestmark = [pytest.mark.thorough, pytest.mark.criterion("success.10")]

RENEWED = "return document.querySelector('header time').dateTime"
NO_FOCUS_BY_MOUSE = """
addEventListener("mousedown", (event) => {
    if (!event.target.closest("button")) return;
    event.preventDefault();
    document.activeElement.blur();
}, true);
"""
"""What Safari on a Mac does, which the engine elsewhere does not."""


@pytest.fixture
def page(window: Window, incident: DashboardServer) -> Window:
    """The page of that dashboard, with live data."""
    window.open_live(incident.url)
    return window


def test_it_connects_and_keeps_showing_live_data(page: Window, incident: DashboardServer) -> None:
    for leave_and_return in (False, True):
        if leave_and_return:
            page.open(f"{incident.origin}/login")
            page.driver.back()
            page.until_live()
        before = page.run(RENEWED)
        page.until(lambda before=before: page.run(RENEWED) != before, "the next refresh")
        assert page.run("return document.title").endswith("System operations")


def test_alerts_are_acknowledged_and_snoozed_and_a_link_to_one_is_copied(page: Window) -> None:
    new = "//*[@data-alert][@data-handled='new']"
    key = page.shown(new).get_attribute("data-alert")
    page.click(f"//*[@data-alert='{key}']{named('button', 'Acknowledge')}")
    acknowledged = f"//*[@data-alert='{key}'][@data-handled='acknowledged']"
    page.shown(acknowledged)
    assert page.has_focus(f"{acknowledged}{named('button', 'Acknowledged')}")
    page.click(f"{acknowledged}{named('button', 'More actions')}")
    page.click(named("*[@role='menuitem']", "Copy link"))
    page.shown("//*[@role='status'][contains(., 'The link is copied.')]")

    key = page.shown(new).get_attribute("data-alert")
    page.click(f"//*[@data-alert='{key}']{named('button', 'Snooze')}")
    page.click(named("*[@role='menuitem']", "1 hour"))
    page.shown(f"//*[@data-alert='{key}'][@data-handled='snoozed']")


@pytest.mark.parametrize(
    ("button", "title", "focus_by_mouse"),
    [
        (named("header//button", "Alert history"), "Alert history", True),
        (region("Module health") + named("button", "search"), "Module search", False),
    ],
    ids=["history", "module"],
)
def test_what_a_button_opens_closes_with_escape_and_the_focus_is_back(
    page: Window, button: str, title: str, focus_by_mouse: bool
) -> None:
    if not focus_by_mouse:
        page.run(NO_FOCUS_BY_MOUSE)
    page.click(button)
    page.shown(dialog(title))
    page.until(
        lambda: page.run("return document.activeElement.closest('[role=dialog]') !== null"), "the focus"
    )
    page.press(Keys.ESCAPE)
    page.gone(dialog(title))
    page.until(lambda: page.has_focus(button), "the focus on the button")


def test_a_chart_is_drawn_read_with_the_keyboard_zoomed_and_shown_as_a_table(page: Window) -> None:
    chart = "//figure[@aria-label='Response time']"
    curves = f"{chart}//*[contains(@class, 'recharts-line-curve')]"
    page.until(lambda: len(page.all(curves)) == 3, "a line for each percentile")
    page.run("arguments[0].focus()", page.shown(f"{chart}//*[@role='application']"))
    page.press(Keys.ARROW_LEFT)
    assert "p95" in page.shown(f"{chart}//*[@role='tooltip']").text
    page.press(Keys.ESCAPE)
    page.gone(f"{chart}//*[@role='tooltip']")
    page.press("+")
    page.shown(chart + named("button", "Reset zoom"))
    page.press(Keys.ESCAPE)
    page.gone(chart + named("button", "Reset zoom"))
    page.click(chart + named("button", "Show as table"))
    page.shown(f"{chart}//tr[@data-at]")


def test_the_time_range_and_the_order_are_chosen_and_stand_in_the_address(page: Window) -> None:
    page.click(named("header//*[@role='radio']", "6h"))
    page.click(f"{region('Module health')}//*[@role='combobox'][contains(., 'Sort by')]")
    page.click(named("*[@role='option']", "name"))
    page.until(lambda: page.driver.current_url.endswith("/ops?range=6h&sort=name"), "the address")
    page.shown(f"{region('Module health')}//li[1]//*[starts-with(normalize-space(), 'annotations')]")
    page.driver.refresh()
    page.until_live()
    page.shown("//header//*[@role='radio'][@aria-checked='true'][normalize-space()='6h']")


def test_a_table_is_searched_while_one_types(page: Window) -> None:
    table = f"{region('Database')}//*[@data-table='database_tables']"
    search = f"{table}//input[@type='search']"
    page.run("arguments[0].scrollIntoView({ block: 'center' })", page.shown(search))
    page.until(lambda: page.shown(search).is_enabled(), "the rows")
    page.shown(search).send_keys("no table of this name")
    page.shown(f"{table}//*[normalize-space()='Nothing matches the search.']")


def test_the_theme_is_chosen_and_kept(page: Window) -> None:
    page.click(named("header//button", "Display"))
    page.click(named("*[@role='radio']", "Dark"))
    for _ in range(2):
        page.until(
            lambda: page.run("return getComputedStyle(document.documentElement).colorScheme") == "dark",
            "the dark",
        )
        page.driver.refresh()
        page.until_live()


def test_it_is_said_that_no_sound_starts_and_whether_notifications_are_possible(page: Window) -> None:
    page.run("AudioContext.prototype.resume = () => new Promise(() => {})")  # as without a device
    page.click(named("header//button", "Alert preferences"))
    page.click(named("button", "Test sound"))
    page.shown("//p[starts-with(., 'The browser does not start the sound')]")
    assert page.all(named("button", "Sound is blocked")) == []
    permission = page.run("return Notification.permission")
    page.shown(f"//*[@data-permission='{permission}'][normalize-space() != '']")
