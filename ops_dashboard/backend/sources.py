"""The sources: every GET the dashboard makes to the monitored backend, one row each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ops_dashboard.backend.capabilities import Check
from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.metrics.database import DatabaseReport, PoolReport
from ops_dashboard.domain.metrics.events import EventHistoryReport, EventsReport
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.metrics.health import HealthReport, MlHealthReport, ModuleHealth
from ops_dashboard.domain.metrics.health_like import HealthLike
from ops_dashboard.domain.metrics.ingestion import (
    HeartbeatReport,
    IngestionHealthReport,
    IngestionWorkerReport,
    JobsReport,
)
from ops_dashboard.domain.metrics.models import ModelHealthReport
from ops_dashboard.domain.metrics.performance import PerformanceReport
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.product import (
    ENGAGEMENT,
    QUALITY,
    EngagementReport,
    RecommendationReport,
    of_range,
)
from ops_dashboard.domain.metrics.workers import WorkersReport
from ops_dashboard.domain.series.points import SPANS, Span

MODULE_HEALTH = "module_health"
OPENAPI = "openapi"
DB_POOL = "db_pool"
ROOT_HEALTH = "root_health"
ML_HEALTH = "ml_health"
INGESTION_HEALTH = "ingestion_health"


@dataclass(frozen=True, slots=True)
class Source:
    """One GET of the backend and how to treat it. Times in seconds."""

    name: str
    title: str
    path: str
    model: type[Report] | None
    """None for the OpenAPI document, which is read as capabilities."""
    auth: bool = True
    slow: bool = False
    """Expected to hold the backend up until measured otherwise: never two such calls at a time."""
    needs_connection: bool = False
    """The backend takes a connection of its database to answer: left out while those run short."""
    fast_lane: bool = False
    """Alert-critical: read again every second while it stays cheap."""
    at_least: float = 0.0
    """The least time between two calls, where the data changes more slowly than the refresh."""
    timeout: float | None = None
    """Longest wait for the whole answer; None: the general setting."""
    text: bool = False
    params: Mapping[str, str] = field(default_factory=dict)

    def is_answer(self, body: object) -> bool:
        """Whether the body of an HTTP error is this source's answer all the same, as health-like ones may be."""
        return self.model is not None and issubclass(self.model, HealthLike) and self.model.is_told_by(body)


SLOW_TIMEOUT = 20.0


def _of_range(name: str, title: str, model: type[Report], span: Span) -> Source:
    """A call that takes a time range. Both dialects' parameters are sent, each backend reads its own.

    Pharos counts in whole days, one at least.
    """
    days = max(1, SPANS[span] // 86_400)
    return Source(
        of_range(name, span),
        f"{title}, {span}",
        f"/api/monitoring/{name.replace('_', '-')}",
        model,
        needs_connection=name == ENGAGEMENT,
        params={"time_range": span, "time_window_days": str(days)},
    )


SOURCES: tuple[Source, ...] = (
    Source("performance", "Performance", "/api/monitoring/performance", PerformanceReport, fast_lane=True),
    Source(DB_POOL, "Connection pool", "/api/monitoring/db/pool", PoolReport, fast_lane=True),
    Source("events", "Event bus", "/api/monitoring/events", EventsReport),
    Source("cache", "Cache", "/api/monitoring/cache/stats", CacheReport),
    Source(
        "database",
        "Database",
        "/api/monitoring/database",
        DatabaseReport,
        needs_connection=True,
        timeout=SLOW_TIMEOUT,
    ),
    Source(
        "event_history",
        "Event history",
        "/api/monitoring/events/history",
        EventHistoryReport,
        params={"limit": "100"},
    ),
    Source(ROOT_HEALTH, "Contact", "/health", MlHealthReport, auth=False),
    Source(ML_HEALTH, "ML health", "/api/monitoring/health/ml", MlHealthReport, auth=False),
    Source("model_health", "ML models", "/api/monitoring/model-health", ModelHealthReport),
    *(_of_range(ENGAGEMENT, "User engagement", EngagementReport, span) for span in SPANS),
    *(_of_range(QUALITY, "Recommendation quality", RecommendationReport, span) for span in SPANS),
    Source(
        "ingestion_worker", "Edge worker status", "/api/v1/ingestion/worker/status", IngestionWorkerReport
    ),
    Source(
        "ingestion_heartbeat", "Edge worker heartbeat", "/api/v1/ingestion/health/worker", HeartbeatReport
    ),
    Source("jobs", "Ingestion jobs", "/api/v1/ingestion/jobs/history", JobsReport, params={"limit": "100"}),
    Source(
        INGESTION_HEALTH,
        "Ingestion health",
        "/api/v1/ingestion/health",
        IngestionHealthReport,
        needs_connection=True,
    ),
    Source("prometheus", "Process metrics", "/metrics", ProcessReport, text=True),
    Source(OPENAPI, "Capabilities", "/openapi.json", None, auth=False, at_least=600.0),
    Source(
        "health",
        "System health",
        "/api/monitoring/health",
        HealthReport,
        auth=False,
        slow=True,
        needs_connection=True,
        fast_lane=True,
        timeout=SLOW_TIMEOUT,
    ),
    Source(
        "workers",
        "Workers",
        "/api/monitoring/workers/status",
        WorkersReport,
        slow=True,
        fast_lane=True,
        timeout=SLOW_TIMEOUT,
    ),
)
"""Cheap calls first: their latencies are worth most while no slow call is under way."""


def module_source(module: str) -> Source:
    """The source of one module's own health call."""
    return Source(
        f"{MODULE_HEALTH}.{module}",
        f"Module {module}",
        f"/api/monitoring/health/module/{module}",
        ModuleHealth,
        auth=False,
    )


def with_check(source: Source, check: Check) -> Source:
    """The source of a module that has a health call of its own, which is likely to look into the database."""
    return replace(source, path=check.path, auth=check.auth, needs_connection=True)


def all_sources(modules: Iterable[str]) -> tuple[Source, ...]:
    """The table above, with one row for each watched module before the slow calls."""
    cheap = tuple(s for s in SOURCES if not s.slow)
    return cheap + tuple(map(module_source, modules)) + tuple(s for s in SOURCES if s.slow)
