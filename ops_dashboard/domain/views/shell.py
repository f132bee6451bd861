"""The shell of the page: header, banner, and the marks beside the links of the sidebar."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status
from ops_dashboard.domain.units import duration
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.modules import ModulesView
from ops_dashboard.domain.views.sources import source_state
from ops_dashboard.domain.views.token_trouble import token_trouble


@dataclass(frozen=True, slots=True)
class Banner:
    """One sentence over everything, when everything is concerned. Empty title: no banner."""

    title: str = ""
    reason: str = ""
    since: float = 0.0
    next_retry_at: float = 0.0
    known: bool = False
    """Whether anything was read before it since the dashboard started."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A status mark beside a section's link: how many things there are not well, and how badly."""

    status: str = ""
    count: int = 0
    sentence: str = ""


_STALE = Mark(Status.UNKNOWN.value, 0, "Stale")


@dataclass(frozen=True, slots=True)
class ShellView:
    """What stands around the sections. Moments are unix seconds, 0 for never."""

    backend: str = ""
    scenario: str = ""
    """What the demo plays; empty for a real backend."""
    unsaved: str = ""
    """Why a restart would lose the past; empty while it is saved."""
    clock: str = ""
    """How far the backend's clock is from ours; empty while that is nothing of note."""
    refreshing: bool = False
    refreshed_at: float = 0.0
    next_refresh_at: float = 0.0
    refresh_seconds: float = 30.0
    fresh: int = 0
    read: int = 0
    banner: Banner = Banner()
    marks: dict[str, Mark] | None = None


def shell_view(snapshot: Snapshot, modules: ModulesView, panels: Iterable[Panel]) -> ShellView:
    """The shell as the snapshot has it."""
    states = [source_state(s, snapshot) for s in snapshot.sources.values()]
    read = [
        state
        for state, source in zip(states, snapshot.sources.values(), strict=True)
        if state not in ("spared", "not_offered") and not source.always_fails
    ]
    return ShellView(
        backend=snapshot.backend,
        scenario=snapshot.scenario,
        unsaved=snapshot.unsaved,
        clock=_clock(snapshot.clock_ahead),
        refreshing=snapshot.refreshing,
        refreshed_at=snapshot.refreshed_at,
        next_refresh_at=snapshot.next_refresh_at,
        refresh_seconds=snapshot.refresh_seconds,
        fresh=sum(s == "fresh" for s in read),
        read=len(read),
        banner=_banner(snapshot),
        marks={"modules": _modules_mark(modules)} | {p.key: _panel_mark(p) for p in panels},
    )


def _clock(ahead: float) -> str:
    if not ahead:
        return ""
    return f"The backend's clock is {duration(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} this dashboard's."


def _banner(snapshot: Snapshot) -> Banner:
    contact, known = snapshot.contact, any(s.received_at for s in snapshot.sources.values())
    if contact.lost:
        return Banner("Backend unreachable", contact.reason, contact.since, contact.next_retry_at, known)
    if (refused := token_trouble(snapshot)) and not contact.since:
        return Banner(refused.sentence, refused.reason, refused.since, refused.next_retry_at, known)
    asked = snapshot.unreadable()
    if not asked:
        return Banner()
    reason, _ = Counter(s.reason for s in asked).most_common(1)[0]
    retries = [s.next_retry_at for s in asked if s.next_retry_at]
    return Banner(
        "The backend answers, but nothing can be read",
        reason,
        min(s.failing_since for s in asked),
        min(retries, default=0.0),
        known,
    )


def _modules_mark(modules: ModulesView) -> Mark:
    if all(t.display == "stale" for t in modules.tiles) and modules.tiles:
        return _STALE
    bad = [t for t in (*modules.tiles, *modules.components) if t.status in TROUBLED]
    if not bad:
        return Mark()
    worst = min(bad, key=lambda t: t.rank)
    return Mark(worst.status, len(bad), f"{len(bad):,} not healthy")


def _panel_mark(panel: Panel) -> Mark:
    if panel.freshness.display == "stale":
        return _STALE
    if panel.status in TROUBLED:
        return Mark(panel.status, 1, panel.status_word)
    beyond = [f for f in panel.figures if f.tone and f.display != "waiting"]
    if beyond:
        status = Status.DOWN if any(_critical(f) for f in beyond) else Status.DEGRADED
        return Mark(status.value, len(beyond), f"{len(beyond)} beyond the threshold")
    if panel.freshness.reason and panel.freshness.display == "waiting":
        return Mark(Status.UNKNOWN.value, 0, "No data")
    return Mark()


def _critical(figure: Figure) -> bool:
    return figure.tone == "crit"
