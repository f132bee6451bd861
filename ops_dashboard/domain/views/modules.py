"""Module health: a tile for each backend module, and for each component where a backend reports those."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ops_dashboard.domain.bounds import MOST_TILES, cut
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.health import ComponentHealth, HealthReport, ModuleHealth
from ops_dashboard.domain.snapshot import Snapshot, SourceState
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.figure import Display, Figure, Freshness
from ops_dashboard.domain.views.specs import NOT_REPORTED, as_last_known, freshness, why_waiting, with_value

UNCHECKED = "The backend answers healthy, but has no health check for this module."


@dataclass(frozen=True, slots=True)
class Tile:
    """One module or component. ``response_ms`` is for sorting: -1 when it is not known."""

    name: str
    status: str = Status.UNKNOWN.value
    status_word: str = Status.UNKNOWN.word
    display: Display = "waiting"
    response: Figure = Figure("", "Response time")
    errors: Figure = Figure("", "Errors")
    message: str = ""
    headline: str = ""
    """The first line of the message, where the backend said more than one."""
    at: float = 0.0
    rank: int = Status.UNKNOWN.rank
    response_ms: float = -1.0
    every: float = 0.0
    """How often its status is expected to be read, seconds."""
    unusual: str = ""
    """What of it is out of the ordinary, in sentences; empty when nothing is known to be."""


@dataclass(frozen=True, slots=True)
class ModulesView:
    """All tiles, worst first. ``more`` says how many were left out of a very long list."""

    tiles: tuple[Tile, ...] = ()
    components: tuple[Tile, ...] = ()
    healthy: int = 0
    total: int = 0
    more: int = 0
    unread: int = 0
    """How many of those left out were not even read; ``healthy`` is counted without them."""
    cut: str = ""
    """What of it all the tiles are, in words; empty while there is one for each."""
    more_components: int = 0
    freshness: Freshness = Freshness()
    """Of the health answer; a tile that has its own source carries its own display."""


def modules_view(snapshot: Snapshot) -> ModulesView:
    """The watched modules and those the backend reports beyond them; its components beside."""
    health = snapshot.report("health", HealthReport)
    reported = (health.modules or {}) if health else {}
    named = (health.components or {}) if health else {}
    names = dict.fromkeys((*snapshot.watched_modules, *reported))
    found = {name: _found(name, reported.get(name), snapshot) for name in names}
    statuses = {name: _status(report) for name, (report, _) in found.items()}
    # Judged before they are drawn: of ten thousand modules only the tiles shown are worth the time.
    shown = sorted(names, key=lambda name: (statuses[name].rank, name))[:MOST_TILES]
    components = [
        _from(name, component, "health", snapshot) for name, component in islice(named.items(), MOST_TILES)
    ]
    unread = total_of(reported) - len(reported)
    total = len(names) + unread
    return ModulesView(
        tiles=tuple(_tile(name, *found[name], snapshot) for name in shown),
        components=tuple(components),
        healthy=sum(status is Status.HEALTHY for status in statuses.values()),
        total=total,
        more=total - len(shown),
        unread=unread,
        cut=_cut(len(shown), len(names), total),
        more_components=total_of(named) - len(components),
        freshness=freshness(snapshot, "health"),
    )


def _cut(shown: int, read: int, total: int) -> str:
    return cut(shown, read, "worst") + (f" read, {cut(read, total).lower()}" if read < total else "")


def worst_first(tiles: Sequence[Tile]) -> list[Tile]:
    """By status, worst first, then by name."""
    return sorted(tiles, key=lambda t: (t.rank, t.name))


def arrange(tiles: Sequence[Tile], status: str, sort: str) -> list[Tile]:
    """The tiles with ``status`` ("all" or a status value), sorted by "status", "name" or "response".

    By response time the slowest come first; those without one come last.
    """
    kept = [t for t in tiles if status in ("all", t.status)]
    if sort == "name":
        return sorted(kept, key=lambda t: t.name)
    if sort == "response":
        return sorted(kept, key=lambda t: (-t.response_ms, t.name))
    return worst_first(kept)


def _found(name: str, reported: ModuleHealth | None, snapshot: Snapshot) -> tuple[ModuleHealth | None, str]:
    """What is known of a module, and the source that told it or could tell it."""
    source = f"module_health.{name}"
    return (reported, "health") if reported is not None else (snapshot.report(source, ModuleHealth), source)


def _status(report: ModuleHealth | ComponentHealth | None) -> Status:
    unchecked = isinstance(report, ModuleHealth) and report.unchecked
    return Status.UNKNOWN if report is None or unchecked else report.status or Status.UNKNOWN


def _tile(name: str, report: ModuleHealth | None, source: str, snapshot: Snapshot) -> Tile:
    if report is not None:
        return _from(name, report, source, snapshot)
    state = snapshot.sources.get(source)
    display: Display = "not_reported" if state and state.not_offered else "waiting"
    why = why_waiting(snapshot, state)
    response = Figure(f"modules.{name}.response_time_ms", "Response time", display, note=why, unit="ms")
    errors = Figure(f"modules.{name}.error_count", "Errors", display, note=why, unit="count")
    return Tile(name, display=display, response=response, errors=errors, message=why)


def _from(name: str, report: ModuleHealth | ComponentHealth, source: str, snapshot: Snapshot) -> Tile:
    state, display = snapshot.sources[source], snapshot.display(source)
    status = _status(report)
    unchecked = isinstance(report, ModuleHealth) and report.unchecked
    # What answers for a module without a check is not that module: its time says nothing.
    response_ms, observed = None if unchecked else getattr(report, "response_time_ms", None), False
    if response_ms is None and not unchecked and source != "health" and state.clean_latency is not None:
        response_ms, observed = 1000 * state.clean_latency, True
    return Tile(
        name=name,
        status=status.value,
        status_word=status.word,
        display=display,
        response=_figure(
            f"modules.{name}.response_time_ms",
            "Response time",
            response_ms,
            display,
            state,
            observed,
        ),
        errors=_figure(
            f"modules.{name}.error_count",
            "Errors",
            getattr(report, "error_count", None),
            display,
            state,
        ),
        message=as_last_known(UNCHECKED if unchecked else report.message or "", display),
        headline=report.headline or "",
        at=state.received_at,
        rank=status.rank,
        response_ms=-1.0 if response_ms is None else response_ms,
        every=state.interval,
    )


def _figure(
    key: str, label: str, value: float | None, display: Display, state: SourceState, observed: bool = False
) -> Figure:
    if value is None:
        return Figure(key, label, "not_reported", note=NOT_REPORTED, at=state.received_at)
    plain = Figure(
        key=key,
        label=label,
        display=display,
        origin="observed" if observed else "reported",
        origin_note="The time of this dashboard's own call to it." if observed else "",
        at=state.received_at,
        every=state.interval,
    )
    return with_value(plain, value, "ms" if label == "Response time" else "count")
