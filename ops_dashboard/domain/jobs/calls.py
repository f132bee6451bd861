"""Which call of the backend does what is wanted of a job, or why none can."""

import re
from dataclasses import dataclass

from ops_dashboard.domain.jobs.job import Job
from ops_dashboard.domain.jobs.kinds import CANCELLING, REINDEXING
from ops_dashboard.domain.jobs.repo_url import RepoUrl, repo_url
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.action import barred

_SENDABLE = re.compile(r"\w[\w.:@~-]*", re.ASCII)
"""Ids of jobs that stay one part of a path, whatever stands between here and the backend."""

_NO_ID = "This backend gives the job no id by which it could be cancelled."
_NO_ADDRESS = "The backend does not tell its repository, so that it cannot be submitted again."
_BAD_ADDRESS = "The backend tells its repository in a form that cannot be submitted again."


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the key of the feature, and what stands in the place of the parameter of its path."""

    feature: str
    argument: str


def cancel_call(job: Job, snapshot: Snapshot) -> Call | str:
    """The call that cancels ``job``, or the sentence that says why there is none now."""
    if why := barred(CANCELLING, snapshot):
        return why
    return Call("cancel_job", job.id) if _SENDABLE.fullmatch(job.id) else _NO_ID


def reindex_call(job: Job, snapshot: Snapshot) -> Call | str:
    """The call that indexes the repository of ``job`` again, or the sentence that says why there is none now.

    By the job's id where the backend can, else by submitting its repository.
    """
    if why := barred(REINDEXING, snapshot):
        return why
    offered = {offer.key: offer.offered or offer.worth_trying for offer in snapshot.offers}
    if offered.get("retry_job") and _SENDABLE.fullmatch(job.id):
        return Call("retry_job", job.id)
    if not offered.get("ingest"):
        return "This backend can only retry a job that has an id, and this one has none."
    if not job.repo:
        return _NO_ADDRESS
    address = repo_url(job.repo)
    return Call("ingest", address.sent) if isinstance(address, RepoUrl) else _BAD_ADDRESS
