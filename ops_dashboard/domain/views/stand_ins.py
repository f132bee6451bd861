"""Figures that the backend does not report itself: what is shown in their place, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Display, Figure, Origin
from ops_dashboard.domain.views.specs import Spec, figure, limits, tone, with_value

METRICS_SOURCE = "prometheus"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A value from elsewhere, in the figure's unit. ``at`` in unix seconds, ``every`` in seconds."""

    value: float
    origin: Origin
    origin_note: str
    display: Display
    at: float
    every: float
    note: str = ""
    """Why the value is old, if it is."""
    at_least: bool = False
    """Only that it is this much or more is known."""


def reported_or(spec: Spec, snapshot: Snapshot, instead: StandIn | None, *, too_few: str = "") -> Figure:
    """The figure as reported; without a report ``instead``, if there is one.

    ``too_few`` says why there is none yet although the backend counts: then "not reported" is not the reason.
    """
    reported = figure(spec, snapshot)
    if reported.display == "not_reported" and instead is None and too_few:
        return replace(reported, display="waiting", note=too_few, at=reported.at or snapshot.at)
    if reported.text or instead is None:
        return reported
    plain = replace(
        reported,
        display=instead.display,
        note=instead.note,
        origin=instead.origin,
        origin_note=instead.origin_note,
        tone=tone(spec, instead.value),
        at=instead.at,
        every=instead.every,
    )
    shown = with_value(plain, instead.value, spec.unit, limits(spec))
    if not instead.at_least:
        return shown
    return replace(shown, text=f"≥ {shown.text}", exact=f"at least {shown.exact}")


def from_metrics(
    snapshot: Snapshot,
    value: float | None,
    sentences: Iterable[str],
    origin: Origin = "metrics",
    *,
    at_least: bool = False,
) -> StandIn | None:
    """What the backend's ``/metrics`` shows, as old as its last reading; None without a value."""
    state = snapshot.sources.get(METRICS_SOURCE)
    if value is None or state is None or not state.received_at:
        return None
    return StandIn(
        value,
        origin,
        " ".join(sentences),
        display=snapshot.display(METRICS_SOURCE),
        at=state.received_at,
        every=state.interval,
        note=state.reason,
        at_least=at_least,
    )
