"""What this dashboard's own calls show of the backend, told as that: they are no users."""

from collections.abc import Iterable
from dataclasses import replace

from ops_dashboard.domain.probes import FEWEST
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import Unit
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.specs import with_value

P50, P95, P99 = "own_calls.p50", "own_calls.p95", "own_calls.p99"
FAILING = "own_calls.failing"


def own_calls(snapshot: Snapshot) -> dict[str, Figure]:
    """The response time of the own calls, and the share of them that failed, by key."""
    probes = snapshot.probes
    timed = f"The response time of {probes.timed:,} of this dashboard's own calls in the last 5 minutes."
    failed = f"The share that failed of {probes.calls:,} own calls in the last 5 minutes, each failure counted once."
    figures = (
        _figure(P50, "Own calls p50", probes.p50, "ms", timed, probes.timed, snapshot),
        _figure(P95, "Own calls p95", probes.p95, "ms", timed, probes.timed, snapshot),
        _figure(P99, "Own calls p99", probes.p99, "ms", timed, probes.timed, snapshot),
        _figure(FAILING, "Own calls failing", probes.error_rate, "%", failed, probes.calls, snapshot),
    )
    return {figure.key: figure for figure in figures}


def stand_beside(figure: Figure, snapshot: Snapshot) -> bool:
    """Whether the users' ``figure`` is known to be missing, so that the own calls are worth a look."""
    lost = snapshot.contact.lost and figure.display != "not_reported"  # then nobody knows what is missing
    return not figure.text and figure.note != "" and not lost


def with_own(figure: Figure, key: str, words: str, snapshot: Snapshot) -> Figure:
    """The users' ``figure``; where that is missing, with what the own calls show beneath it, as ``words``."""
    own = own_calls(snapshot)[key]
    if own.display != "value" or not stand_beside(figure, snapshot):
        return figure
    return replace(figure, aside=f"{words} {own.text} {own.unit}")


def own_beside(figures: Iterable[Figure], keys: Iterable[str], snapshot: Snapshot) -> tuple[Figure, ...]:
    """The own calls' figures with these ``keys``, where all of the users' ``figures`` are missing."""
    own = own_calls(snapshot)
    return tuple(own[key] for key in keys) if all(stand_beside(f, snapshot) for f in figures) else ()


def _figure(
    key: str, label: str, value: float | None, unit: Unit, told: str, counted: int, snapshot: Snapshot
) -> Figure:
    if value is None:
        return Figure(
            key, label, "waiting", note=f"Too few calls yet: {counted:,} of {FEWEST:,}.", at=snapshot.at
        )
    plain = Figure(
        key=key,
        label=label,
        display="stale" if snapshot.contact.lost else "value",
        origin="observed",
        origin_note=told,
        at=snapshot.refreshed_at or snapshot.at,
        every=snapshot.refresh_seconds,
    )
    return with_value(plain, value, unit)
