"""One ingestion job, however the backend tells of it."""

from dataclasses import dataclass
from enum import StrEnum


class JobStatus(StrEnum):
    """How a job stands. ``unknown`` is a word of the backend that says nothing to this dashboard."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        """The word shown beside the icon."""
        return self.value.capitalize()


ENDED = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.SKIPPED, JobStatus.CANCELLED})
"""The statuses from which a job goes nowhere."""

_WORDS = {
    "queued": JobStatus.PENDING,
    "waiting": JobStatus.PENDING,
    "dispatched": JobStatus.PENDING,
    "running": JobStatus.PROCESSING,
    "started": JobStatus.PROCESSING,
    "in_progress": JobStatus.PROCESSING,
    "complete": JobStatus.COMPLETED,
    "success": JobStatus.COMPLETED,
    "succeeded": JobStatus.COMPLETED,
    "done": JobStatus.COMPLETED,
    "error": JobStatus.FAILED,
    "canceled": JobStatus.CANCELLED,
    **{status.value: status for status in JobStatus},
}


def job_status(word: str | None) -> JobStatus:
    """Map a backend's word to a status, whatever its case.

    >>> job_status("Complete")
    <JobStatus.COMPLETED: 'completed'>
    """
    return _WORDS.get((word or "").strip().lower(), JobStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Moments are unix seconds and ``duration`` seconds, None where the backend does not tell them.

    ``key`` names the job in this dashboard, and stays the same from one reading to the next.
    """

    key: str
    id: str
    """The backend's own id, exactly as it has to be sent; empty where it gives none."""
    repo: str
    """Empty where the backend does not tell which it is."""
    status: JobStatus
    submitted_at: float | None = None
    started_at: float | None = None
    finished_at: float | None = None
    told_at: float | None = None
    """The moment of the newest news of it."""
    duration: float | None = None
    """How long it was worked on, of a job that has ended."""
    files: float | None = None
    embeddings: float | None = None
    error: str = ""
    worker: str = ""
    stuck: str = ""
    """Why it is held to be stuck, a sentence; empty while it is not."""

    @property
    def first_at(self) -> float | None:
        """The earliest moment known of it."""
        known = (self.submitted_at, self.started_at, self.finished_at, self.told_at)
        return next((moment for moment in known if moment is not None), None)

    @property
    def named(self) -> bool:
        """Whether it can be told from others: without id and repository its next news would not be recognised."""
        return bool(self.id or self.repo)

    @property
    def open(self) -> bool:
        """Whether it may still change by itself."""
        return self.status not in ENDED
