"""Which jobs are held to be stuck: those that take far longer than usual."""

from collections.abc import Iterable
from statistics import median

from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.units import duration

LIMIT_SECONDS = 1800.0
"""No job is expected to take longer, whatever is usual; the alert about stuck jobs begins there too."""
TIMES_USUAL = 3.0
SHORTEST_SECONDS = 60.0
"""Nothing is stuck after less: where jobs take seconds, three times as much says little."""
FEWEST_COMPLETED = 3
"""Of fewer jobs nobody can say what is usual."""


def usual_seconds(jobs: Iterable[Job]) -> float | None:
    """How long a job usually takes: the median of the completed ones; None where too few tell."""
    known = [job.duration for job in jobs if job.status is JobStatus.COMPLETED and job.duration is not None]
    return median(known) if len(known) >= FEWEST_COMPLETED else None


def running_seconds(job: Job, now: float) -> float | None:
    """For how long a job has been worked on at ``now`` (unix seconds); None where it is not, or cannot be told."""
    if job.status is not JobStatus.PROCESSING or job.started_at is None:
        return None
    return max(0.0, now - job.started_at)


def why_stuck(job: Job, usual: float | None, now: float) -> str:
    """Why ``job`` is held to be stuck, a sentence; empty while it is not.

    A job without id and repository never is: its end would be news of its own, and not be recognised.
    """
    running = running_seconds(job, now)
    if running is None or not job.named:
        return ""
    if usual is not None and running > max(TIMES_USUAL * usual, SHORTEST_SECONDS):
        return f"It takes far longer than usual: jobs usually take {duration(usual)}."
    if running > LIMIT_SECONDS:
        return f"It takes longer than the {duration(LIMIT_SECONDS)} that a job may be expected to take."
    return ""
