"""Ingestion jobs: they arrive, wait, are worked on by one edge worker, and end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ops_dashboard.demo.noise import Noise

MAX_QUEUE_SIZE = 10
WORKER = "edge-gpu-1"
_KEEP = 200

JobStatus = Literal["pending", "processing", "completed", "failed", "cancelled"]
_REPOSITORIES = (
    "github.com/acme/search-core",
    "github.com/acme/graph-tools",
    "gitlab.com/northwind/paper-parser",
    "github.com/contoso/annotations",
    "github.com/acme/quality-rules",
    "gitlab.com/fabrikam/citation-miner",
    "github.com/contoso/embedding-service",
    "github.com/northwind/reading-lists",
    "codeberg.org/tailspin/ontology",
    "github.com/acme/mcp-bridge",
)
_ERRORS = (
    "Clone failed: repository not found",
    "Parsing failed: unsupported encoding in docs/legacy.txt",
    "Embedding failed: CUDA out of memory",
    "Timed out after 3600 s",
)


@dataclass(slots=True)
class Job:
    """One ingestion. Times are unix seconds, None until they happen."""

    number: int
    repo_url: str
    submitted_at: float
    status: JobStatus = "pending"
    started_at: float | None = None
    finished_at: float | None = None
    error: str | None = None
    planned_seconds: float = 0.0

    @property
    def job_id(self) -> str:
        """The identifier callers use."""
        return f"job-{self.number:05d}"

    def progress(self, t: float) -> float:
        """How much of it is done at ``t``, 0 to below 1 while it is being processed."""
        if self.started_at is None or self.planned_seconds <= 0.0:
            return 0.0
        return min(0.99, (t - self.started_at) / self.planned_seconds)


class JobBoard:
    """The queue and its one worker, as a discrete-event simulation.

    :meth:`advance` replays what happened until a moment, event by event, so the outcome does not depend on
    how often anybody looks. ``stress(t)`` makes jobs slower and likelier to fail; ``speed`` quickens all.
    """

    def __init__(
        self,
        noise: Noise,
        begin: float,
        stress: Callable[[float], float],
        speed: float = 1.0,
        *,
        arrivals: bool = True,
    ) -> None:
        self._noise, self._stress, self._speed = noise, stress, speed
        self._jobs: list[Job] = []
        self._number = 0
        self._arrival = 0
        self._next_arrival = begin if arrivals else float("inf")
        self._running: Job | None = None
        self._free_at = begin
        self.offline_since: float | None = None

    def advance(self, now: float) -> None:
        """Let everything happen that was due until ``now`` (unix seconds)."""
        while True:
            start, end = self._next_start(), self._next_end()
            due = min(self._next_arrival, start, end)
            if due > now:
                return
            if due == end:
                self._finish(due)
            elif due == start:
                self._start(due)
            else:
                self._arrive(due)

    def newest_first(self, now: float) -> list[Job]:
        """All remembered jobs, the last submitted first."""
        self.advance(now)
        return self._jobs[::-1]

    def running(self, now: float) -> Job | None:
        """The job in the worker's hands."""
        self.advance(now)
        return self._running

    def queue_size(self, now: float) -> int:
        """Jobs waiting."""
        self.advance(now)
        return len(self._pending())

    def find(self, job_id: str, now: float) -> Job | None:
        """The job with that id, if it is still remembered."""
        return next((job for job in self.newest_first(now) if job.job_id == job_id), None)

    def submit(self, repo_url: str, now: float) -> Job | None:
        """Queue a repository; None when the queue is full."""
        self.advance(now)
        return self._add(repo_url, now)

    def cancel(self, job: Job, now: float) -> bool:
        """End a waiting or running job; False when it has already ended."""
        self.advance(now)
        if job.status not in ("pending", "processing"):
            return False
        self._end(job, now, "cancelled", None)
        return True

    def set_offline(self, offline: bool, now: float) -> None:
        """Take the worker away or bring it back. A job it had begun is then lost and counts as failed."""
        self.advance(now)
        if offline and self.offline_since is None:
            self.offline_since = now
        elif not offline and self.offline_since is not None:
            self.offline_since = None
            self._free_at = now
            if self._running is not None:
                self._end(self._running, now, "failed", "The worker restarted before the job was finished")

    def _pending(self) -> list[Job]:
        return [job for job in self._jobs if job.status == "pending"]

    def _next_start(self) -> float:
        if self._running is not None or self.offline_since is not None:
            return float("inf")
        first = next((job for job in self._jobs if job.status == "pending"), None)
        return float("inf") if first is None else max(self._free_at, first.submitted_at)

    def _next_end(self) -> float:
        job = self._running
        if job is None or job.started_at is None or self.offline_since is not None:
            return float("inf")
        return job.started_at + job.planned_seconds

    def _arrive(self, at: float) -> None:
        k = self._arrival
        for place in range(1 + int(self._noise.uniform("job/burst", k) * 2.4)):
            pick = self._noise.uniform("job/repository", 4 * k + place)
            self._add(_REPOSITORIES[int(pick * len(_REPOSITORIES))], at)
        self._arrival += 1
        self._next_arrival = at + self._noise.between("job/gap", k, 60.0, 150.0) / self._speed

    def _add(self, repo_url: str, at: float) -> Job | None:
        if len(self._pending()) >= MAX_QUEUE_SIZE:
            return None
        self._number += 1
        job = Job(self._number, repo_url, at)
        if len(self._jobs) >= _KEEP:
            self._jobs.remove(next(old for old in self._jobs if old.finished_at is not None))
        self._jobs.append(job)
        return job

    def _start(self, at: float) -> None:
        job = self._pending()[0]
        job.status, job.started_at = "processing", at
        job.planned_seconds = (
            self._noise.between("job/seconds", job.number, 22.0, 64.0)
            * (1.0 + self._stress(at))
            / self._speed
        )
        self._running = job

    def _finish(self, at: float) -> None:
        job = self._running
        if job is None:
            raise RuntimeError("No job is running that could finish")
        if self._noise.uniform("job/luck", job.number) < 0.08 + 0.25 * self._stress(at):
            error = _ERRORS[int(self._noise.uniform("job/error", job.number) * len(_ERRORS))]
            self._end(job, at, "failed", error)
        else:
            self._end(job, at, "completed", None)

    def _end(self, job: Job, at: float, status: JobStatus, error: str | None) -> None:
        job.status, job.finished_at, job.error = status, at, error
        if job is self._running:
            self._running = None
            self._free_at = at
