"""Seeing an alert: on the page, in the browser's tab, by ear, and for scripts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.alerts_page import (
    CACHE,
    CRITICAL,
    ERROR_RATE,
    QUEUE,
    RESPONSE_TIME,
    WARNING,
    WELL,
    AlertsPage,
    calm,
    listen,
)
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.times import CLOCK
from tests.e2e.waiting import until

DOWN = {"status": "down", "response_time_ms": 80, "error_count": 3}


@pytest.fixture
def alerts(page: Page, demo: Demo, watch: Watch) -> AlertsPage:
    """The page while nothing is wrong."""
    listen(page)
    calm(demo)
    return AlertsPage(watch()).quiet()


@pytest.mark.criterion("7.1.3", "7.11.2", "7.11.3", "success.5")
def test_a_breach_is_shown_with_its_severity_value_threshold_source_and_since_when(
    demo: Demo, alerts: AlertsPage
) -> None:
    demo.set(CRITICAL)
    row = alerts.row(ERROR_RATE)
    expect(row).to_contain_text("Critical")
    expect(row).to_contain_text("Error rate is 12 % (> 10 %)")
    expect(row).to_contain_text(re.compile(rf"Performance · since {CLOCK} \(\d+ s\)"))
    expect(row.locator("svg").first).to_be_visible()
    expect(alerts.rows).to_have_count(1)
    sections = alerts.page.get_by_role("navigation", name="Sections")
    link = sections.get_by_role("link", name="Performance")
    expect(link).to_have_accessible_name(re.compile("^Performance 1 active alert "))


@pytest.mark.criterion("7.1.3", "7.11.3", "nfr.accessibility.3", "nfr.accessibility.5")
def test_a_critical_one_marks_the_tab_sounds_once_and_is_read_out_once(
    demo: Demo, alerts: AlertsPage
) -> None:
    expect(alerts.page).to_have_title("System operations")
    demo.set(CRITICAL)
    expect(alerts.page).to_have_title("(1) System operations")
    alerts.expect_icon("!")
    expect(alerts.bell).to_have_text("1 new")
    expect(alerts.bell).to_have_accessible_description("1 critical.")
    expect(alerts.spoken).to_have_text("Critical alert: Error rate is 12 % (> 10 %)")
    until(lambda: alerts.heard("interruption"), "the interruption")

    demo.set({"performance.error_rate": 13})
    expect(alerts.row(ERROR_RATE)).to_contain_text("13 %")  # more readings of the same alert went by
    assert alerts.heard("sound") == ["critical"]
    assert alerts.heard("interruption") == ["critical"]
    assert alerts.said() == ["Critical alert: Error rate is 12 % (> 10 %)"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("breach", "key", "message"),
    [
        ({"performance.error_rate": 5.1}, ERROR_RATE, "Error rate is 5.1 % (> 5 %)"),
        ({"performance.api_response_time.p95": 501}, RESPONSE_TIME, "Response time p95 is 501 ms (> 500 ms)"),
        ({"workers.queue_length": 101}, QUEUE, "Worker queue holds 101 tasks (> 100 tasks)"),
    ],
)
@pytest.mark.criterion("7.11.1", "7.1.3", "success.5")
def test_each_threshold_gives_a_warning_as_soon_as_it_is_exceeded(
    demo: Demo, alerts: AlertsPage, breach: dict[str, Any], key: str, message: str
) -> None:
    demo.set(breach)
    expect(alerts.row(key)).to_contain_text(message)
    expect(alerts.row(key)).to_have_attribute("data-severity", "warning")
    alerts.expect_icon("1")
    until(lambda: alerts.heard("sound") == ["warning"], "the sound")
    expect(alerts.spoken).to_have_text("")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.1")
def test_a_value_just_at_its_threshold_is_no_alert(demo: Demo, alerts: AlertsPage) -> None:
    demo.set({"performance.error_rate": 5, "performance.api_response_time.p95": 500})
    expect(alerts.ops.figure("performance.p95")).to_contain_text("500")
    expect(alerts.region).to_contain_text("No active alerts.")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.2", "7.11.3")
def test_what_is_only_worth_a_look_is_shown_and_interrupts_nobody(demo: Demo, alerts: AlertsPage) -> None:
    demo.set({"cache.hit_rate": 40})
    row = alerts.row(CACHE)
    expect(row).to_have_attribute("data-severity", "info")
    expect(row).to_contain_text("Cache hit rate is 40 % (< 50 %)")
    expect(alerts.bell).to_have_text("")
    expect(alerts.page).to_have_title("System operations")
    assert alerts.heard("interruption") == []


@pytest.mark.thorough
@pytest.mark.criterion("7.11.2", "7.1.3")
def test_a_warning_that_gets_worse_is_the_same_alert_and_is_told_again(
    demo: Demo, alerts: AlertsPage
) -> None:
    demo.set(WARNING)
    expect(alerts.row(ERROR_RATE)).to_have_attribute("data-severity", "warning")
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_have_attribute("data-severity", "critical")
    expect(alerts.rows).to_have_count(1)
    until(lambda: alerts.heard("sound") == ["warning", "critical"], "the second sound")


@pytest.mark.criterion("7.2.8")
def test_a_module_in_trouble_carries_a_badge_and_its_sheet_names_the_alert(
    demo: Demo, alerts: AlertsPage
) -> None:
    demo.set({"health.modules.search": DOWN})
    tile = alerts.ops.module("search")
    expect(tile.locator("[data-alerts]")).to_have_text("1 active alert")
    expect(alerts.ops.module("auth").locator("[data-alerts]")).to_have_count(0)
    expect(alerts.row("module_status|search")).to_contain_text("Module search is down")
    alerts.ops.module_button("search").click()
    listed = alerts.ops.module_sheet("search").get_by_role("region", name="Active alerts of the module")
    expect(listed).to_contain_text("Module search is down")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.3", "7.11.3")
def test_a_value_that_is_well_again_is_shown_as_recovering_with_its_peak(
    demo: Demo, alerts: AlertsPage
) -> None:
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    demo.set(WELL)
    row = alerts.row(ERROR_RATE)
    expect(row).to_contain_text("Error rate is 0.5 % again")
    expect(row.get_by_text("recovering", exact=True)).to_be_visible()
    expect(row).to_contain_text(re.compile(rf"peak 12 % at {CLOCK}"))
    expect(alerts.row(ERROR_RATE)).to_have_attribute("data-severity", "critical")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.8", "7.1.3", "7.11.3")
def test_alerts_arrive_also_while_the_display_is_paused(demo: Demo, alerts: AlertsPage) -> None:
    alerts.ops.auto_refresh.click()
    expect(alerts.ops.updated).to_contain_text("paused")
    shown = alerts.ops.figure("performance.error_rate").inner_text()
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_contain_text("12 %")
    until(lambda: alerts.heard("sound") == ["critical"], "the sound")
    assert alerts.ops.figure("performance.error_rate").inner_text() == shown


@pytest.mark.criterion("nfr.performance.5", "7.11.1")
def test_an_alert_does_not_wait_for_the_next_refresh(page: Page, demo: Demo, watch: Watch) -> None:
    listen(page)
    calm(demo)
    alerts = AlertsPage(watch(OPS_REFRESH_SECONDS="3600")).quiet()
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_contain_text("12 %")


@pytest.mark.criterion("7.1.3", "nfr.errors.5")
def test_alerts_go_on_while_other_sources_fail(demo: Demo, alerts: AlertsPage) -> None:
    demo.fault("/api/monitoring/cache/stats", "status", 500)
    demo.fault("/api/monitoring/workers/status", "garbage")
    expect(alerts.row("source_failing|cache")).to_contain_text("Cache cannot be read")
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_contain_text("Error rate is 12 %")
    expect(alerts.rows.first).to_have_attribute("data-alert", ERROR_RATE)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.3", "7.11.2")
def test_scripts_are_told_the_same(demo: Demo, alerts: AlertsPage) -> None:
    assert (alerts.served()["groups"], alerts.served()["sentence"]) == ([], "No active alerts.")
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    served = alerts.served()
    assert (served["critical"], served["warning"], served["sentence"]) == (1, 0, "1 critical.")
    (row,) = served["groups"][0]["rows"]
    told = {name: row[name] for name in ("key", "severity", "value", "threshold", "handled", "condition")}
    assert told == {
        "key": ERROR_RATE,
        "severity": "critical",
        "value": "12 %",
        "threshold": "10 %",
        "handled": "new",
        "condition": "firing",
    }
