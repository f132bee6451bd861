"""The samples of one snapshot: what each rule judges, taken from the very page that people look at."""

from collections.abc import Iterator
from dataclasses import replace

from ops_dashboard.domain.alerts.ingestion_samples import ingestion_samples
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.metrics.events import EventsReport
from ops_dashboard.domain.metrics.health import MlHealthReport
from ops_dashboard.domain.metrics.models import ModelHealth, ModelHealthReport
from ops_dashboard.domain.probes import WINDOW_SECONDS
from ops_dashboard.domain.restarts import restart_sentence
from ops_dashboard.domain.snapshot import STALE_AFTER_FAILURES, SWALLOWED_SECONDS, Snapshot, SourceState
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.sources import source_state
from ops_dashboard.domain.views.token_trouble import token_trouble

_FIGURES = {
    "performance.p95": "response_time",
    "performance.error_rate": "error_rate",
    "workers.queue_length": "worker_queue",
    "db_pool.utilization": "db_pool",
    "cache.hit_rate": "cache_hit_rate",
    "events.p95": "event_latency",
    "events.failed": "failed_deliveries",
}
"""The rule about each figure of the page."""
_USERS = ("performance.p95", "performance.error_rate")
_TRAFFIC = {
    "performance.p95": ("performance", "requests"),
    "performance.error_rate": ("performance", "requests"),
    "cache.hit_rate": ("cache", "requests"),
    "events.p95": ("events", "events"),
}
"""The source of a figure, and what it is measured by."""
_SAME_AS_PANEL = {
    **dict.fromkeys(("database", "db", "postgres", "postgresql"), "database_status"),
    **dict.fromkeys(("celery", "workers", "worker"), "workers_status"),
}
"""Components that a panel is about: each is one thing, and one alert, though two calls tell of it."""
_JUDGED = frozenset({Status.HEALTHY, Status.DEGRADED, Status.DOWN, Status.NOT_APPLICABLE})
RESTARTED_SECONDS = 300.0
"""For so long after it a restart is among the active alerts."""


def samples(snapshot: Snapshot, page: PageView) -> Iterator[Sample]:
    """One sample for each rule and target; ``page`` must be made from ``snapshot``."""
    yield from _of_backend(snapshot, page)
    yield _of_token(snapshot)
    yield _of_restarts(snapshot)
    for tile in page.modules.components:
        if tile.name not in _SAME_AS_PANEL:
            yield _of_tile("component_status", tile)
    for tile in page.modules.tiles:
        yield _of_tile("module_status", tile)
        yield _of_figure(Key("module_response_time", tile.name), tile.response)
    yield _of_panel("database_status", page.database, page)
    yield _of_panel("workers_status", page.workers, page)
    for figure in (*page.key_metrics, *page.events.figures):
        if figure.key in _FIGURES:
            yield _of_measured(Key(_FIGURES[figure.key]), figure, _traffic(figure, snapshot, page), snapshot)
    yield from _of_models(snapshot, page)
    yield from ingestion_samples(snapshot)
    yield from _of_sources(snapshot)


def _of_backend(snapshot: Snapshot, page: PageView) -> Iterator[Sample]:
    """Well only if something could be read since the last doubt: silence before the first answer is no recovery."""
    lost, banner = snapshot.contact.lost, page.shell.banner
    read = any(state.received_at and not state.failures for state in snapshot.sources.values())
    well = Status.HEALTHY if read and not snapshot.contact.since else Status.UNKNOWN
    for rule_id, trouble in (
        ("backend_unreachable", lost),
        ("backend_unreadable", bool(banner.title) and not lost and not token_trouble(snapshot)),
    ):
        status = Status.DOWN if trouble else well
        detail = banner.reason if trouble else ""
        yield Sample(Key(rule_id), status, snapshot.at, fresh=True, detail=detail)


def _of_tile(rule_id: str, tile: Tile) -> Sample:
    fresh = tile.display == "value"
    return Sample(Key(rule_id, tile.name), Status(tile.status), tile.at, fresh, _detail(tile))


def _detail(tile: Tile) -> str:
    """The first line of what was said, and the rest on a line of its own."""
    if tile.headline and tile.message.startswith(tile.headline):
        return "\n".join(filter(None, (tile.headline, tile.message.removeprefix(tile.headline).strip())))
    return tile.message


def _of_panel(rule_id: str, panel: Panel, page: PageView) -> Sample:
    """By the panel, and by the components that are the same thing told elsewhere: the worst that is known counts."""
    status = Status(panel.status) if panel.status else None
    fresh = panel.freshness.display == "value"
    told = [Sample(Key(rule_id), status, panel.freshness.at, fresh, panel.message)]
    told += [
        replace(_of_tile(rule_id, tile), key=Key(rule_id))
        for tile in page.modules.components
        if _SAME_AS_PANEL.get(tile.name) == rule_id
    ]
    known = [one for one in told if one.fresh and isinstance(one.value, Status) and one.value in _JUDGED]
    return min(known, key=lambda one: Status(str(one.value)).rank, default=told[0])


def _of_token(snapshot: Snapshot) -> Sample:
    """Nothing is known of it with the backend out of reach or in doubt, nor before the first answer."""
    refused = token_trouble(snapshot)
    known = not snapshot.contact.lost and not snapshot.contact.since
    read = any(state.received_at for state in snapshot.sources.values())
    status = Status.DOWN if refused else Status.HEALTHY if read else Status.UNKNOWN
    return Sample(
        Key("token_refused"), status, snapshot.at, fresh=known, label=refused.sentence if refused else ""
    )


def _of_restarts(snapshot: Snapshot) -> Sample:
    """How often the backend restarted within the last minutes."""
    lately = [at for at in snapshot.restarts if snapshot.at - at <= RESTARTED_SECONDS]
    last = [at for at in snapshot.restarts if snapshot.restarts[-1] - at <= RESTARTED_SECONDS]
    return Sample(
        Key("backend_restarted"),
        float(len(lately)),
        snapshot.at,
        fresh=not snapshot.contact.lost,
        label=restart_sentence(last),
    )


def _of_figure(key: Key, figure: Figure) -> Sample:
    return Sample(key, figure.value, figure.at, figure.display == "value")


def _of_measured(key: Key, figure: Figure, traffic: float | None, snapshot: Snapshot) -> Sample:
    """A figure that may have no traffic to be measured by: that is news as fresh as its source."""
    source, what = _TRAFFIC.get(figure.key, ("", ""))
    if _is_scraped(figure, snapshot):
        source = "prometheus"
    if traffic != 0 or snapshot.display(source) != "value":
        return Sample(key, figure.value, figure.at, figure.display == "value", traffic=traffic)
    at = snapshot.sources[source].received_at
    return Sample(key, figure.value, at, fresh=True, detail=f"no {what}", traffic=0.0)


def _is_scraped(figure: Figure, snapshot: Snapshot) -> bool:
    """Whether the users' figure comes from ``/metrics``, or would if there were any requests."""
    has_counted = figure.value is None and snapshot.scrapes.seconds > 0
    return figure.key in _USERS and (figure.origin == "metrics" or has_counted)


def _traffic(figure: Figure, snapshot: Snapshot, page: PageView) -> float | None:
    """How many requests stand behind a ratio, where that is known."""
    if figure.display == "stale" and figure.aside:
        return 0.0
    if figure.key == "cache.hit_rate":
        cache = snapshot.report("cache", CacheReport)
        return None if cache is None else 0.0 if cache.idle else cache.counted
    if figure.key == "events.p95":
        events = snapshot.report("events", EventsReport)
        return 0.0 if events and events.counted == 0 else None
    if figure.key not in _USERS:
        return None
    is_errors, scrapes = figure.key == "performance.error_rate", snapshot.scrapes
    if _is_scraped(figure, snapshot):
        return scrapes.with_status if is_errors else scrapes.requests
    rate = next((f.value for f in page.key_metrics if f.key == "performance.request_rate"), None)
    if is_errors and rate is not None:
        return rate * WINDOW_SECONDS
    return 0.0 if rate == 0 else None  # over how many requests the backend takes its percentile is not told


def _of_models(snapshot: Snapshot, page: PageView) -> Iterator[Sample]:
    report = snapshot.report("model_health", ModelHealthReport)
    fresh = snapshot.display("model_health") == "value"
    for card in page.models.cards:
        model = ((report.models or {}) if report else {}).get(card.name, ModelHealth())
        loaded = {True: Status.HEALTHY, False: Status.DOWN, None: Status.UNKNOWN}[model.loaded]
        yield Sample(Key("model_not_loaded", card.name), loaded, card.inference.at, fresh)
        yield Sample(Key("model_error_rate", card.name), model.error_rate, card.errors.at, fresh)


def _of_sources(snapshot: Snapshot) -> Iterator[Sample]:
    """For how many seconds each source has failed.

    That is not known with the backend out of reach or in doubt, nor of calls that the outage still swallowed.
    """
    contact = snapshot.contact
    for state in snapshot.sources.values():
        swallowed = state.failures and state.last_attempt < contact.regained_at + SWALLOWED_SECONDS
        known = bool(state.last_attempt) and not contact.lost and not contact.since and not swallowed
        yield Sample(
            Key("source_failing", state.name),
            _failing(state, snapshot),
            snapshot.at,
            known,
            state.reason,
            label=state.title,
        )


def _failing(state: SourceState, snapshot: Snapshot) -> float | None:
    """A source that is not to be read does not fail. None for what tells nothing: a first failure, and those that
    have a reason told elsewhere.
    """
    if not state.failures or source_state(state, snapshot) in ("spared", "not_offered"):
        return 0.0
    if state.name == "model_health" and _has_no_models(snapshot):
        return 0.0  # the page says that it failed; nobody has to do anything about it
    if state.never_answered or (state.token and token_trouble(snapshot)):
        return None  # "Data sources" says so; a refused token is an alert of its own
    if state.failures < STALE_AFTER_FAILURES:
        return None
    if state.failing_from is not None and snapshot.monotonic is not None:
        return max(1.0, snapshot.monotonic - state.failing_from)
    return max(1.0, snapshot.at - state.failing_since)  # it fails, whatever the clock says


def _has_no_models(snapshot: Snapshot) -> bool:
    """Whether the backend says itself that machine learning does not apply to it."""
    report = snapshot.report("ml_health", MlHealthReport)
    return report is not None and report.status is Status.NOT_APPLICABLE
