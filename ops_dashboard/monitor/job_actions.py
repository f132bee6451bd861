"""What operators ask for about ingestion: to submit a repository, to index one again, to cancel a job."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from ops_dashboard.backend.actions import Refused
from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.features import FEATURES
from ops_dashboard.domain.actions import ActionKind, Ending, Run
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.jobs.actions import repositories_under_way
from ops_dashboard.domain.jobs.answers import limit_in
from ops_dashboard.domain.jobs.bulk import Tally
from ops_dashboard.domain.jobs.calls import Call, cancel_call, reindex_call
from ops_dashboard.domain.jobs.job import Job
from ops_dashboard.domain.jobs.kinds import CANCELLING, INGESTING, REINDEXING, REINDEXING_FAILED
from ops_dashboard.domain.jobs.repo_url import RepoUrl, repo_url
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.action import barred
from ops_dashboard.domain.views.job_history import SUBMISSIONS_SHOWN, known_jobs
from ops_dashboard.domain.views.job_rows import reindexable, why_barred
from ops_dashboard.monitor.actions import Actions, Asked, Order, ending_of
from ops_dashboard.monitor.collector import Collector

MOMENT_SECONDS = 10.0
"""Who submits a repository so soon after somebody else did has not seen it."""

_GONE = "The job history does not list this job any more."
_NOT_OFFERED = "This backend does not offer the call any more."
_NONE_LEFT = "No failed job can be queued again."
_PARAMETER = re.compile(r"\{[^{}]*\}")
_FEATURES = {feature.key: feature for feature in FEATURES}


class JobActions(Actions):
    """The actions of this deployment, those about jobs among them. What each can be, the job history decides."""

    def __init__(
        self, client: BackendClient, collector: Collector, audit: Callable[[AuditEntry], None]
    ) -> None:
        super().__init__(client, collector, audit)
        self._submissions: list[Run] = []

    def submissions(self) -> tuple[Run, ...]:
        """The last repositories submitted here, newest last."""
        return tuple(self._submissions)

    async def ingest(self, repo: str, by: str) -> Asked:
        """Submit the repository with this address, as somebody wrote it; returns when the outcome is known."""
        address = repo_url(repo)
        known = self._collector.snapshot()
        if not isinstance(address, RepoUrl):
            return Asked(False, address.sentence)
        order = self._order(INGESTING, address.sent, by, Call("ingest", address.sent))
        before = self._runs.get(order.key)
        if before and before.state == "done" and known.at - before.ended_at < MOMENT_SECONDS:
            return self._not_sent(order, INGESTING.meanwhile)
        return await self._do(order, None, barred(INGESTING, known))

    async def reindex(self, job_key: str, by: str) -> Asked:
        """Index the repository of a failed or cancelled job again; returns when the outcome is known."""
        return await self._about_a_job(REINDEXING, job_key, by)

    async def cancel(self, job_key: str, by: str, after: int | None = None) -> Asked:
        """Cancel a job that has not ended; returns when the outcome is known.

        ``after`` is the number of the last run the asker knew of: where there is a newer one nothing is sent.
        """
        return await self._about_a_job(CANCELLING, job_key, by, after)

    async def reindex_failed(self, by: str, keys: Sequence[str] | None = None) -> Asked:
        """Index the repositories of the failed jobs again, one after the other, of those with these ``keys``.

        It stops where the next would fare no better. Returns when all is known.
        """
        known = self._collector.snapshot()
        wanted = [
            job for job in reindexable(known, known_jobs(known) or ()) if keys is None or job.key in keys
        ]
        do = partial(self._each, wanted, by)
        order = Order(REINDEXING_FAILED, "", clean(by, NAME_LENGTH), do, "jobs")
        why = barred(REINDEXING_FAILED, known) or ("" if wanted else _NONE_LEFT)
        return await self._do(order, None, why)

    async def _about_a_job(self, kind: ActionKind, job_key: str, by: str, after: int | None = None) -> Asked:
        known = self._collector.snapshot()
        jobs = known_jobs(known) or ()
        job = next((job for job in jobs if job.key == job_key), None)
        if job is None:
            return self._not_sent(self._order(kind, clean(job_key, NAME_LENGTH), by, _GONE), _GONE)
        action = "cancel" if kind is CANCELLING else "reindex"
        why = why_barred(action, job, known, repositories_under_way(jobs))
        return await self._do(self._job_order(kind, job, by), after, why)

    def _job_order(self, kind: ActionKind, job: Job, by: str) -> Order:
        call = (cancel_call if kind is CANCELLING else reindex_call)(job, self._collector.snapshot())
        return self._order(kind, job.key, by, call, name=f"{job.id} {job.repo}".strip())

    def _order(self, kind: ActionKind, target: str, by: str, call: Call | str, name: str = "") -> Order:
        return Order(kind, target, clean(by, NAME_LENGTH), partial(self._call, kind, call), "jobs", name)

    async def _call(self, kind: ActionKind, call: Call | str) -> Ending:
        if isinstance(call, str):  # of several jobs one that could be queued before, but cannot any more
            return Ending("failed", call)
        template = _FEATURES[call.feature].path(self._collector.capabilities)
        if template is None:
            return Ending("failed", _NOT_OFFERED)
        argument = quote(call.argument, safe="/" if call.feature == "ingest" else "")
        outcome = await self._send(kind, _PARAMETER.sub(lambda _: argument, template))
        ending = ending_of(kind, outcome)
        if isinstance(outcome, Refused) and outcome.why == "rate_limited":
            limit = limit_in(outcome.detail)
            return replace(ending, queue_limit=limit, queue_size=limit)
        return ending

    async def _each(self, wanted: Sequence[Job], by: str) -> Ending:
        tally = Tally(len(wanted))
        for job in wanted:
            order = self._job_order(REINDEXING, job, by)
            before = self._runs.get(order.key)
            if before and before.state == "running":
                tally.add(Ending("failed", REINDEXING.already))
            elif not tally.add(await self._run(order, self._begun(order))):
                break
        return tally.ending()

    def _show(self, run: Run) -> None:
        if run.action == INGESTING.key:
            others = (
                one for one in self._submissions if (one.target, one.number) != (run.target, run.number)
            )
            self._submissions = sorted([*others, run], key=lambda one: one.began_at)[-SUBMISSIONS_SHOWN:]
        super()._show(run)
