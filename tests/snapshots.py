"""Snapshots for tests, made from bodies in the way the collector makes them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.snapshot import Snapshot, SourceState
from ops_dashboard.domain.views.page import PageView, page_view

NOW = 1_800_000_000.0
_SOURCES = {source.name: source for source in all_sources(WATCHED_MODULES)}


def read(name: str, body: object, **changes: Any) -> SourceState:
    """A source that just answered ``body``, or that failed if its kind cannot be read."""
    source = _SOURCES[name]
    if source.model is None:
        return SourceState(name, source.title, received_at=NOW, last_attempt=NOW)
    try:
        reading = read_report(source.model, body)
    except BadBody as error:
        return failing(name, error.sentence)
    state = SourceState(
        name,
        source.title,
        value=reading.report,
        received_at=NOW,
        last_attempt=NOW,
        latency=0.01,
        surprises=reading.surprises,
        surprise_sentences=reading.sentences,
    )
    return replace(state, **changes)


def failing(name: str, reason: str = "failed", **changes: Any) -> SourceState:
    """A source that has failed once and never answered."""
    source = _SOURCES[name]
    state = SourceState(
        name,
        source.title,
        last_attempt=NOW,
        failures=1,
        failing_since=NOW - 5,
        next_retry_at=NOW + 5,
        reason=reason,
    )
    return replace(state, **changes)


def snapshot(
    bodies: Mapping[str, object] | None = None, states: Iterable[SourceState] = (), **changes: Any
) -> Snapshot:
    """A snapshot of ``NOW``: sources with these bodies or states, all others not asked yet."""
    sources = {name: SourceState(name, source.title) for name, source in _SOURCES.items()}
    sources |= {name: read(name, body) for name, body in (bodies or {}).items()}
    sources |= {state.name: state for state in states}
    made = Snapshot(
        revision=1,
        at=NOW,
        backend="backend:80",
        watched_modules=WATCHED_MODULES,
        refreshed_at=NOW,
        next_refresh_at=NOW + 30,
        sources=sources,
    )
    return replace(made, **changes)


def page(bodies: Mapping[str, object] | None = None, **changes: Any) -> PageView:
    """The first page made from these bodies."""
    return page_view(snapshot(bodies, **changes), PageView())
