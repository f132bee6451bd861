"""The ingestion jobs as the page shows them: the queue, its capacity, each job, and the last submissions."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.views.action import ActionView
from ops_dashboard.domain.views.breakdown import Breakdown
from ops_dashboard.domain.views.figure import Display
from ops_dashboard.domain.views.table import TableView

JOBS_KEY, JOBS_TITLE = "jobs", "Job history"


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job. Moments are unix seconds and ``duration`` seconds; 0 stands for what is not known."""

    key: str
    repo: str
    """ "(not told)" where the backend does not say which repository it is."""
    status: str
    """A :class:`~ops_dashboard.domain.jobs.job.JobStatus` value."""
    word: str
    id: str = ""
    submitted_at: float = 0.0
    started_at: float = 0.0
    finished_at: float = 0.0
    told_at: float = 0.0
    """The moment of the newest news of it."""
    running: bool = False
    """It is worked on since ``started_at``: its duration counts up."""
    duration: float = 0.0
    duration_text: str = ""
    """How long it was worked on, of a job that has ended; empty where that is not known."""
    files: str = ""
    embeddings: str = ""
    error: str = ""
    worker: str = ""
    stuck: str = ""
    """Why it is held to be stuck; empty while it is not."""
    reindex: str = ""
    """Why it cannot be indexed again now; empty while it can."""
    cancel: str = ""
    """Why it cannot be cancelled now; empty while it can."""
    run: ActionView = ActionView()
    """The newest action on this job and what came of it, such as "cancelling…"."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How full the queue is; ``text`` is empty while the backend has not told its size."""

    text: str = ""
    """Such as "7 of 10"."""
    sentence: str = ""
    at: float = 0.0
    """When the backend told it, unix seconds."""
    near_full: bool = False


SubmissionState = Literal["running", "done", "failed", "unknown", "ended"]
"""How the submission stands, then its job. ``ended`` is a job that was skipped or cancelled."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One repository that was submitted here. ``at`` is when, in unix seconds."""

    key: str
    repo: str
    at: float
    by: str
    state: SubmissionState
    word: str
    sentence: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class JobsView:
    """The queue and the history of its jobs, newest first. Without a history ``note`` says why."""

    rows: tuple[JobRow, ...] = ()
    display: Display = "waiting"
    note: str = ""
    empty: str = ""
    """What to say where the history is there, but holds no job."""
    folded: str = ""
    """How the jobs were made of a history that gives them no ids; empty where it does."""
    queue: Breakdown = Breakdown("Jobs by status")
    capacity: Capacity = Capacity()
    table: TableView = TableView(JOBS_KEY, JOBS_TITLE)
    submissions: tuple[Submission, ...] = ()
    """The last five, newest first."""
    ingest: ActionView = ActionView()
    """Whether a repository can be submitted now."""
    reindex_failed: ActionView = ActionView()
    """Whether the failed jobs can be indexed again all together, and what came of it."""
    reindexable: tuple[str, ...] = ()
    """The keys of the failed jobs that could be, one of each repository."""
