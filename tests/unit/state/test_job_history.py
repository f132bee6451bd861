"""The job history of a tab: one page of it, as this tab looks for it, also while the display is paused."""

from typing import Any

import pytest

from ops_dashboard.domain.actions import Ending, Run
from ops_dashboard.state.job_history import JobHistoryState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import IngestionState
from tests.bodies import demo_bodies
from tests.snapshots import NOW, snapshot
from tests.unit.state.jobs import JOBS, RUNNING
from tests.unit.state.tabs import FakeMonitor, Tabs, tab

MANY = [
    {
        "job_id": f"job-{n:02}",
        "repo_url": f"github.com/acme/r{n}",
        "status": "completed",
        "submitted_at": NOW - n,
    }
    for n in range(45)
]
HOSTILE: list[Any] = [None, True, 7, "", "x" * 100_000, [], {}]


def bodies(jobs: object) -> dict[str, Any]:
    return {**demo_bodies(), "jobs": jobs}


def shown(tabs: Tabs) -> list[str]:
    return [row.id for row in tabs.values(JobHistoryState, "page")[-1].rows]


async def follow(call: Any, tabs: Tabs) -> Any:
    following = await call(LiveState.follow)
    await tabs.until(JobHistoryState, "page", lambda page: page.rows)
    return following


async def test_a_tab_is_sent_one_page_and_never_all_jobs(watched: FakeMonitor):
    watched.publish(bodies(MANY))
    async with tab() as (tabs, call):
        following = await follow(call, tabs)
        assert (len(shown(tabs)), tabs.values(JobHistoryState, "known")[-1]) == (20, 45)
        assert not any(view.jobs.rows for view in tabs.values(IngestionState, "view") if view)
        await (await call(JobHistoryState.turn(1)))
        await (await call(JobHistoryState.turn(1)))
        assert shown(tabs) == [f"job-{n}" for n in range(40, 45)]
        await (await call(JobHistoryState.turn(1)))
        assert shown(tabs)[0] == "job-40"
        following.cancel()


async def test_what_is_looked_for_stays_when_there_is_news(watched: FakeMonitor):
    watched.publish(bodies(JOBS))
    async with tab() as (tabs, call):
        following = await follow(call, tabs)
        await (await call(JobHistoryState.toggle_status("failed")))
        assert shown(tabs) == ["job-1"]
        watched.publish(bodies([{**JOBS[0], "job_id": "job-9", "status": "failed"}, *JOBS]))
        await tabs.until(JobHistoryState, "page", lambda page: page.found == 2)
        assert shown(tabs) == ["job-9", "job-1"]
        await (await call(JobHistoryState.toggle_status("failed")))
        assert len(shown(tabs)) == 5
        following.cancel()


async def test_it_is_searched_sorted_and_cleared(watched: FakeMonitor):
    watched.publish(bodies(JOBS))
    async with tab() as (tabs, call):
        following = await follow(call, tabs)
        await (await call(JobHistoryState.sort_by("repo")))
        assert shown(tabs) == ["job-4", "job-1", "job-2", "job-3"]
        await (await call(JobHistoryState.search("cuda")))
        assert shown(tabs) == ["job-1"]
        await (await call(JobHistoryState.clear))
        assert len(shown(tabs)) == 4
        following.cancel()


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:12])
async def test_what_is_no_choice_is_refused(watched: FakeMonitor, bad: Any):
    watched.publish(bodies(JOBS))
    async with tab() as (tabs, call):
        following = await follow(call, tabs)
        for handler in (JobHistoryState.choose_status, JobHistoryState.sort_by, JobHistoryState.turn):
            await (await call(handler(bad)))
        following.cancel()
    assert shown(tabs) == ["job-3", "job-2", "job-1", "job-4"]


async def test_a_paused_display_tells_what_is_done_about_a_job_and_holds_the_rest(watched: FakeMonitor):
    watched.publish(bodies(JOBS))
    async with tab() as (tabs, call):
        following = await follow(call, tabs)
        key = next(row.key for row in tabs.values(JobHistoryState, "page")[-1].rows if row.id == RUNNING)
        await (await call(LiveState.set_auto_refresh(False)))
        watched.at += 1
        runs = (Run("cancel_job", key, 1, "ana", watched.at, 0.0, Ending("running", "")),)
        watched.hub.publish(snapshot(bodies(JOBS[1:]), at=watched.at, runs=runs), quiet=False)
        page = await tabs.until(
            JobHistoryState, "page", lambda page: any(row.run.state == "running" for row in page.rows)
        )
        following.cancel()
    assert len(page.rows) == 4
