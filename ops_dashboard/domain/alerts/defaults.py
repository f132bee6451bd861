"""The rules as they are until somebody changes them. Causes stand above what they explain."""

from dataclasses import replace

from ops_dashboard.domain.alerts.rule import Cause, Level, Rule
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.status import Status

_INFO, _WARNING, _CRITICAL = Severity.INFO, Severity.WARNING, Severity.CRITICAL
_DATABASE = (Cause("database_status", ("",)), Cause("component_status", ("database",)))
_REDIS = Cause("component_status", ("redis",))
_WORKERS = (Cause("workers_status"), Cause("component_status", ("celery", "workers")), _REDIS)
_NEEDS_DATABASE = ("database", "health", "user_engagement", "recommendation_quality", "jobs", "module_health")
"""The calls that need the database to be answered."""
_NEEDS_REDIS = ("workers", "cache", "ingestion_worker", "ingestion_heartbeat", "jobs", "ingestion_health")
_DOWN = {Status.DOWN: _CRITICAL}
_TROUBLED = {Status.DEGRADED: _WARNING, Status.DOWN: _CRITICAL}


def _levels(*, critical: tuple[float, float], warning: tuple[float, float]) -> tuple[Level, ...]:
    """Each as (threshold, clear level)."""
    return Level(_CRITICAL, *critical), Level(_WARNING, *warning)


def _only(severity: Severity, at: float, clear: float) -> tuple[Level, ...]:
    return (Level(severity, at, clear),)


# fmt: off
DEFAULT_RULES: tuple[Rule, ...] = (
    # The backend as a whole
    Rule("backend_unreachable", "Backend unreachable", "", "status", "The backend is unreachable",
         statuses=_DOWN, cleared="The backend answers again", hold_seconds=10, inhibits_all=True),
    Rule("backend_unreadable", "Backend unreadable", "", "status", "The backend answers, but nothing can be read",
         statuses=_DOWN, cleared="The backend can be read again", hold_seconds=10, inhibits_all=True),
    Rule("token_refused", "Token refused", "", "status", "{target}",
         statuses=_DOWN, cleared="The backend accepts the token again", hold_seconds=10),
    Rule("backend_restarted", "Backend restarted", "", "above", "{target}",
         levels=_only(_INFO, 0, 0), cleared="{target}", hold_seconds=0, on_every_chart=True),
    # Its parts
    Rule("component_status", "Component health", "modules.{target}.status", "status",
         "Component {target} is {value}", statuses=_TROUBLED),
    Rule("database_status", "Database health", "", "status", "The database is {value}",
         statuses=_TROUBLED, inhibited_by=(Cause("component_status", ("database",)),)),
    Rule("workers_status", "Worker health", "", "status", "Workers are {value}",
         statuses=_TROUBLED, inhibited_by=(Cause("component_status", ("celery", "workers")), _REDIS)),
    Rule("module_status", "Module health", "modules.{target}.status", "status",
         "Module {target} is {value}", statuses=_TROUBLED,
         inhibited_by=(*_DATABASE, replace(_REDIS, effects=("cache", "ingestion", "workers")))),
    # What users feel
    Rule("error_rate", "Error rate", "performance.error_rate", "above", "Error rate is {value}", unit="%",
         levels=_levels(warning=(5, 4), critical=(10, 8)), minimum_traffic=20),
    Rule("response_time", "Response time p95", "performance.p95", "above", "Response time p95 is {value}",
         unit="ms", levels=_levels(warning=(500, 400), critical=(1000, 800)), minimum_traffic=100),
    Rule("module_response_time", "Slow module", "modules.{target}.response_time_ms", "above",
         "Module {target} answers in {value}", unit="ms", levels=_only(_WARNING, 500, 400),
         inhibited_by=(Cause("module_status"), *_DATABASE)),
    # What stands behind it
    Rule("worker_queue", "Worker queue", "workers.queue_length", "above", "Worker queue holds {value}",
         unit="tasks", levels=_levels(warning=(100, 80), critical=(200, 160)),
         inhibited_by=_WORKERS),
    Rule("db_pool", "DB pool in use", "db_pool.utilization", "above", "DB pool is {value} in use", unit="%",
         levels=_levels(warning=(80, 75), critical=(95, 90)),
         inhibited_by=_DATABASE),
    Rule("cache_hit_rate", "Cache hit rate", "cache.hit_rate", "below", "Cache hit rate is {value}", unit="%",
         levels=_only(_INFO, 50, 55), minimum_traffic=20, inhibited_by=(_REDIS,)),
    Rule("event_latency", "Event latency p95", "events.p95", "above", "Event latency p95 is {value}", unit="ms",
         levels=_only(_INFO, 1, 0.8)),
    Rule("failed_deliveries", "Failed deliveries", "events.failed", "rise", "Failed deliveries rose by {value}",
         levels=_only(_WARNING, 0, 0), cleared="No more failed deliveries", hold_seconds=300),
    # ML models
    Rule("model_not_loaded", "Model not loaded", "", "status", "Model {target} is not loaded",
         statuses=_DOWN, cleared="Model {target} is loaded"),
    Rule("model_error_rate", "Model errors", "", "above",
         "Error rate of model {target} is {value}", unit="%",
         levels=_levels(warning=(5, 4), critical=(10, 8)), inhibited_by=(Cause("model_not_loaded"),)),
    # Ingestion
    Rule("ingestion_worker", "Ingestion worker silent", "", "status",
         "The ingestion worker is {value}", statuses=_TROUBLED, inhibited_by=(_REDIS,)),
    Rule("jobs_failed", "Ingestion jobs failed", "", "above",
         "Ingestion jobs failed in the last hour: {value}", levels=_only(_WARNING, 0, 0),
         cleared="No failed ingestion job in the last hour", inhibited_by=(_REDIS, *_DATABASE)),
    Rule("job_stuck", "Ingestion job stuck", "", "above",
         "The longest-running ingestion job takes {value}", unit="duration",
         levels=_only(_WARNING, 1800, 1800), cleared="No ingestion job is stuck any more",
         inhibited_by=(Cause("ingestion_worker"), _REDIS, *_DATABASE)),
    # Reading it
    Rule("source_failing", "No data from a source", "", "above", "{target} cannot be read for {value}",
         unit="duration", levels=(Level(_WARNING, 300, 0), Level(_INFO, 0, 0)),
         cleared="{target} can be read again", names_all=True,
         inhibited_by=(
             Cause("module_status"),
             *(replace(cause, effects=_NEEDS_DATABASE) for cause in _DATABASE),
             replace(_REDIS, effects=_NEEDS_REDIS),
             Cause("workers_status", ("",), ("workers",)),
             Cause("ingestion_worker", ("",), ("ingestion_worker", "ingestion_heartbeat")),
         )),
)
# fmt: on
