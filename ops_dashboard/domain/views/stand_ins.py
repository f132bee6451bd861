"""Figures that the backend does not report itself: what is shown in their place, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Display, Figure, Origin
from ops_dashboard.domain.views.specs import Spec, figure, tone, with_value

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


def reported_or(spec: Spec, snapshot: Snapshot, *stand_ins: StandIn | None) -> Figure:
    """The figure as reported; without a report the first stand-in that there is."""
    reported = figure(spec, snapshot)
    instead = next((one for one in stand_ins if one is not None), None)
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
    shown = with_value(plain, instead.value, spec.unit)
    if not instead.at_least:
        return shown
    return replace(shown, text=f"≥ {shown.text}", exact=f"at least {shown.exact}")


def from_probes(snapshot: Snapshot, value: float | None, what: str) -> StandIn | None:
    """``what`` this dashboard's own calls show; None without a value."""
    if value is None:
        return None
    return StandIn(
        value,
        "observed",
        f"{what}: {snapshot.probes.calls:,} calls in the last 5 minutes.",
        display="stale" if snapshot.contact.lost else "value",
        at=snapshot.refreshed_at or snapshot.at,
        every=snapshot.refresh_seconds,
    )


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
