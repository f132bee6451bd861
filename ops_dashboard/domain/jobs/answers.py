"""What the backend's answers about jobs mean. Each takes any decoded body, and never raises."""

import re

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.jobs.job import ENDED, JobStatus, job_status
from ops_dashboard.domain.metrics.ingest_answer import CancelAnswer, IngestAnswer
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import quantity

LOOK = "Look whether the job history lists it; submit it again only if it does not."
_LOOK_CANCELLED = "The job history shows how the job stands now."
_FULL = re.compile(r"\b(\d{1,6})\s*(?:of|/)\s*(\d{1,6})\b")


def queued(body: object) -> Ending:
    """What the answer to submitting a repository means. HTTP 200 alone is no success."""
    answer = IngestAnswer.model_validate(body if isinstance(body, dict) else {})
    if _failed(answer.status, answer.word):
        return Ending("failed", _that_it_failed(answer.message), LOOK)
    limit = answer.max_queue_size or None
    taken = answer.queue_size if answer.queue_size is not None else answer.queue_position
    if taken is not None and limit:
        taken = min(taken, limit)
    said = "The backend took it, but did not say at which position of the queue."
    if answer.queue_position is not None and taken is not None:
        at = answer.queue_position
        said = f"Queued at position {_count(at)}" if at else "Queued, with nothing before it"
        said += f"; {_count(taken)} of {_count(limit)} places are taken." if limit else "."
    return Ending("done", said, queue_limit=limit, queue_size=taken, job_id=answer.job_id or "")


def cancelled(body: object) -> Ending:
    """What the answer to cancelling a job means."""
    answer = CancelAnswer.model_validate(body if isinstance(body, dict) else {})
    if _failed(answer.status, answer.word):
        return Ending("failed", _that_it_failed(answer.message), _LOOK_CANCELLED)
    status = job_status(answer.word)
    if status in ENDED and status is not JobStatus.CANCELLED:
        return Ending("failed", f"It had ended before: {status.value}.", _LOOK_CANCELLED)
    if status is JobStatus.CANCELLED:
        return Ending("done", "The backend has cancelled it.")
    return Ending("done", "The backend took the request to cancel it.")


def limit_in(detail: str) -> float | None:
    """The size of a full queue in the backend's words, such as "10 of 10" or "10/10"; None where they tell none."""
    found = _FULL.search(detail)
    return float(found[2]) if found and found[1] == found[2] and int(found[2]) else None


def _failed(status: Status | None, word: str | None) -> bool:
    return status is Status.DOWN or (word or "").lower() in ("failed", "rejected")


def _that_it_failed(message: str | None) -> str:
    return f"The backend answers that it failed{f': {message}' if message else '.'}"


def _count(value: float) -> str:
    return quantity(value, "count").text
