"""ML models: which are loaded, how fast, how big, how wrong."""

from collections.abc import Iterator

from ops_dashboard.domain.metrics.health import MlHealthReport
from ops_dashboard.domain.metrics.models import EXPECTED_MODELS, ModelHealthReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status, worst
from ops_dashboard.domain.units import quantity
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.panels import panel
from ops_dashboard.domain.views.specs import NOT_REPORTED, without_data, without_value

MOST_SHOWN = 30


def models_panel(snapshot: Snapshot) -> Panel:
    """The expected models and whatever else is reported; the backend's own word on ML as a whole."""
    ml = snapshot.report("ml_health", MlHealthReport)
    report = snapshot.report("model_health", ModelHealthReport)
    models = (report.models or {}) if report else {}
    names = list(dict.fromkeys((*EXPECTED_MODELS, *models)))
    statuses = [ml.status or Status.UNKNOWN] if ml else []
    statuses += [_status(model.loaded) for model in models.values()]
    return panel(
        "models",
        "ML models",
        snapshot,
        "model_health",
        tuple(figure for name in names[:MOST_SHOWN] for figure in _model(name, report, snapshot)),
        status=_overall(statuses),
        message=(ml.message or "") if ml else "",
    )


def _overall(statuses: list[Status]) -> Status | None:
    if statuses and all(s is Status.NOT_APPLICABLE for s in statuses):
        return Status.NOT_APPLICABLE
    return worst(statuses) if statuses else None


def _status(loaded: bool | None) -> Status:
    return {True: Status.HEALTHY, False: Status.DOWN, None: Status.UNKNOWN}[loaded]


def _model(name: str, report: ModelHealthReport | None, snapshot: Snapshot) -> Iterator[Figure]:
    key, nothing = f"models.{name}", without_data(f"models.{name}", name, snapshot, "model_health")
    if nothing or report is None:
        yield nothing or without_value(key, name, snapshot, "model_health")
        return
    state, model = snapshot.sources["model_health"], (report.models or {}).get(name)
    if model is None or (model.loaded is None and model.inference_time_ms is None):
        yield Figure(key, name, "not_reported", note=NOT_REPORTED, at=state.received_at)
        return
    missing = model.loaded is False
    time = quantity(model.inference_time_ms, "ms") if model.inference_time_ms is not None else None
    details = [time.exact if time else "inference time not reported"]
    if model.memory_mb is not None:
        details.append(quantity(model.memory_mb, "MB").exact)
    if model.error_rate is not None:
        details.append(f"{quantity(model.error_rate, '%').exact} errors")
    yield Figure(
        key,
        name,
        snapshot.display("model_health"),
        text="not loaded" if missing else time.text if time else "loaded",
        unit="ms" if time and not missing else "",
        exact=", ".join(details),
        note=state.reason,
        tone="crit" if missing else "",
        at=state.received_at,
        value=None if missing else model.inference_time_ms,
        every=state.interval,
    )
