"""What can be done about a job, by its state: one table."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from ops_dashboard.domain.jobs.job import Job, JobStatus

JobAction = Literal["reindex", "cancel"]

_RUNS = "It is being worked on."
_AGAIN = "Its repository is waiting or being worked on again already."

WHY_NOT: Mapping[JobAction, Mapping[JobStatus, str]] = {
    "reindex": {
        JobStatus.PENDING: "It is waiting already.",
        JobStatus.PROCESSING: _RUNS,
        JobStatus.COMPLETED: "It is indexed.",
        JobStatus.FAILED: "",
        JobStatus.SKIPPED: "The backend skipped it on purpose; submit the repository to index it again.",
        JobStatus.CANCELLED: "",
        JobStatus.UNKNOWN: "Nobody knows whether it has ended.",
    },
    "cancel": {
        JobStatus.PENDING: "",
        JobStatus.PROCESSING: "",  # also when it is stuck
        JobStatus.COMPLETED: "It has ended.",
        JobStatus.FAILED: "It has ended.",
        JobStatus.SKIPPED: "It has ended.",
        JobStatus.CANCELLED: "It is cancelled.",
        JobStatus.UNKNOWN: "Nobody knows whether there is anything left to cancel.",
    },
}
"""Why an action is not for a job of this status, a sentence; empty where it is."""


def why_not(action: JobAction, job: Job, under_way: Collection[str] = ()) -> str:
    """Why ``action`` is not for ``job`` as it stands; empty where it is.

    ``under_way`` are the repositories of :func:`repositories_under_way`: none of them is queued twice.
    """
    return WHY_NOT[action][job.status] or (_AGAIN if action == "reindex" and job.repo in under_way else "")


def repositories_under_way(jobs: Iterable[Job]) -> frozenset[str]:
    """The repositories that are waiting or being worked on."""
    return frozenset(
        job.repo for job in jobs if job.repo and job.open and job.status is not JobStatus.UNKNOWN
    )
