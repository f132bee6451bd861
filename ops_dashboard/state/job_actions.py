"""What an operator can do about jobs. Every argument comes from a browser, and is checked here."""

from collections.abc import Awaitable

import reflex as rx

from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.session import who

CANCEL_JOB, REINDEX_FAILED = "cancel-job", "reindex-failed"
"""The dialogs. No address opens them: it could not say about which jobs."""
_NO_JOB = JobRow("", "", "", "")


class JobActionsState(rx.State):
    """What this tab asks for and is told. How each job stands all tabs are shown."""

    asked: rx.Field[JobRow] = rx.field(default_factory=lambda: _NO_JOB)
    """The job whose cancellation is to be confirmed, as it was when the dialog opened."""
    failed: rx.Field[tuple[JobRow, ...]] = rx.field(default_factory=tuple)
    """The jobs to be indexed again all together, likewise."""
    told: str = ""
    """What came of the last wish of this tab."""
    dismissed: int = 0
    """The number of the last run on all failed jobs whose result was put away in this tab."""

    @rx.event(background=True)
    @allowed("operator")
    async def reindex(self, key: str) -> None:
        """Send the repository of a failed or cancelled job once more."""
        row = _job(key)
        if row is not None:
            await self._do(monitor().actions.reindex(row.key, who(self)), row.key, row.repo)

    @rx.event
    @allowed("operator")
    async def ask_cancel(self, key: str) -> None:
        """Ask whether a job shall be cancelled; about one that nobody knows there is nothing to ask."""
        row = _job(key)
        if row is not None:
            self.asked, self.told = row, ""
            (await self.get_state(DialogsState))._open(CANCEL_JOB)

    @rx.event(background=True)
    @allowed("operator")
    async def cancel(self) -> None:
        """Cancel the job that the open dialog names. The first confirmation closes it; a second finds it closed."""
        async with self:
            if not await self._confirmed(CANCEL_JOB):
                return
            key, repo, known = self.asked.key, self.asked.repo, self.asked.run.number
        await self._do(monitor().actions.cancel(key, who(self), known), key, repo)

    @rx.event
    @allowed("operator")
    async def ask_reindex_failed(self) -> None:
        """Ask whether all failed jobs shall be indexed again, if there are any."""
        jobs = monitor().hub.news.page.ingestion.jobs
        self.failed = tuple(row for row in jobs.rows if row.key in jobs.reindexable)
        if self.failed:
            self.told = ""
            (await self.get_state(DialogsState))._open(REINDEX_FAILED)

    @rx.event(background=True)
    @allowed("operator")
    async def reindex_failed(self) -> None:
        """Index the jobs again that the open dialog names, one after the other; its result all tabs are shown."""
        async with self:
            if not await self._confirmed(REINDEX_FAILED):
                return
            keys = [row.key for row in self.failed]
            self.told = ""
        answer = await monitor().actions.reindex_failed(who(self), keys)
        async with self:
            self.told = answer.sentence

    @rx.event
    @allowed("viewer")
    def dismiss(self, number: int) -> None:
        """Put away what is told of the run of this number on all failed jobs, in this tab alone."""
        if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
            self.dismissed = number

    async def _confirmed(self, dialog: str) -> bool:
        dialogs = await self.get_state(DialogsState)
        is_open = dialogs.open_dialog == dialog
        if is_open:
            dialogs._open("")
        return is_open

    async def _do(self, action: Awaitable[Asked], key: str, repo: str) -> None:
        async with self:
            self.told = ""
        answer = await action
        async with self:
            self.told = f"{repo}: {answer.sentence or _last_words(key)}"


def _last_words(target: str) -> str:
    """How the newest run on ``target`` ended: what happened, and what to do about it."""
    runs = [run for run in monitor().actions.runs() if run.target == target]
    return f"{runs[-1].ending.sentence} {runs[-1].ending.advice}".strip() if runs else ""


def _job(key: object) -> JobRow | None:
    """The job of this key, if there is one."""
    rows = monitor().hub.news.page.ingestion.jobs.rows
    return next((row for row in rows if row.key == key), None)
