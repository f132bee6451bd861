"""Looking through the history of alerts: filter, search, pages, one incident, and taking it along as a file."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from playwright.sync_api import Browser, Page, expect

from ops_dashboard.demo.api import demo_app
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.alert_history import AlertHistory
from tests.e2e.alert_preferences import AlertPreferences
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, QUEUE, AlertsPage, calm, many_down
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_read
from tests.e2e.times import CLOCK
from tests.servers import serving

MODULES = 30
FORMULA = '=HYPERLINK("http://example.test")'
NOTE = "+1, on it"
TOTAL = MODULES + 4
"""The modules, the one with a formula for a name, error rate, worker queue and cache hit rate."""


@pytest.fixture(scope="module")
def eventful(browser: Browser, standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard after an incident: much is open, the queue acknowledged, the error rate resolved."""
    with serving(demo_app(scenario="healthy")) as url:
        demo = Demo(url)
        calm(demo)
        server = standing(OPS_BACKEND_URL=url, OPS_REFRESH_SECONDS="5")
        until_read(server)
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        alerts = AlertsPage(OpsPage(context.new_page(), server.url).open_live()).quiet()
        demo.set(CRITICAL)
        expect(alerts.row(ERROR_RATE)).to_be_visible()
        preferences = AlertPreferences(alerts.page).open()
        preferences.change("Error rate", "Critical above", "60")
        preferences.change("Error rate", "Warning above", "50")
        preferences.save()
        preferences.close()
        alerts.quiet()
        demo.set({"workers.queue_length": 150, "cache.hit_rate": 40, **many_down(MODULES)})
        down = {"status": "down", "response_time_ms": 80, "error_count": 3}
        demo.set({"health.modules": {**demo.get("/api/monitoring/health")["modules"], FORMULA: down}})
        alerts.handle_with_note(QUEUE, "Acknowledge", NOTE)
        alerts.expect_handled(QUEUE, "acknowledged")
        expect(alerts.region).to_contain_text(f"Module health: {MODULES + 1}")
        expect(alerts.region).to_contain_text("Cache hit rate is 40 %")
        context.close()
        yield server


@pytest.fixture
def history(page: Page, eventful: DashboardServer) -> AlertHistory:
    """The open sheet."""
    OpsPage(page, eventful.url).open_live()
    return AlertHistory(page).open()


@pytest.mark.criterion("7.1.4", "7.11.4")
def test_each_alert_is_listed_with_its_times_and_how_it_ended(history: AlertHistory) -> None:
    history.search.fill("error rate")
    expect(history.rows).to_have_count(1)
    resolved = history.rows.first.get_by_role("cell")
    expect(resolved.nth(0)).to_contain_text(re.compile(rf"{CLOCK}\s*worst 12 %"))
    expect(resolved.nth(1)).to_contain_text("not acknowledged")
    expect(resolved.nth(2)).to_contain_text(re.compile(rf"{CLOCK}\s*after \d+"))

    history.search.fill("queue")
    expect(history.row("Worker queue holds 150 tasks")).to_have_count(1)
    acknowledged = history.rows.first.get_by_role("cell")
    expect(acknowledged.nth(1)).to_contain_text(re.compile(rf"{CLOCK}\s*by an operator"))
    expect(acknowledged.nth(2)).to_contain_text("Acknowledged")


@pytest.mark.criterion("7.1.4", "7.11.4", "7.11.2")
def test_it_is_filtered_by_severity_state_and_source(history: AlertHistory) -> None:
    for what, option, text in (
        ("Severity", "info", "Cache hit rate is 40 %"),
        ("State", "acknowledged", "Worker queue holds 150 tasks"),
    ):
        history.choose(what, option)
        expect(history.rows).to_have_count(1)
        expect(history.row(text)).to_have_count(1)
        history.button("Clear").click()
        expect(history.count).to_have_text(f"1–25 of {TOTAL}")
    history.choose("Source", "Database")
    expect(history.rows).to_have_count(0)
    expect(history.dialog).to_contain_text("No alert of the past is like this.")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_every_word_that_is_searched_must_occur_and_nothing_is_a_pattern(history: AlertHistory) -> None:
    for nothing in ("extra-07 up", "extra_07", "' OR 1=1 --", "100%%"):
        history.search.fill("extra-07 down")
        expect(history.rows).to_have_count(1)
        expect(history.row("Module extra-07 is down")).to_have_count(1)
        history.search.fill(nothing)
        expect(history.dialog).to_contain_text("No alert of the past is like this.")
    history.button("Clear").click()
    expect(history.search).to_have_value("")
    expect(history.rows).to_have_count(25)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_a_link_shows_a_colleague_the_same_search(history: AlertHistory) -> None:
    history.choose("State", "acknowledged")
    history.search.fill("queue")
    expect(history.page).to_have_url(re.compile(r"[?&]open=alerts&.*state=acknowledged&q=queue"))
    history.page.reload()
    expect(history.search).to_have_value("queue")
    expect(history.row("Worker queue holds 150 tasks")).to_have_count(1)
    expect(history.rows).to_have_count(1)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_it_is_turned_page_by_page_and_the_button_keeps_the_focus(history: AlertHistory) -> None:
    expect(history.count).to_have_text(f"1–25 of {TOTAL}")
    expect(history.button("Newer")).to_have_attribute("aria-disabled", "true")
    first = history.rows.evaluate_all("rows => rows.map(row => row.dataset.incident)")
    history.button("Older").press("Enter")
    expect(history.count).to_have_text(f"26–{TOTAL} of {TOTAL}")
    expect(history.rows).to_have_count(TOTAL - 25)
    expect(history.button("Older")).to_have_attribute("aria-disabled", "true")
    expect(history.button("Older")).to_be_focused()
    rest = history.rows.evaluate_all("rows => rows.map(row => row.dataset.incident)")
    assert sorted(map(int, first + rest)) == list(range(1, TOTAL + 1)), "none is left out or repeated"
    history.button("Newer").click()
    expect(history.count).to_have_text(f"1–25 of {TOTAL}")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_one_incident_tells_all_that_happened_to_it_and_returns_to_its_row(history: AlertHistory) -> None:
    history.search.fill("queue")
    expect(history.rows).to_have_count(1)
    history.look_at("Worker queue")
    expect(history.dialog.get_by_role("heading", name="Worker queue holds 150 tasks")).to_be_visible()
    expect(history.happenings).to_have_count(2)
    expect(history.happenings.nth(0)).to_contain_text(re.compile(rf"{CLOCK}\s*Opened\s*Warning"))
    expect(history.happenings.nth(1)).to_contain_text("Acknowledged")
    expect(history.happenings.nth(1)).to_contain_text("by an operator")
    expect(history.happenings.nth(1)).to_contain_text(f"“{NOTE}”")
    history.button("All alerts").press("Enter")
    expect(history.search).to_have_value("queue")
    expect(history.rows.first.get_by_role("button")).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_a_link_opens_one_incident_and_an_unknown_one_says_so(
    history: AlertHistory, eventful: DashboardServer
) -> None:
    history.choose("State", "resolved")
    expect(history.rows).to_have_count(1)
    history.look_at("Error rate")
    expect(history.page).to_have_url(re.compile(r"[?&]incident=\d+\b"))
    history.page.goto(history.page.url)
    expect(history.happenings.last).to_contain_text("Resolved")
    history.page.keyboard.press("Escape")
    expect(history.dialog).to_be_hidden()
    expect(history.page).not_to_have_url(re.compile("incident=|open="))
    OpsPage(history.page, eventful.url).open("?incident=9007199254740991")
    expect(history.dialog).to_contain_text("There is no alert 9007199254740991.")
    for nonsense in ("-1", "1e3", "%3Cb%3E", "9" * 40):
        OpsPage(history.page, eventful.url).open_live(f"?incident={nonsense}")
        expect(history.dialog).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_csv_holds_what_is_filtered_and_no_text_that_a_spreadsheet_would_run(history: AlertHistory) -> None:
    history.choose("State", "acknowledged")
    expect(history.rows).to_have_count(1)
    name, text = history.export("CSV")
    assert name == "alerts.csv"
    (row,) = csv.DictReader(StringIO(text))
    assert (row["rule"], row["worst_severity"], row["state"]) == ("worker_queue", "warning", "acknowledged")
    assert row["note"] == f"'{NOTE}"
    assert (row["worst_value"], row["unit"]) == ("150.0", "tasks")
    history.button("Clear").click()
    expect(history.rows).to_have_count(25)
    history.search.fill("HYPERLINK")
    expect(history.rows).to_have_count(1)
    (row,) = csv.DictReader(StringIO(history.export("CSV")[1]))
    assert row["target"] == f"'{FORMULA}"


@pytest.mark.thorough
@pytest.mark.criterion("7.1.4", "7.11.4")
def test_json_holds_everything_found_not_only_the_page_and_text_as_it_is(history: AlertHistory) -> None:
    expect(history.count).to_have_text(f"1–25 of {TOTAL}")
    name, text = history.export("JSON")
    assert name == "alerts.json"
    rows = json.loads(text)
    assert sorted(row["id"] for row in rows) == list(range(1, TOTAL + 1))
    assert FORMULA in [row["target"] for row in rows]
    (resolved,) = (row for row in rows if row["state"] == "resolved")
    assert resolved["opened_at"] < resolved["resolved_at"]
    assert resolved["worst_value"] == 12
