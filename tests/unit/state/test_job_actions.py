"""What a tab asks about jobs: only about those there are, and as confirmed in the open dialog."""

from typing import Any

import pytest

from ops_dashboard.domain.snapshot import Offer
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.state import job_actions
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.job_actions import CANCEL_JOB, REINDEX_FAILED, JobActionsState
from tests.snapshots import NOW, snapshot
from tests.unit.state.jobs import FAILED, JOBS, RUNNING, JobsMonitor
from tests.unit.state.tabs import Tabs, tab

INGEST = Offer("ingest", "Ingest a repository", True, "This backend can ingest a repository.")
HOSTILE: list[Any] = [None, True, 7, "", "x" * 100_000, [], {}]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> JobsMonitor:
    fake = JobsMonitor()
    fake.publish({"jobs": JOBS})
    monkeypatch.setattr(job_actions, "monitor", lambda: fake)
    return fake


def last(tabs: Tabs, var: str) -> Any:
    return tabs.values(JobActionsState, var)[-1]


async def test_indexing_again_is_asked_for_and_its_end_is_told_with_the_repository(jobs: JobsMonitor):
    key = jobs.key_of(FAILED)
    async with tab() as (tabs, call):
        await (await call(JobActionsState.reindex(key)))
    assert jobs.asked == [("reindex", key, "an operator")]
    assert last(tabs, "told") == "github.com/acme/failed: Queued at place 1 of 1."


async def test_why_nothing_was_sent_is_told(jobs: JobsMonitor):
    jobs.answer = Asked(False, "It was being queued again already.")
    async with tab() as (tabs, call):
        await (await call(JobActionsState.reindex(jobs.key_of(FAILED))))
    assert last(tabs, "told") == "github.com/acme/failed: It was being queued again already."


async def test_a_cancellation_names_the_job_and_is_sent_once_when_it_is_confirmed(jobs: JobsMonitor):
    key = jobs.key_of(RUNNING)
    jobs.ends("failed", "The backend does not cancel it.", "Nothing was cancelled.")
    async with tab() as (tabs, call):
        await (await call(JobActionsState.ask_cancel(key)))
        assert last(tabs, "asked").repo == "github.com/acme/running"
        assert tabs.values(DialogsState, "open_dialog")[-1] == CANCEL_JOB
        await (await call(JobActionsState.cancel))
        await (await call(JobActionsState.cancel))
    assert jobs.asked == [("cancel_job", key, "an operator")]
    assert last(tabs, "told").endswith("The backend does not cancel it. Nothing was cancelled.")
    assert tabs.values(DialogsState, "open_dialog")[-1] == ""


async def test_without_the_open_dialog_nothing_is_cancelled_or_indexed_again(jobs: JobsMonitor):
    async with tab() as (_, call):
        await (await call(JobActionsState.cancel))
        await (await call(JobActionsState.reindex_failed))
        await (await call(JobActionsState.ask_cancel(jobs.key_of(RUNNING))))
        await (await call(JobActionsState.reindex_failed))
        await (await call(DialogsState.close(False)))
        await (await call(JobActionsState.cancel))
    assert jobs.asked == []


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:12])
async def test_about_a_job_that_there_is_not_nothing_is_done(jobs: JobsMonitor, bad: Any):
    async with tab() as (tabs, call):
        await (await call(JobActionsState.reindex(bad)))
        await (await call(JobActionsState.ask_cancel(bad)))
        await (await call(JobActionsState.cancel))
        await (await call(JobActionsState.dismiss(bad)))
    assert jobs.asked == []
    assert CANCEL_JOB not in tabs.values(DialogsState, "open_dialog")


async def test_the_failed_jobs_that_the_dialog_named_are_indexed_again_together(jobs: JobsMonitor):
    jobs.hub.publish(snapshot({"jobs": JOBS}, at=NOW + 2, offers=(INGEST,)), quiet=False)
    async with tab() as (tabs, call):
        await (await call(JobActionsState.ask_reindex_failed))
        assert [row.id for row in last(tabs, "failed")] == [FAILED]
        await (await call(JobActionsState.reindex_failed))
        await (await call(JobActionsState.reindex_failed))
    assert jobs.asked == [("reindex_failed", jobs.key_of(FAILED), "an operator")]


async def test_with_no_failed_job_there_is_nothing_to_confirm(jobs: JobsMonitor):
    jobs.publish({"jobs": []})
    async with tab() as (tabs, call):
        await (await call(JobActionsState.ask_reindex_failed))
        await (await call(JobActionsState.reindex_failed))
    assert REINDEX_FAILED not in tabs.values(DialogsState, "open_dialog")
    assert jobs.asked == []
