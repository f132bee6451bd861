"""Submitting a repository from a tab: judged on leaving the field, warned of once, sent once."""

from typing import Any

import pytest

from ops_dashboard.monitor.actions import Asked
from ops_dashboard.state import ingest_form
from ops_dashboard.state.ingest_form import IngestFormState
from tests.unit.state.jobs import JOBS, JobsMonitor
from tests.unit.state.tabs import Tabs, tab

HOSTILE: list[Any] = [None, True, 7, [], {}, {"repository": None}, {"repository": ["x"]}, "x"]
NEW, WAITING = "https://github.com/acme/new.git", "github.com/acme/waiting"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> JobsMonitor:
    fake = JobsMonitor()
    fake.publish({"jobs": JOBS})
    monkeypatch.setattr(ingest_form, "monitor", lambda: fake)
    return fake


async def submit(call: Any, text: str) -> None:
    await (await call(IngestFormState.submit({"repository": text})))


def last(tabs: Tabs, var: str) -> Any:
    return tabs.values(IngestFormState, var)[-1]


async def test_what_will_be_sent_is_said_as_the_field_is_left(jobs: JobsMonitor):
    async with tab() as (tabs, call):
        await (await call(IngestFormState.check("git@github.com:acme/new.git")))
    assert (last(tabs, "sends"), last(tabs, "problem")) == ("github.com/acme/new", "")
    assert jobs.asked == []


async def test_what_cannot_be_sent_says_why_and_an_empty_field_says_nothing(jobs: JobsMonitor):
    async with tab() as (tabs, call):
        await (await call(IngestFormState.check("file:///etc/passwd")))
        assert last(tabs, "problem") and last(tabs, "sends") == ""
        await (await call(IngestFormState.check("  ")))
        assert last(tabs, "problem") == ""
        await submit(call, " ")
        assert last(tabs, "problem")
    assert jobs.asked == []


async def test_it_is_sent_in_its_one_form_and_the_answer_is_told(jobs: JobsMonitor):
    async with tab() as (tabs, call):
        await submit(call, NEW)
    assert jobs.asked == [("ingest", "github.com/acme/new", "an operator")]
    assert (last(tabs, "state"), last(tabs, "told")) == ("done", "Queued at place 1 of 1.")
    assert (last(tabs, "sends"), last(tabs, "is_sending")) == ("", False)


@pytest.mark.parametrize("state", ["failed", "unknown"])
async def test_what_was_not_done_says_what_to_do_and_keeps_the_address(jobs: JobsMonitor, state: Any):
    jobs.ends(state, "The queue takes no more.", "Try again later.")
    async with tab() as (tabs, call):
        await submit(call, NEW)
    assert (last(tabs, "state"), last(tabs, "told")) == (state, "The queue takes no more. Try again later.")
    assert last(tabs, "sends") == "github.com/acme/new"


async def test_what_was_never_sent_says_why(jobs: JobsMonitor):
    jobs.answer = Asked(False, "Not possible while the backend is out of reach.")
    async with tab() as (tabs, call):
        await submit(call, NEW)
    assert last(tabs, "told") == "Not possible while the backend is out of reach."
    assert last(tabs, "state") == "failed"


async def test_a_repository_in_the_queue_is_sent_when_it_is_submitted_in_spite_of_the_warning(
    jobs: JobsMonitor,
):
    async with tab() as (tabs, call):
        await submit(call, WAITING)
        assert "waiting in the queue already" in last(tabs, "already")
        assert jobs.asked == []
        await submit(call, WAITING)
    assert jobs.asked == [("ingest", WAITING, "an operator")]


async def test_a_warning_about_one_repository_is_none_about_another(jobs: JobsMonitor):
    async with tab() as (tabs, call):
        await (await call(IngestFormState.check(WAITING)))
        await submit(call, "github.com/acme/running")
    assert "being worked on already" in last(tabs, "already")
    assert jobs.asked == []


async def test_a_second_press_while_the_first_is_under_way_sends_nothing(jobs: JobsMonitor):
    jobs.may_answer.clear()
    async with tab() as (tabs, call):
        running = await call(IngestFormState.submit({"repository": NEW}))
        await tabs.until(IngestFormState, "is_sending")
        await submit(call, NEW)
        jobs.may_answer.set()
        await running
    assert len(jobs.asked) == 1


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:20])
async def test_what_is_no_text_sends_nothing(jobs: JobsMonitor, bad: Any):
    async with tab() as (_, call):
        await (await call(IngestFormState.submit(bad)))
        await (await call(IngestFormState.check(bad)))
    assert jobs.asked == []
