"""The services that ingestion needs, each with its state and what it says."""

from dataclasses import dataclass

from ops_dashboard.domain.bounds import MOST_SERVICES, cut
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.ingestion import IngestionHealthReport, Service
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.figure import Display
from ops_dashboard.domain.views.specs import NOT_REPORTED, without_value

_SOURCE = "ingestion_health"
_NAMES = {"redis": "Redis", "database": "Database", "qdrant": "Qdrant", "vector_store": "Vector store"}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service; ``message`` is what it says beyond its state, empty where it says no more."""

    name: str
    status: str
    word: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class ServicesView:
    """All of them, the worst first; ``note`` says why there are none, or why they are old."""

    display: Display = "waiting"
    note: str = ""
    rows: tuple[ServiceRow, ...] = ()
    cut: str = ""
    """What of them all the rows are, in words; empty while they are all."""


def services_view(snapshot: Snapshot) -> ServicesView:
    """The services as the backend's health check of ingestion names them."""
    report = snapshot.report(_SOURCE, IngestionHealthReport)
    if report is None:
        nothing = without_value(_SOURCE, "Services", snapshot, _SOURCE)
        return ServicesView(nothing.display, nothing.note)
    if report.services is None:
        return ServicesView("not_reported", NOT_REPORTED)
    listed = sorted(report.services.items(), key=lambda each: (each[1].status.rank, each[0]))
    rows = tuple(_row(name, service) for name, service in listed[:MOST_SERVICES])
    left_out = cut(len(rows), total_of(report.services), "worst")
    return ServicesView(snapshot.display(_SOURCE), snapshot.sources[_SOURCE].reason, rows, left_out)


def _row(name: str, service: Service) -> ServiceRow:
    state, _, message = (service.words or "").partition(":")
    status = service.status
    word = "Not configured" if status is Status.NOT_APPLICABLE else status.word
    if status is Status.UNKNOWN and state:
        message = service.words or ""
    return ServiceRow(_NAMES.get(name.lower(), name), status.value, word, message.strip())
