"""Looking at the data sources: how reading each of them goes, and what went wrong."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading

MODELS = "/api/monitoring/model-health"


@pytest.mark.criterion("nfr.errors.4", "nfr.accessibility.2")
def test_the_sheet_opens_by_mouse_closes_by_escape_and_the_focus_returns(ops: OpsPage) -> None:
    ops.sources_button.click()
    expect(ops.sources).to_be_visible()
    ops.expect_query(open="sources")
    ops.page.keyboard.press("Escape")
    expect(ops.sources).to_be_hidden()
    expect(ops.sources_button).to_be_focused()
    ops.expect_query()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2")
def test_the_sheet_opens_by_keyboard_and_keeps_the_focus_within(ops: OpsPage) -> None:
    ops.sources_button.focus()
    ops.page.keyboard.press("Enter")
    expect(ops.sources).to_be_visible()
    close = ops.sources.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    for _ in range(5):
        ops.page.keyboard.press("Tab")
        assert ops.sources.evaluate("sheet => sheet.contains(document.activeElement)")
    close.press("Enter")
    expect(ops.sources).to_be_hidden()
    expect(ops.sources_button).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_a_link_opens_the_sheet(ops: OpsPage) -> None:
    ops.open_live("?open=sources")
    expect(ops.sources).to_be_visible()
    ops.sources.get_by_role("button", name="Close").click()
    expect(ops.sources).to_be_hidden()
    ops.expect_query()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_every_source_has_its_state_its_age_and_its_latency(ops: OpsPage) -> None:
    ops.sources_button.click()
    rows = ops.sources.get_by_role("row").filter(has=ops.page.get_by_role("rowheader"))
    expect(rows.first).to_be_visible()
    for name in ("performance", "health", "workers", "jobs"):
        row = ops.source(name)
        expect_reading(row, "Fresh")
        expect(row).to_contain_text(re.compile(r"\d+ s ago"))
        expect(row).to_contain_text(re.compile(r"[\d.]+ ms"))
    # The modules stand in the health answer already: asking each as well would be load for nothing.
    expect_reading(ops.source("module_health.search"), "Not needed")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.3", "nfr.errors.4")
def test_a_failing_source_shows_its_error_its_failures_and_the_next_try(demo: Demo, watch: Watch) -> None:
    ops = watch("?open=sources")
    row = ops.source("model_health")
    expect_reading(row, "Fresh")
    demo.fault(MODELS, "status", 503)
    expect_reading(row, "Stale")
    expect(row).to_contain_text("HTTP 503")
    expect(row).to_contain_text(re.compile(r"\d+ failures in a row"))
    expect(row).to_contain_text(re.compile(r"next try in \d+ s"))
    expect_reading(ops.source("cache"), "Fresh")
    demo.mend(MODELS)
    expect_reading(row, "Fresh")
    expect(row).not_to_contain_text("HTTP 503")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_each_kind_of_failure_is_told_in_plain_words(demo: Demo, watch: Watch) -> None:
    demo.fault(MODELS, "html")
    demo.fault("/api/monitoring/events", "truncate")
    demo.fault("/api/monitoring/cache/stats", "garbage")
    demo.fault("/api/monitoring/user-engagement", "status", 401)
    demo.fault("/api/monitoring/recommendation-quality", "status", 302)
    ops = watch("?open=sources")
    expect(ops.source("model_health")).to_contain_text("a web page instead of data")
    expect(ops.source("events")).to_contain_text("broke the connection off in the middle of its answer")
    expect(ops.source("cache")).to_contain_text("broken characters")
    expect(ops.source("user_engagement.1h")).to_contain_text("OPS_BACKEND_TOKEN")
    expect(ops.source("recommendation_quality.1h")).to_contain_text("redirect")
    expect(ops.sources).not_to_contain_text(re.compile(r"Traceback|\w+(Error|Exception)\b"))


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_fields_that_break_the_contract_are_counted_and_told(demo: Demo, watch: Watch) -> None:
    demo.set({"database.query_performance": {"avg_query_time_ms": "lots", "slow_queries": [1]}})
    ops = watch("?open=sources")
    row = ops.source("database")
    expect(row).to_contain_text("2 contract surprises")
    row.get_by_text("2 contract surprises").click()
    expect(row.get_by_role("listitem")).to_have_count(2)
    expect(row.get_by_role("listitem").filter(has_text="avg_query_time_ms")).to_be_visible()
    ops.page.keyboard.press("Escape")
    figure = ops.figure("database.avg_query_time_ms", "Database")
    expect(figure).to_have_attribute("data-display", "not_reported")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_a_call_the_backend_does_not_have_is_not_offered_rather_than_failing(
    demo: Demo, watch: Watch
) -> None:
    demo.fault(MODELS, "status", 404)
    ops = watch("?open=sources")
    expect_reading(ops.source("model_health"), "Not offered")
    ops.page.keyboard.press("Escape")
    expect(ops.figure("models.embedding", "ML models")).to_have_attribute("data-display", "not_reported")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.2", "nfr.accessibility.2")
def test_the_data_goes_on_beneath_the_open_sheet_without_taking_the_focus(demo: Demo, watch: Watch) -> None:
    demo.set({"user_engagement.active_users": 481})
    ops = watch("?open=sources")
    close = ops.sources.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    demo.set({"user_engagement.active_users": 482})
    users = ops.page.locator('[data-figure="engagement.active_users"]')
    expect_reading(users, "482")
    expect(close).to_be_focused()
    expect(ops.sources).to_be_visible()
