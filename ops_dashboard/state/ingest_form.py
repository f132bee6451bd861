"""The form that submits a repository. The browser holds what is typed; it is judged here."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.jobs.job import JobStatus
from ops_dashboard.domain.jobs.kinds import INGESTING
from ops_dashboard.domain.jobs.repo_url import Refused, repo_url
from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.session import who

FIELD = "ingest-repository"
"""The id of the field."""


class IngestFormState(rx.State):
    """What this tab is told of the address in its form."""

    problem: str = ""
    """Why it cannot be sent; empty while it can."""
    sends: str = ""
    """What will be sent for it: host/owner/repo."""
    already: str = ""
    """That its repository is in the queue; empty where it is not."""
    is_sending: bool = False
    told: str = ""
    """What came of the last submission of this tab."""
    state: str = ""
    """How that ended: "done", "failed", "unknown", or empty."""
    _warned: str = ""
    """The repository of which this tab was told that it is in the queue."""

    @rx.event
    @allowed("operator")
    def check(self, text: str) -> None:
        """Judge what is typed, as the field is left. An empty field is no mistake."""
        if isinstance(text, str):
            self._judge(text)
            if not text.strip():
                self.problem = ""

    @rx.event(background=True)
    @allowed("operator")
    async def submit(self, form: dict[str, Any]) -> rx.event.EventSpec | None:
        """Submit the repository once. One that is in the queue is said to be before it is sent again."""
        text = form.get("repository", "") if isinstance(form, Mapping) else ""
        async with self:
            if self.is_sending or not isinstance(text, str):
                return None
            warned = self._warned
            self.told = self.state = ""
            self._judge(text)
            if self.problem:
                return rx.set_focus(FIELD)
            if self.already and warned != self.sends:
                return None
            self.is_sending, repo = True, self.sends
        try:
            answer = await monitor().actions.ingest(repo, who(self))
        finally:
            async with self:
                self.is_sending = False
        ending = Ending("failed", answer.sentence) if answer.sentence else _ending(repo)
        async with self:
            self.state, self.told = ending.state, f"{ending.sentence} {ending.advice}".strip()
            if ending.state != "done":
                return None
            self.sends = self.already = self._warned = ""
        return rx.set_value(FIELD, "")

    def _judge(self, text: str) -> None:
        judged = repo_url(text)
        self.problem = judged.sentence if isinstance(judged, Refused) else ""
        self.sends = "" if isinstance(judged, Refused) else judged.sent
        self.already = self._warned = ""
        if self.sends and (job := _under_way(self.sends)):
            self._warned = self.sends
            stands = "is waiting in the queue" if job.status == JobStatus.PENDING else "is being worked on"
            self.already = f"{job.repo} {stands} already. Submit once more to queue it a second time."


def _ending(repo: str) -> Ending:
    runs = [run for run in monitor().actions.runs() if (run.action, run.target) == (INGESTING.key, repo)]
    return runs[-1].ending if runs else Ending("unknown", "")


def _under_way(repo: str) -> JobRow | None:
    """The job of this repository that waits or is worked on, if there is one."""
    rows = monitor().hub.news.page.ingestion.jobs.rows
    open_ones = (JobStatus.PENDING, JobStatus.PROCESSING)
    return next(
        (row for row in rows if row.status in open_ones and row.repo.casefold() == repo.casefold()), None
    )
