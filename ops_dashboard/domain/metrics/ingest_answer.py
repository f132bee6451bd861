"""The answers to submitting a repository and to cancelling a job."""

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.fields import Amount, Name, reported
from ops_dashboard.domain.metrics.ingestion import Id


class IngestAnswer(Answer):
    """``POST /api/v1/ingestion/ingest/{repo_url}`` and ``…/jobs/{job_id}/retry``."""

    word: Name = reported("status")
    """The status as the backend spells it."""
    job_id: Id = reported("job_id", "id")
    queue_position: Amount = reported("queue_position")
    queue_size: Amount = reported("queue_size")
    max_queue_size: Amount = reported("max_queue_size")


class CancelAnswer(Answer):
    """``POST /api/v1/ingestion/jobs/{job_id}/cancel``: the status that the job has now."""

    word: Name = reported("status")
