"""One run that generates sparse embeddings, and all that is known of the runs."""

from dataclasses import dataclass

from ops_dashboard.domain.actions import Ending, RunState
from ops_dashboard.domain.embeddings.progress import Progress

KEPT_RUNS = 50
"""How many of the newest runs are shown."""


@dataclass(frozen=True, slots=True)
class EmbeddingRun:
    """One run. Moments are unix seconds, 0 for not yet; amounts are resources, None where not reported."""

    number: int
    """Its name: the milliseconds of the moment it was started at, so that names outlast any memory."""
    by: str
    began_at: float
    batch_size: int | None = None
    """As it was asked for; None where the backend chooses."""
    job_id: str = ""
    """By which the backend finds it again; empty where it cannot."""
    ended_at: float = 0.0
    ending: Ending = Ending("running", "")
    processed: float | None = None
    total: float | None = None
    estimate: float | None = None
    """How long the backend said that it takes, seconds."""

    @property
    def state(self) -> RunState:
        """How it stands."""
        return self.ending.state

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it goes on, and where nobody knows when it ended."""
        return max(0.0, self.ended_at - self.began_at) if self.state in ("done", "failed") else None


@dataclass(frozen=True, slots=True)
class Unread:
    """Since when (unix seconds) the progress of a run cannot be read, and why: a sentence."""

    since: float
    why: str


@dataclass(frozen=True, slots=True)
class Generation:
    """What is known of the runs, the newest first."""

    runs: tuple[EmbeddingRun, ...] = ()
    progress: Progress = Progress()
    """Of the run under way."""
    unread: Unread | None = None
    changed_at: float = 0.0
    """When ``runs`` last changed, unix seconds; 0 while it is not known yet what was kept of earlier ones."""
    unkept: str = ""
    """Why runs are not kept in the database just now, a sentence; empty while they are."""

    @property
    def running(self) -> EmbeddingRun | None:
        """The run under way."""
        return next((run for run in self.runs if run.state == "running"), None)

    @property
    def last(self) -> EmbeddingRun | None:
        """The newest run that has ended."""
        return next((run for run in self.runs if run.state != "running"), None)
