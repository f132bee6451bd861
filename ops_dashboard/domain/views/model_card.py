"""One ML model as a card: whether it is loaded, how fast, how big, how wrong, and when it was last used."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from ops_dashboard.domain.metrics.health import MlHealthReport
from ops_dashboard.domain.metrics.models import ModelHealth, ModelHealthReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import Unit
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.specs import Spec, figure, is_not_applicable

SOURCE = "model_health"
_NOT_LOADED = "not loaded"
_NOT_APPLICABLE = "The backend says that machine learning does not apply to it."
_MEMORY, _ERRORS = ".memory", ".errors"
_STATUSES = {True: Status.HEALTHY, False: Status.DOWN, None: Status.UNKNOWN}
_WORDS = {True: "Loaded", False: "Not loaded", None: "State not reported"}


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model. ``status`` is a :class:`~ops_dashboard.domain.status.Status` value, ``word`` says it."""

    name: str
    status: str = Status.UNKNOWN.value
    word: str = "No data yet"
    inference: Figure = Figure("", "Inference time")
    memory: Figure = Figure("", "Memory")
    errors: Figure = Figure("", "Errors")
    last_inference: float = 0.0
    """When it was last used, unix seconds; 0 where that is not reported."""
    is_known: bool = False
    """Whether the backend reports anything of it: without that, a card has nothing but its first figure."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its three numbers."""
        return self.inference, self.memory, self.errors

    def with_each_figure(self, changed: Callable[[Figure], Figure]) -> Self:
        """The card with every figure ``changed``."""
        return replace(
            self,
            inference=changed(self.inference),
            memory=changed(self.memory),
            errors=changed(self.errors),
        )


def model_card(name: str, snapshot: Snapshot) -> ModelCard:
    """The card of a model that is expected or reported, as the snapshot knows it."""
    report = snapshot.report(SOURCE, ModelHealthReport)
    if report is None or report.says_only_an_error:
        return _without_report(name, snapshot)
    model = (report.models or {}).get(name)
    inference, memory, errors = _figures(name, snapshot)
    if is_not_applicable(report):
        return ModelCard(
            name, Status.NOT_APPLICABLE.value, Status.NOT_APPLICABLE.word, inference, memory, errors
        )
    if model is None or model == ModelHealth():
        return ModelCard(name, Status.UNKNOWN.value, "Not reported", inference, memory, errors)
    if model.loaded is False:
        inference = _unloaded(inference, snapshot)
    return ModelCard(
        name,
        _STATUSES[model.loaded].value,
        _WORDS[model.loaded],
        inference,
        memory,
        errors,
        model.last_inference or 0.0,
        is_known=True,
    )


def _without_report(name: str, snapshot: Snapshot) -> ModelCard:
    """Nothing was read of any model: not applicable where the backend says so of all its machine learning."""
    ml, (inference, memory, errors) = snapshot.report("ml_health", MlHealthReport), _figures(name, snapshot)
    if ml is None or not is_not_applicable(ml):
        word = "Not reported" if inference.display == "not_reported" else "No data yet"
        return ModelCard(name, Status.UNKNOWN.value, word, inference, memory, errors)
    note, at = ml.message or _NOT_APPLICABLE, snapshot.sources["ml_health"].received_at
    card = ModelCard(name, Status.NOT_APPLICABLE.value, Status.NOT_APPLICABLE.word, inference, memory, errors)
    return card.with_each_figure(lambda f: Figure(f.key, f.label, "not_applicable", note=note, at=at))


def _figures(name: str, snapshot: Snapshot) -> tuple[Figure, Figure, Figure]:
    key = _key(name)
    errors = _spec(key + _ERRORS, "Errors", name, "error_rate", "%")
    return (
        figure(_spec(key, "Inference time", name, "inference_time_ms", "ms"), snapshot),
        figure(_spec(key + _MEMORY, "Memory", name, "memory_mb", "MB"), snapshot),
        figure(replace(errors, warn=5, crit=10), snapshot),  # as from the alert about it
    )


def _key(name: str) -> str:
    """The key of its inference time. One named like another's further key must not share its past."""
    return f"models.{name}:" if name.rstrip(":").endswith((_MEMORY, _ERRORS)) else f"models.{name}"


def _spec(key: str, label: str, name: str, field: str, unit: Unit) -> Spec:
    def read(report: ModelHealthReport) -> float | None:
        return getattr((report.models or {}).get(name), field, None)

    return Spec(key, label, SOURCE, read, unit)


def _unloaded(inference: Figure, snapshot: Snapshot) -> Figure:
    """The last inference time of a model that is not loaded says nothing of now."""
    return replace(
        inference,
        display=snapshot.display(SOURCE),
        text=_NOT_LOADED,
        unit="",
        exact=_NOT_LOADED,
        note=snapshot.sources[SOURCE].reason,
        value=None,
    )
