"""Data sources: how reading each of them goes, and what this backend cannot do."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.product import NOBODY_LOOKS
from ops_dashboard.domain.snapshot import Snapshot, SourceState
from ops_dashboard.domain.units import quantity
from ops_dashboard.domain.views.figure import Figure, Origin
from ops_dashboard.domain.views.specs import every, seldom


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the sheet. Moments are unix seconds, 0 for never."""

    name: str
    title: str
    state: str
    """fresh · stale · failing · waiting · not_offered · spared"""
    state_word: str
    received_at: float = 0.0
    latency: str = ""
    interval: str = ""
    failures: int = 0
    failing_since: float = 0.0
    next_retry_at: float = 0.0
    reason: str = ""
    seldom: str = ""
    """Why it is read seldom; empty for what is read with every refresh."""
    next_read_at: float = 0.0
    surprises: int = 0
    surprise_sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Something this backend can or cannot do."""

    title: str
    state: str
    """offered · not_offered · unknown"""
    sentence: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All rows in the order of the table, the optional features, and a note on what is only observed."""

    rows: tuple[SourceRow, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    observed: tuple[str, ...] = ()
    """Labels of the figures that come from this dashboard's own calls."""
    from_metrics: tuple[str, ...] = ()
    """Labels of those computed from the backend's /metrics."""
    requests: str = ""
    """By which metric of it the requests are counted; empty where none counts them."""


_STAND_INS: tuple[Origin, ...] = ("observed", "metrics")

_ALWAYS_FAILS = "Always fails"
_WORDS = {
    "fresh": "Fresh",
    "stale": "Stale",
    "failing": "No data",
    "waiting": "Waiting",
    "not_offered": "Not offered",
    "spared": "Not needed",
}


def sources_view(snapshot: Snapshot, shown: Iterable[Figure]) -> SourcesView:
    """A row for each source; of the figures ``shown``, which are not what the backend itself reports."""
    labels = {origin: dict.fromkeys(f.label for f in shown if f.origin == origin) for origin in _STAND_INS}
    return SourcesView(
        rows=tuple(
            _row(state, snapshot) for state in snapshot.sources.values() if state.spared != NOBODY_LOOKS
        ),
        offers=tuple(
            OfferRow(o.title, {True: "offered", False: "not_offered", None: "unknown"}[o.offered], o.sentence)
            for o in snapshot.offers
        ),
        observed=tuple(labels["observed"]),
        from_metrics=tuple(labels["metrics"]),
        requests=_counted_by(snapshot),
    )


def _counted_by(snapshot: Snapshot) -> str:
    report = snapshot.report("prometheus", ProcessReport)
    if report is None or report.requests is None:
        return ""
    measure = report.requests.measure
    names = dict.fromkeys(filter(None, (measure.requests, measure.outcomes)))
    return " and ".join(names)


def source_state(state: SourceState, snapshot: Snapshot) -> str:
    """The state word's key of one source."""
    if state.spared:
        return "spared"
    if state.not_offered and not state.received_at:  # what was offered once is failing now
        return "not_offered"
    display = snapshot.display(state.name)
    if display == "waiting":
        return "failing" if state.failures else "waiting"
    return "stale" if display == "stale" else "fresh"


def _row(state: SourceState, snapshot: Snapshot) -> SourceRow:
    key = source_state(state, snapshot)
    retry_at = snapshot.contact.next_retry_at if snapshot.contact.lost else state.next_retry_at
    return SourceRow(
        name=state.name,
        title=state.title,
        state=key,
        state_word=_ALWAYS_FAILS if state.always_fails and key == "failing" else _WORDS[key],
        received_at=state.received_at,
        latency=quantity(1000 * state.latency, "ms").text + " ms" if state.last_attempt else "",
        interval=every(state.pace),
        failures=state.failures,
        failing_since=state.failing_since,
        next_retry_at=retry_at if state.failures else 0.0,
        reason=state.spared or state.reason or state.left_out,
        seldom=seldom(state),
        next_read_at=0.0 if state.failures else state.next_read_at,
        surprises=state.surprises,
        surprise_sentences=state.surprise_sentences,
    )
