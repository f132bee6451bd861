"""Watching a backend of the other dialect, played back from recordings: nothing is lost, nothing invented."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.pages import OpsPage, expect_reading
from tests.replay import RECORDINGS, replay_app
from tests.servers import serving

DATABASE_DOWN = RECORDINGS / "db-down"
WORDS = {"healthy": "Healthy", "unhealthy": "Down", "not_applicable": "Not applicable"}


@pytest.fixture(scope="module")
def server(standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard that watches the recorded backend, which has lost its database."""
    with serving(replay_app(DATABASE_DOWN, RECORDINGS / "openapi.json")) as url:
        yield standing(OPS_BACKEND_URL=url)


@pytest.fixture
def recorded(page: Page, server: DashboardServer) -> OpsPage:
    """The page of that dashboard."""
    return OpsPage(page, server.url).open_live()


def answer(call: str) -> dict:
    return json.loads((DATABASE_DOWN / f"{call}.json").read_text(encoding="utf-8"))["body"]


@pytest.mark.criterion("7.1.1", "7.2.1")
def test_components_are_shown_where_the_backend_reports_them_instead_of_modules(recorded: OpsPage) -> None:
    components = answer("monitoring-health")["components"]
    tiles = recorded.region("Module health").get_by_role("list", name="Components").get_by_role("listitem")
    expect(tiles).to_have_count(len(components))
    for name, component in components.items():
        tile = tiles.filter(has=recorded.page.get_by_text(name, exact=True))
        expect_reading(tile, WORDS[component["status"]])
        expect(tile).to_contain_text(component["message"].split(":")[0])


@pytest.mark.criterion("7.2.1", "success.1")
def test_all_thirteen_modules_are_asked_one_by_one_and_shown(recorded: OpsPage) -> None:
    expect(recorded.modules).to_have_count(13)
    for tile in recorded.modules.all():
        expect_reading(tile, "errors not reported")


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "7.2.2")
def test_module_without_check_has_no_response_time(recorded: OpsPage) -> None:
    recorded.module_button("search").click()
    sheet = recorded.module_sheet("search")
    now = sheet.get_by_role("region", name="Now")
    expect_reading(now.get_by_role("group", name="Response time"), "not reported")
    expect_reading(now.get_by_role("group", name="Errors"), "not reported")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1", "nfr.errors.4")
def test_an_answer_of_http_200_that_says_unhealthy_is_down_in_the_backend_s_words(recorded: OpsPage) -> None:
    health = recorded.region("System health")
    expect_reading(health, "Down")
    expect(health).to_contain_text(answer("monitoring-health")["message"])
    expect(health).to_contain_text(re.compile("database down", re.IGNORECASE))


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1")
def test_what_the_dialect_lacks_is_not_reported_instead_of_zero(recorded: OpsPage) -> None:
    for key in ("performance.request_rate", "workers.queue_length"):
        expect(recorded.figure(key)).to_have_attribute("data-display", "not_reported")
    expect_reading(recorded.figure("performance.p95"), "not reported")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.4")
def test_a_call_that_always_fails_says_so_in_its_own_section_alone(recorded: OpsPage) -> None:
    expect(recorded.region("ML models")).to_contain_text("HTTP 500")
    expect(recorded.region("Event bus")).not_to_contain_text("HTTP 500")
    expect(recorded.figure("events.emitted", "Event bus")).to_have_attribute("data-display", "value")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_the_sheet_says_what_this_backend_cannot_do(recorded: OpsPage) -> None:
    recorded.sources_button.click()
    for what in ("cancel a job", "retry a job", "clear the cache"):
        expect(recorded.sources).to_contain_text(f"This backend has no call to {what}.")
    expect(recorded.sources).to_contain_text("This backend can ingest a repository.")
