"""Looking through the jobs, and steering them: filter, sort, pages, re-index, cancel."""

import csv
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.ingestion import INGEST, Ingestion, queue, stall
from tests.e2e.pages import OpsPage
from tests.replay import RECORDINGS, replay_app
from tests.servers import serving

CANCEL = "/api/v1/ingestion/jobs/{}/cancel"
STATES = ["pending"] * 3 + ["processing"] + ["completed"] * 35 + ["failed"] * 2


def told(number: int, status: str, **more: Any) -> dict[str, Any]:
    return {"job_id": f"job-{number}", "repo_url": f"github.com/acme/r{number:02}", "status": status, **more}


@pytest.fixture(scope="module")
def unable(standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard on a recorded backend that can cancel no job."""
    with serving(replay_app(RECORDINGS / "all-up-busy", RECORDINGS / "openapi.json")) as url:
        yield standing(OPS_BACKEND_URL=url)


@pytest.mark.criterion("7.12.3", "7.12.6")
def test_a_stuck_job_is_marked_and_found(demo: Demo, watch: Watch) -> None:
    long_ago = time.time() - 7200
    demo.set(
        {"jobs": [told(1, "processing", started_at=long_ago), told(2, "processing"), told(3, "completed")]}
    )
    ingestion = Ingestion(watch())
    ingestion.ops.choose("Jobs", "stuck")
    expect(ingestion.rows).to_have_count(1)
    expect(ingestion.rows).to_contain_text("It takes longer than the 30 min")
    expect(ingestion.rows.locator("[data-live]")).to_have_text("2 h")
    expect(ingestion.rows.get_by_role("button", name="Cancel")).to_be_enabled()


@pytest.mark.criterion("7.12.1", "7.12.3", "nfr.accessibility.2", "success.6")
def test_a_part_of_the_queue_shows_its_jobs_and_the_history_is_searched_sorted_and_turned(
    demo: Demo, watch: Watch, tmp_path: Path
) -> None:
    error = "Clone failed: " + "a very long reason " * 12
    jobs = [told(n, state, error=error if state == "failed" else None) for n, state in enumerate(STATES)]
    demo.set({"jobs": jobs})
    ingestion = Ingestion(watch())
    for word, count in (("Pending", 3), ("Processing", 1), ("Completed", 35), ("Failed", 2)):
        expect(ingestion.part(word)).to_have_accessible_name(re.compile(f"{word} ?{count}$"))
    expect(ingestion.rows).to_have_count(20)
    expect(ingestion.region).to_contain_text("1–20 of 41")
    ingestion.region.get_by_role("button", name="Next").press("Enter")
    expect(ingestion.region).to_contain_text("21–40 of 41")
    ingestion.part("Failed").press("Enter")
    expect(ingestion.part("Failed")).to_have_attribute("aria-pressed", "true")
    expect(ingestion.rows).to_have_count(2)
    ingestion.expect_states("failed")
    shown = ingestion.rows.first.get_by_role("button", name="Error: Clone failed")
    shown.press("Enter")
    expect(ingestion.rows.first.get_by_text(error.strip()).last).to_be_visible()
    ingestion.ops.await_refresh()
    expect(shown).to_have_attribute("aria-expanded", "true")
    expect(ingestion.rows).to_have_count(2)
    ingestion.part("Failed").press("Enter")
    expect(ingestion.part("Failed")).to_have_attribute("aria-pressed", "false")
    heading = ingestion.table.get_by_role("columnheader", name="Repository")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(ingestion.rows.first).to_have_attribute("data-repo", "github.com/acme/r00")
    ingestion.search("r40")
    expect(ingestion.rows).to_have_count(1)
    expect(ingestion.region.get_by_role("status").filter(has_text="1 of 41 jobs")).to_be_visible()
    ingestion.search("nothing like it")
    ingestion.region.get_by_role("button", name="Show all jobs").click()
    expect(ingestion.rows).to_have_count(20)
    with ingestion.ops.page.expect_download() as download:
        ingestion.region.get_by_role("link", name="CSV of the job history").click()
    download.value.save_as(tmp_path / "jobs.csv")
    with (tmp_path / "jobs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 42


@pytest.mark.thorough
@pytest.mark.criterion("7.12.3", "7.12.6", "nfr.accessibility.2")
def test_a_job_is_cancelled_once_when_that_is_confirmed_and_every_tab_sees_it(
    demo: Demo, watch: Watch
) -> None:
    _, waiting = queue(demo, "github.com/acme/long", "github.com/acme/waiting")
    stall(demo)
    ingestion = Ingestion(watch())
    other = ingestion.colleague()
    ingestion.ops.page.bring_to_front()
    path, keyboard = CANCEL.format(waiting), ingestion.ops.page.keyboard
    row = ingestion.job("github.com/acme/waiting")
    expect(ingestion.table.locator("[data-live]").first).to_have_text(re.compile(r"\d+ s"))
    demo.fault(path, "delay", 2)
    button = row.get_by_role("button", name="Cancel github.com/acme/waiting")
    button.press("Enter")
    dialog = ingestion.dialog("Cancel job")
    expect(dialog).to_contain_text("github.com/acme/waiting")
    expect(dialog).to_contain_text(waiting)
    keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    assert demo.calls()[path] == 0
    button.press("Enter")
    dialog.get_by_role("button", name="Cancel job").press("Enter")
    for tab in (ingestion, other):
        expect(tab.job("github.com/acme/waiting").locator("[data-run]")).to_contain_text("Cancelling…")
        expect(tab.job("github.com/acme/waiting")).to_have_attribute("data-status", "pending")
    for tab in (ingestion, other):
        expect(tab.job("github.com/acme/waiting")).to_have_attribute("data-status", "cancelled")
    expect(ingestion.told).to_have_text("github.com/acme/waiting: The backend has cancelled it.")
    expect(other.told).to_be_empty()
    expect(row.get_by_role("button", name="Re-index github.com/acme/waiting")).to_be_focused()
    assert demo.calls()[path] == 1


@pytest.mark.thorough
@pytest.mark.criterion("7.12.6", "nfr.errors.4")
def test_a_cancellation_that_is_refused_says_so_in_the_row(demo: Demo, watch: Watch) -> None:
    (job,) = queue(demo, "github.com/acme/stubborn")
    stall(demo)
    demo.fault(CANCEL.format(job), "status", 409)
    ingestion = Ingestion(watch())
    row = ingestion.job("github.com/acme/stubborn")
    row.get_by_role("button", name="Cancel").click()
    ingestion.dialog("Cancel job").get_by_role("button", name="Cancel job").click()
    expect(row.locator("[data-run]")).to_contain_text("Not cancelled")
    expect(row.locator("[data-run]")).to_contain_text("HTTP 409: Fault injected")
    expect(ingestion.told).to_contain_text("Nothing was cancelled.")
    ingestion.expect_no_violations()


@pytest.mark.criterion("7.12.5")
def test_a_failed_job_is_indexed_again_and_then_all_of_them(demo: Demo, watch: Watch) -> None:
    jobs = [told(n, "failed", error="CUDA out of memory", id=None) for n in range(4)]
    for job in jobs:
        del job["job_id"]
    demo.set({"jobs": jobs})
    ingestion = Ingestion(watch())
    again = ingestion.job("github.com/acme/r01").get_by_role("button", name="Re-index github.com/acme/r01")
    again.press("Enter")
    expect(ingestion.told).to_contain_text("github.com/acme/r01: Queued")
    expect(again).to_be_focused()
    expect(ingestion.job("github.com/acme/r01").locator("[data-run]")).to_contain_text("Queued again")
    together = ingestion.region.get_by_role("button", name="Re-index failed (3)")
    together.press("Enter")
    dialog = ingestion.dialog("Re-index failed jobs")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    dialog.get_by_role("button", name="Re-index 3").press("Enter")
    expect(ingestion.region.locator("[data-action-state=done]")).to_contain_text(
        "3 failed jobs queued again."
    )
    called = demo.calls()
    assert [called[f"{INGEST}github.com/acme/r{n:02}"] for n in range(4)] == [1, 1, 1, 1]


@pytest.mark.thorough
@pytest.mark.criterion("7.12.6", "nfr.errors.4", "nfr.accessibility.1")
def test_what_the_backend_cannot_do_is_not_offered_and_says_why(page: Page, unable: DashboardServer) -> None:
    ingestion = Ingestion(OpsPage(page, unable.url).open_live())
    cancel = ingestion.rows.first.get_by_role("button", name="Cancel")
    expect(cancel).to_be_disabled()
    expect(cancel).to_have_attribute("aria-description", re.compile("no call to cancel|gives the job no id"))
    cancel.press("Enter")
    expect(ingestion.region).to_contain_text("This backend gives jobs no id")
    expect(ingestion.dialog("Cancel job")).to_be_hidden()
    ingestion.expect_no_violations()


@pytest.mark.thorough
@pytest.mark.criterion("7.12.1", "nfr.accessibility.1", "nfr.responsiveness.3")
def test_without_a_job_it_says_what_to_do(demo: Demo, watch: Watch) -> None:
    demo.play("empty")
    ingestion = Ingestion(watch())
    expect(ingestion.region).to_contain_text("Submit a repository to see it here.")
    ingestion.expect_no_violations()
    ingestion.ops.page.set_viewport_size({"width": 390, "height": 844})
    assert not ingestion.ops.scrolls_sideways()
