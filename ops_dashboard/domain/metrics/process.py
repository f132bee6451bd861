"""The backend's own ``/metrics``: process figures and request histograms in Prometheus' text format."""

from collections.abc import Iterable

from prometheus_client.parser import text_string_to_metric_families
from pydantic import model_validator

from ops_dashboard.domain.metrics.fields import Amount, Moment, Report, reported

_HISTOGRAM = ("http_request_duration_seconds", "http_request_duration_highr_seconds")


class ProcessReport(Report):
    """``/metrics``. Memory in bytes, CPU in seconds since start; ``observed_requests`` counts requests."""

    started_at: Moment = reported("process_start_time_seconds")
    resident_bytes: Amount = reported("process_resident_memory_bytes")
    cpu_seconds: Amount = reported("process_cpu_seconds_total")
    open_files: Amount = reported("process_open_fds")
    max_files: Amount = reported("process_max_fds")
    observed_requests: Amount = reported("observed_requests")

    @model_validator(mode="before")
    @classmethod
    def _read_exposition(cls, body: object) -> object:
        return _samples(body) if isinstance(body, str) else body


def _samples(text: str) -> dict[str, float]:
    """Single samples by name, and the request count of the first request histogram there is.

    Raises:
        ValueError: when the text is not in Prometheus' format.
    """
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        if family.name in _HISTOGRAM and "observed_requests" not in found:
            counts = [s.value for s in family.samples if s.name == f"{family.name}_count"]
            found |= {"observed_requests": sum(counts)} if counts else {}
        found |= _unlabelled((s.name, s.value) for s in family.samples if not s.labels)
    return found


def _unlabelled(samples: Iterable[tuple[str, float]]) -> dict[str, float]:
    return dict(samples)
