"""Repository ingestion: services, edge worker, jobs."""

from typing import Annotated

from pydantic import BeforeValidator, PlainValidator, ValidationInfo, model_validator

from ops_dashboard.domain.metrics.collections import latest_of, map_of
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Message,
    Moment,
    Name,
    Report,
    StatusWord,
    reported,
    surprise,
)
from ops_dashboard.domain.metrics.health_like import HealthLike
from ops_dashboard.domain.status import Status, status_of
from ops_dashboard.domain.text import NAME_LENGTH, clean


class IngestionWorkerReport(Report):
    """``/api/v1/ingestion/worker/status``: free text such as "Idle", "Error: …" or "Offline"."""

    activity: Message = reported("status")


class HeartbeatReport(Report):
    """``/api/v1/ingestion/health/worker``: the edge worker's last beat. Ages in seconds."""

    state: StatusWord = reported("state")
    state_word: Name = reported("state")
    last_seen: Moment = reported("last_seen_unix")
    seconds_since_last_seen: Amount = reported("seconds_since_last_seen")
    threshold_seconds: Amount = reported("threshold_seconds")
    worker_id: Name = reported("worker_meta.worker_id")
    version: Name = reported("worker_meta.version")
    embedding_model: Name = reported("worker_meta.embedding_model")
    gpu: Name = reported("worker_meta.gpu", "worker_meta.gpu_name")

    def beat_at(self, received_at: float) -> float:
        """When the worker was last heard of, by the clock that ``received_at`` (unix seconds) is of; 0 if untold."""
        if self.seconds_since_last_seen is not None:
            return received_at - self.seconds_since_last_seen
        return self.last_seen or 0.0


class Service(Report):
    """One service that ingestion needs: the backend's own words."""

    words: Message = reported("words", "status")

    @property
    def status(self) -> Status:
        """The word before a colon decides; "not configured" is no failure."""
        word = (self.words or "").partition(":")[0].strip().lower()
        return Status.NOT_APPLICABLE if word == "not configured" else status_of(word)


class IngestionHealthReport(HealthLike):
    """``/api/v1/ingestion/health``: answered with HTTP 503 and the same body while a service is down."""

    services: Annotated[dict[str, Service] | None, PlainValidator(map_of(Service, "words", words=True))] = (
        reported("services")
    )


_LARGEST_ID = 10**40


def _id(value: object, info: ValidationInfo) -> str | None:
    """An id is sent back as it is: one that would have to be changed to be shown is none."""
    if value is None or value == "":
        return None
    text = str(value) if type(value) is int and abs(value) <= _LARGEST_ID else value
    if isinstance(text, str) and clean(text, NAME_LENGTH) == text:
        return text
    surprise(info, "an id", value)
    return None


Id = Annotated[str | None, BeforeValidator(_id)]


class JobEntry(Report):
    """One entry of the job history: a job, or on some backends one change of a job's state."""

    job_id: Id = reported("job_id", "id")
    repo_url: Message = reported("repo_url")
    status: Name = reported("status")
    at: Moment = reported("timestamp")
    submitted_at: Moment = reported("submitted_at")
    started_at: Moment = reported("started_at")
    finished_at: Moment = reported("finished_at")
    duration_seconds: Amount = reported("duration_seconds")
    files_processed: Amount = reported("files_processed")
    embeddings_generated: Amount = reported("embeddings_generated")
    error: Message = reported("error")
    reason: Message = reported("reason")
    worker: Name = reported("worker")

    @property
    def told_at(self) -> float | None:
        """The moment of this news, unix seconds: its own, else the latest that it names."""
        named = [at for at in (self.submitted_at, self.started_at, self.finished_at) if at is not None]
        return self.at if self.at is not None else max(named, default=None)


_NEWS = latest_of(JobEntry, lambda entry: entry.told_at, newest_last=False)


class JobsReport(Report):
    """``/api/v1/ingestion/jobs/history``: a bare list, or an object with ``jobs``."""

    entries: Annotated[list[JobEntry] | None, PlainValidator(_NEWS)] = reported("jobs")

    @model_validator(mode="before")
    @classmethod
    def _wrap_a_bare_list(cls, body: object) -> object:
        return {"jobs": body} if isinstance(body, list) else body
