"""How one number of a report becomes a figure: a row of a table instead of a function each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.snapshot import Snapshot, SourceState
from ops_dashboard.domain.units import Unit, duration, quantity
from ops_dashboard.domain.views.figure import Figure, Freshness

NOT_REPORTED = "Not reported by this backend."
NO_DATA_YET = "No data yet."
FAILED = "The backend answered with an error instead of data."


@dataclass(frozen=True, slots=True)
class Spec:
    """One figure: where it is read and how it is shown. ``read`` gets the source's report."""

    key: str
    label: str
    source: str
    read: Callable[[Any], float | None]
    unit: Unit = "count"
    warn: float | None = None
    """The figure is marked from this value on; ``crit`` likewise."""
    crit: float | None = None
    optional: bool = False
    """Only one dialect has it: left out, instead of "not reported", where it has no value."""
    derived: str = ""
    """How the value is computed here, when it is; empty for a reported one."""
    counter: bool = False
    """The value only ever grows, but for restarts."""
    of: str = ""
    """What the source counts and this figure measures, in the plural: without any the value is frozen."""
    meaningless: Callable[[Any], str] = lambda _report: ""
    """Why this figure has no value yet although the answer came, e.g. no requests; empty otherwise."""


def figure(spec: Spec, snapshot: Snapshot) -> Figure:
    """The figure of ``spec`` as the snapshot knows it."""
    if nothing := without_data(spec.key, spec.label, snapshot, spec.source):
        return replace(nothing, unit=spec.unit) if nothing.display == "waiting" else nothing
    state = snapshot.sources[spec.source]
    if why := spec.meaningless(state.value):
        return Figure(spec.key, spec.label, "waiting", note=why, at=state.received_at)
    value = spec.read(state.value)
    if value is None:
        return Figure(spec.key, spec.label, "not_reported", note=NOT_REPORTED, at=state.received_at)
    return _with_value(spec, value, snapshot)


def _with_value(spec: Spec, value: float, snapshot: Snapshot) -> Figure:
    state = snapshot.sources[spec.source]
    idle_since = snapshot.idle_since(spec.source) if spec.of else 0.0
    plain = Figure(
        key=spec.key,
        label=spec.label,
        display="stale" if idle_since else snapshot.display(spec.source),
        note=state.reason or state.left_out or seldom(state),
        origin="derived" if spec.derived else "reported",
        origin_note=spec.derived,
        tone="" if idle_since else tone(spec, value),
        at=idle_since or state.received_at,
        every=state.interval,
        counter=spec.counter,
        aside=spec.of if idle_since else "",
    )
    return with_value(plain, value, spec.unit, limits(spec))


def limits(spec: Spec) -> tuple[float, ...]:
    """The thresholds of a figure: no rounding hides on which side of them it lies."""
    return tuple(limit for limit in (spec.warn, spec.crit) if limit is not None)


def with_value(plain: Figure, value: float, unit: Unit, bounds: tuple[float, ...] = ()) -> Figure:
    """``plain`` with a number in ``unit``, formatted; rounding does not cross ``bounds``."""
    shown = quantity(value, unit, bounds)
    return replace(plain, value=value, text=shown.text, unit=shown.unit, exact=shown.exact)


def without_data(key: str, label: str, snapshot: Snapshot, source: str) -> Figure | None:
    """The figure of a source that told nothing at all of what it is read for; None when it told something."""
    state = snapshot.sources.get(source)
    report = state.value if state else None
    if state is None or report is None:
        return without_value(key, label, snapshot, source)
    message = getattr(report, "message", None)
    if is_not_applicable(report):
        note = message or "The backend says this does not apply to it."
        return Figure(key, label, "not_applicable", note=note, at=state.received_at)
    if isinstance(report, Answer) and report.says_only_an_error:
        return Figure(key, label, "waiting", note=message or FAILED, at=state.received_at)
    return None


def without_value(key: str, label: str, snapshot: Snapshot, source: str) -> Figure:
    """A figure whose source has not given anything yet: not offered, or not read so far."""
    state = snapshot.sources.get(source)
    if state is not None and state.not_offered:
        return Figure(key, label, "not_reported", note=f"The backend {state.reason}.")
    return Figure(key, label, "waiting", note=why_waiting(snapshot, state))


def why_waiting(snapshot: Snapshot, state: SourceState | None) -> str:
    """Why nothing could be read of a source so far; where the banner says why, it is said there alone."""
    if snapshot.contact.lost or snapshot.unreadable():
        return NO_DATA_YET
    return (state.reason or state.left_out) if state is not None else ""


def as_last_known(message: str, display: str) -> str:
    """What the backend said; of an old word it is said that it is old."""
    return f"Last known: {message}" if message and display == "stale" else message


def is_not_applicable(report: Report) -> bool:
    """True when the backend itself says that the whole report does not apply to it."""
    return getattr(report, "status", None) == "not_applicable"


def freshness(snapshot: Snapshot, source: str) -> Freshness:
    """How old the data of a panel is that lives on one source."""
    state = snapshot.sources.get(source)
    if state is None:
        return Freshness()
    if snapshot.contact.lost or snapshot.unreadable():  # the banner says why, once
        return Freshness(snapshot.display(source), state.received_at)
    return Freshness(
        display=snapshot.display(source),
        at=state.received_at,
        reason=state.reason or state.left_out,
        failing_since=state.failing_since,
        next_retry_at=state.next_retry_at,
        seldom=seldom(state),
        next_read_at=0.0 if state.reason else state.next_read_at,
    )


def seldom(state: SourceState) -> str:
    """How often a source is read whose calls are dear, and why; empty for any other."""
    if not state.dear_seconds or not state.received_at:
        return ""
    return f"read {every(state.interval)}, it takes the backend {duration(round(state.dear_seconds, 1))}"


def every(seconds: float) -> str:
    """A rhythm in words, as exactly as it matters: "every 5 min"."""
    return f"every {duration(60 * round(seconds / 60) if seconds >= 120 else seconds)}"


def tone(spec: Spec, value: float) -> str:
    """ "crit", "warn" or nothing, by the thresholds of the figure."""
    if spec.crit is not None and value > spec.crit:
        return "crit"
    return "warn" if spec.warn is not None and value > spec.warn else ""
