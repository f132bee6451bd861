"""The actions about jobs, and what each says of itself."""

from ops_dashboard.domain.actions import ActionKind, Refusal
from ops_dashboard.domain.jobs.answers import LOOK, cancelled, queued
from ops_dashboard.domain.rate_limit import RateLimit

_QUEUE_ANSWERS: dict[Refusal, tuple[str, str]] = {
    "bad_request": ("The backend does not accept this address", "Correct the address."),
    "rate_limited": ("The backend's queue takes no more for now", "Try again when a job has ended."),
    "edge_offline": (
        "The edge worker is offline, and without it the backend queues nothing",
        "Try again when its heartbeat is back.",
    ),
}

INGESTING = ActionKind(
    key="ingest",
    words={
        "running": "Submitting…",
        "done": "Queued",
        "failed": "Not queued",
        "unknown": "Not known whether it is queued",
    },
    undone="Nothing was queued.",
    if_unknown=LOOK,
    already="Nothing was sent a second time: it was being submitted already.",
    meanwhile="Nothing was sent: it was submitted a moment before.",
    meaning=queued,
    told=_QUEUE_ANSWERS,
)
REINDEXING = ActionKind(
    key="reindex",
    words={
        "running": "Queuing again…",
        "done": "Queued again",
        "failed": "Not queued again",
        "unknown": "Not known whether it is queued again",
    },
    undone="Nothing was queued.",
    if_unknown=LOOK,
    already="Nothing was sent a second time: it was being queued again already.",
    meanwhile="Nothing was sent: it was queued again already.",
    meaning=queued,
    needs=("retry_job", "ingest"),
    told={
        **_QUEUE_ANSWERS,
        "not_offered": ("The backend does not know this job any more", "Submit its repository instead."),
    },
)
CANCELLING = ActionKind(
    key="cancel_job",
    words={
        "running": "Cancelling…",
        "done": "Cancelled",
        "failed": "Not cancelled",
        "unknown": "Not known whether it is cancelled",
    },
    undone="Nothing was cancelled.",
    if_unknown="Look how the job history shows it; cancel it again only if it goes on.",
    already="Nothing was sent a second time: it was being cancelled already.",
    meanwhile="Nothing was sent: somebody tried to cancel it a moment before.",
    meaning=cancelled,
    told={
        "not_offered": ("The backend does not know this job any more", "The job history shows what is left."),
        "bad_request": ("The backend does not cancel it", "The job history shows how it stands now."),
    },
)
REINDEXING_FAILED = ActionKind(
    key="reindex_failed",
    words={
        "running": "Queuing the failed jobs again…",
        "done": "Queued again",
        "failed": "Not all queued again",
        "unknown": "Not known whether all are queued again",
    },
    undone="Nothing was queued.",
    if_unknown="Look how many of them the job history lists as waiting.",
    already="Nothing was sent a second time: the failed jobs were being queued again already.",
    meanwhile="Nothing was sent: the failed jobs were queued again a moment before.",
    meaning=queued,
    needs=REINDEXING.needs,
    limit=RateLimit(3, 60.0),
)
