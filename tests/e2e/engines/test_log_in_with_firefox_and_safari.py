"""Logging in with a token, and out again, in Firefox and in Safari's engine."""

import pytest

from tests.dashboard_server import StartDashboard
from tests.e2e.engines.window import Window, dialog, named
from tests.logging_in import OPERATOR_TOKEN, TOKENS

pytestmark = [pytest.mark.thorough, pytest.mark.criterion("success.10")]


def test_a_session_lasts_over_a_reload_and_ends_by_logging_out(
    window: Window, dashboard: StartDashboard
) -> None:
    server = dashboard(**TOKENS, OPS_DEMO_SCENARIO="healthy")
    window.open(f"{server.url}?range=6h")
    window.shown("//input[@name='token']").send_keys(OPERATOR_TOKEN)
    window.shown("//input[@name='name']").send_keys("Ada")
    window.click(named("button", "Log in"))
    window.until_live()
    assert window.driver.current_url == f"{server.url}?range=6h"
    (cookie,) = window.driver.get_cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")

    window.driver.refresh()
    window.until_live()
    window.click(named("header//button", "You"))
    window.shown(f"{dialog('You')}[contains(., 'Ada')]")
    window.click(named("button", "Log out"))
    window.shown("//input[@name='token']")
    assert window.driver.get_cookies() == []
