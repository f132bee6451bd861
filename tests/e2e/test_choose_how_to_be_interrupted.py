"""Choosing how this browser interrupts: sound, volume, desktop notifications, and from which severity on."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard_server import DashboardServer
from tests.e2e.pages import OpsPage
from tests.e2e.waiting import until

SOUNDS = (
    "window.sounds = []; window.addEventListener('ops:sound', ({ detail }) => sounds.push(detail.severity))"
)

REFUSAL = """
window.asked = 0;
let permission = "default";
Object.defineProperty(Notification, "permission", { get: () => permission });
Notification.requestPermission = async () => { asked += 1; return (permission = "denied") };
"""
"""Answers for the user whom the browser asks."""


def _preferences(ops: OpsPage) -> Locator:
    ops.page.get_by_role("button", name="Alert preferences").click()
    return _opened(ops)


def _opened(ops: OpsPage) -> Locator:
    dialog = ops.page.get_by_role("dialog", name="Alert preferences")
    expect(dialog).to_be_visible()
    return dialog


def _kept(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate("localStorage.getItem('ops.alerts')") or "{}")


def _choice(dialog: Locator, group: str, option: str) -> Locator:
    return dialog.get_by_role("radiogroup", name=group).get_by_role("radio", name=option)


@pytest.mark.criterion("7.11.6", "nfr.accessibility.5")
def test_sound_is_switched_and_tried_and_the_browser_keeps_what_was_chosen(ops: OpsPage) -> None:
    ops.page.evaluate(SOUNDS)
    dialog = _preferences(ops)
    sound = dialog.get_by_role("switch", name="Sound", exact=True)
    expect(sound).to_be_checked()
    dialog.get_by_role("button", name="Test sound").click()
    until(lambda: ops.page.evaluate("sounds") == ["critical"], "the sound")
    dialog.get_by_role("slider", name="Volume").press("ArrowRight")
    expect(dialog.get_by_text("70 %", exact=True)).to_be_visible()
    _choice(dialog, "Sound from", "Critical").click()
    sound.click()
    expect(sound).not_to_be_checked()

    ops.page.reload()
    dialog = _opened(ops)  # the address opens it again
    expect(dialog.get_by_role("switch", name="Sound", exact=True)).not_to_be_checked()
    expect(dialog.get_by_role("slider", name="Volume")).to_have_value("70")
    expect(_choice(dialog, "Sound from", "Critical")).to_be_checked()


@pytest.mark.thorough
@pytest.mark.criterion("7.11.6")
def test_what_was_chosen_holds_in_every_tab_and_a_damaged_choice_in_none(ops: OpsPage) -> None:
    dialog = _preferences(ops)
    other = OpsPage(ops.page.context.new_page(), ops.url).open_live()
    _preferences(other).get_by_role("switch", name="Sound", exact=True).click()
    expect(dialog.get_by_role("switch", name="Sound", exact=True)).not_to_be_checked()
    other.page.evaluate("""localStorage.setItem("ops.alerts", '{"sound": "no", "volume": 1e9')""")
    expect(dialog.get_by_role("switch", name="Sound", exact=True)).to_be_checked()
    expect(dialog.get_by_role("slider", name="Volume")).to_have_value("60")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.3")
def test_notifications_the_browser_denies_stay_off_and_it_is_told_why(ops: OpsPage) -> None:
    ops.page.context.grant_permissions([])  # whatever is not granted is denied then
    ops.page.reload()
    dialog = _preferences(ops)
    notifications = dialog.get_by_role("switch", name="Desktop notifications")
    expect(dialog.locator("[data-permission=denied]")).to_contain_text("Allow notifications in its settings")
    notifications.click()
    until(lambda: _kept(ops.page).get("notifications") is False, "the refusal")
    expect(notifications).not_to_be_checked()


@pytest.mark.thorough
@pytest.mark.criterion("7.11.3")
def test_the_browser_is_asked_when_they_are_switched_on_and_may_refuse(ops: OpsPage) -> None:
    ops.page.add_init_script(REFUSAL)
    ops.page.reload()
    dialog = _preferences(ops)
    notifications = dialog.get_by_role("switch", name="Desktop notifications")
    expect(dialog.get_by_text("The browser will ask for your permission")).to_be_visible()
    assert ops.page.evaluate("asked") == 0
    notifications.click()
    expect(dialog.get_by_text("The browser blocks them for this site")).to_be_visible()
    expect(notifications).not_to_be_checked()
    assert ops.page.evaluate("asked") == 1


@pytest.mark.thorough
@pytest.mark.criterion("7.11.3")
def test_notifications_the_browser_permits_can_be_switched_on(ops: OpsPage) -> None:
    ops.page.context.grant_permissions(["notifications"])
    ops.page.reload()
    dialog = _preferences(ops)
    notifications = dialog.get_by_role("switch", name="Desktop notifications")
    notifications.click()
    expect(notifications).to_be_checked()
    _choice(dialog, "Notifications from", "Warning").click()
    assert _kept(ops.page)["notificationsFrom"] == "warning"


@pytest.mark.thorough
@pytest.mark.criterion("7.11.6", "nfr.accessibility.2")
def test_sound_that_wants_a_click_first_gets_one_by_the_keyboard(
    page: Page, healthy_dashboard: DashboardServer
) -> None:
    # Playwright's own looks at the page count as the user's gesture; those of the inspector do not.
    inspector = page.context.new_cdp_session(page)

    def run(expression: str) -> Any:
        return inspector.send("Runtime.evaluate", {"expression": expression})["result"].get("value")

    page.goto(healthy_dashboard.url)
    until(lambda: run("document.querySelector('[data-figure][data-display=value]') !== null"), "live data")
    run("document.querySelector('[aria-label=\"Alert preferences\"]').click()")
    unlock = "[...document.querySelectorAll('button')].find((each) => each.textContent.startsWith('Sound is blocked'))"
    until(lambda: run(f"Boolean({unlock})"), "the question for a click")
    run(f"{unlock}.focus()")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Test sound")).to_be_focused()
    assert not run(f"Boolean({unlock})")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1")
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_choices_pass_axe(ops: OpsPage, theme: str) -> None:
    ops.choose_theme(theme)
    _preferences(ops)
    assert ops.accessibility_violations() == []
