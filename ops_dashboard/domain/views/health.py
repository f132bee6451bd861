"""System health: the verdict, since when, and why."""

from dataclasses import dataclass, replace

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition
from ops_dashboard.domain.metrics.database import DatabaseReport
from ops_dashboard.domain.metrics.health import HealthReport
from ops_dashboard.domain.metrics.workers import WorkersReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status
from ops_dashboard.domain.views.alerts import AlertsView, active_rows
from ops_dashboard.domain.views.figure import Figure, Freshness
from ops_dashboard.domain.views.modules import ModulesView, Tile
from ops_dashboard.domain.views.specs import as_last_known, freshness, why_waiting
from ops_dashboard.domain.views.token_trouble import token_trouble

MOST_REASONS = 4
FIRST_READING = (
    "The backend is being read for the first time. Each figure appears as soon as it has arrived;"
    " until then none is shown."
)


@dataclass(frozen=True, slots=True)
class HealthView:
    """The verdict. ``since`` is when it began; with ``at_least`` it is only known to be no younger."""

    status: str = Status.UNKNOWN.value
    word: str = "No data yet"
    since: float = 0.0
    at_least: bool = True
    reasons: str = ""
    """What is not well, in one sentence; empty when nothing is known to be wrong."""
    message: str = ""
    """The backend's own words."""
    modules: str = ""
    """How many modules are healthy, in words; empty where nothing is known of them."""
    freshness: Freshness = Freshness()


def health_view(
    snapshot: Snapshot, modules: ModulesView, key_metrics: tuple[Figure, ...], before: HealthView
) -> HealthView:
    """Judge the system by the backend's own word, its modules and components, and the key metrics.

    The worst evidence wins, but only the backend itself can call the whole system down. A backend that cannot
    be reached is not called down: its state is unknown, and that is said.
    """
    report = snapshot.report("health", HealthReport)
    reasons = _reasons(snapshot, modules, key_metrics)
    refused = token_trouble(snapshot)
    if refused is not None:
        sentence = refused.sentence
        reasons = [f"{sentence[0].lower()}{sentence[1:]}", *reasons]
    status, word = _verdict(snapshot, report, bool(reasons))
    since, at_least = _since(snapshot, word, before)
    return HealthView(
        status=status.value,
        word=word,
        since=since,
        at_least=at_least,
        reasons=("Last known: " if snapshot.contact.lost and reasons else "") + _sentence(reasons),
        message=_message(snapshot, report),
        modules=_of_modules(snapshot, modules),
        freshness=freshness(snapshot, "health"),
    )


def under_alerts(health: HealthView, alerts: AlertsView) -> HealthView:
    """The verdict beside the open alerts: never healthy under a critical one, which is then the reason.

    One that is recovering is healthy again by its last reading, and does not count.
    """
    shown = (*active_rows(alerts), *alerts.dismissed)
    critical = [
        row for row in shown if row.severity == Severity.CRITICAL and row.condition != Condition.RECOVERING
    ]
    if health.status != Status.HEALTHY or not critical:
        return health
    return replace(
        health,
        status=Status.DEGRADED.value,
        word=Status.DEGRADED.word,
        since=min(row.since for row in critical),
        at_least=False,
        reasons=_sentence([row.message for row in critical]),
    )


def _verdict(snapshot: Snapshot, report: HealthReport | None, trouble: bool) -> tuple[Status, str]:
    if snapshot.contact.lost:
        return Status.UNKNOWN, "Unreachable"
    said = (report.status or Status.UNKNOWN) if report else None
    if said is Status.DOWN:
        return Status.DOWN, Status.DOWN.word
    if said is None and trouble and token_trouble(snapshot):
        return Status.UNKNOWN, "Unknown"
    if trouble or said is Status.DEGRADED:
        return Status.DEGRADED, Status.DEGRADED.word
    if said is None:
        return Status.UNKNOWN, "Unknown" if snapshot.sources and snapshot.refreshed_at else "No data yet"
    return said, said.word


def _since(snapshot: Snapshot, word: str, before: HealthView) -> tuple[float, bool]:
    """Since when the verdict holds, and whether that is only known to be no younger.

    What follows on not knowing may have begun unseen; a lost contact began with the first call it swallowed.
    """
    if word == before.word:
        return before.since, before.at_least
    if snapshot.contact.lost:
        return snapshot.contact.since, before.word == HealthView().word
    return snapshot.at, before.status == Status.UNKNOWN


def _of_modules(snapshot: Snapshot, modules: ModulesView) -> str:
    known = any(t.status != Status.UNKNOWN for t in modules.tiles)
    when = " when last read" if snapshot.contact.lost else ""
    read = f"the first {modules.total - modules.unread:,}" if modules.unread else f"{modules.total:,}"
    return f"{modules.healthy:,} of {read} modules healthy{when}" if known else ""


def _reasons(snapshot: Snapshot, modules: ModulesView, key_metrics: tuple[Figure, ...]) -> list[str]:
    tiles = [*modules.tiles, *modules.components]
    bad = [_of_tile(t) for t in tiles if _is_bad(t)]
    beyond = [
        f"{figure.label} {figure.text} {figure.unit}".strip()
        for figure in key_metrics
        if figure.tone and figure.display in ("value", "stale")
    ]
    return [*beyond, *_of_calls(snapshot, {t.name for t in modules.components if _is_bad(t)}), *bad]


def _sentence(reasons: list[str]) -> str:
    more = len(reasons) - MOST_REASONS
    shown = [*reasons[:MOST_REASONS], *([f"{more:,} more"] if more > 0 else [])]
    text = " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _is_bad(tile: Tile) -> bool:
    return tile.status in TROUBLED


def _of_tile(tile: Tile) -> str:
    return f"{tile.name} {tile.status_word.lower()}"


def _of_calls(snapshot: Snapshot, bad_components: set[str]) -> list[str]:
    """What the calls say, unless a component already says it of the same thing."""
    workers = snapshot.report("workers", WorkersReport)
    database = snapshot.report("database", DatabaseReport)
    said = (
        ("workers", workers.health if workers else None, {"celery", "workers"}),
        ("database", database.health if database else None, {"database"}),
    )
    return [
        f"{name} {status.word.lower()}"
        for name, status, components in said
        if status and status in TROUBLED and not bad_components & components
    ]


def _message(snapshot: Snapshot, report: HealthReport | None) -> str:
    if report is not None:
        return as_last_known(report.message or "", snapshot.display("health"))
    if snapshot.contact.lost or snapshot.unreadable():
        return ""  # the banner says why
    return why_waiting(snapshot, snapshot.sources.get("health")) or FIRST_READING
