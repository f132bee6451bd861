"""The backend's own ``/metrics``: process figures and counted requests in Prometheus' text format."""

from typing import Annotated

from pydantic import BeforeValidator, Field, SkipValidation, model_validator

from ops_dashboard.domain.metrics.exposition import read_samples
from ops_dashboard.domain.metrics.fields import Amount, Moment, Report, reported
from ops_dashboard.domain.metrics.request_counts import RequestCounts
from ops_dashboard.domain.metrics.requests import request_counts

_REQUESTS = "the requests counted"


def _counts(value: object) -> RequestCounts | None:
    return value if isinstance(value, RequestCounts) else None


class ProcessReport(Report):
    """``/metrics``. Memory in bytes, CPU in seconds since start."""

    started_at: Moment = reported("process_start_time_seconds")
    resident_bytes: Amount = reported("process_resident_memory_bytes")
    cpu_seconds: Amount = reported("process_cpu_seconds_total")
    open_files: Amount = reported("process_open_fds")
    max_files: Amount = reported("process_max_fds")
    requests: Annotated[SkipValidation[RequestCounts | None], BeforeValidator(_counts)] = Field(
        default=None, validation_alias=_REQUESTS, exclude=True
    )
    """What is counted of requests, for :class:`~ops_dashboard.domain.scrapes.ScrapeWindow`; None where nothing
    is. It has an entry for each label set, and is not part of what is told to others."""

    @property
    def observed_requests(self) -> float | None:
        """The requests counted since the process began; None where none are counted."""
        return self.requests.total if self.requests else None

    @model_validator(mode="before")
    @classmethod
    def _read_exposition(cls, body: object) -> object:
        if not isinstance(body, str):
            return body
        samples = tuple(read_samples(body))
        unlabelled = {sample.name: sample.value for sample in samples if not sample.labels}
        return unlabelled | {_REQUESTS: request_counts(samples)}
