"""Every call the demo backend offers, in one table: the routes and ``/openapi.json`` are made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.bodies.cache import cache, cache_clear
from ops_dashboard.demo.bodies.database import database, db_pool
from ops_dashboard.demo.bodies.embeddings import sparse_generate, sparse_job
from ops_dashboard.demo.bodies.events import event_history, events
from ops_dashboard.demo.bodies.health import health, module_health, root_health
from ops_dashboard.demo.bodies.ingestion import (
    ingest,
    ingestion_health,
    ingestion_heartbeat,
    ingestion_worker,
    job_cancel,
    job_retry,
    jobs,
)
from ops_dashboard.demo.bodies.models import ml_health, model_health
from ops_dashboard.demo.bodies.performance import performance
from ops_dashboard.demo.bodies.product import recommendation_quality, user_engagement
from ops_dashboard.demo.bodies.workers import workers
from ops_dashboard.demo.exposition import prometheus
from ops_dashboard.demo.openapi import document
from ops_dashboard.demo.simulation import Simulation

Answers = Callable[[Simulation, Asked], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``public`` ones need no token; ``query`` names its query parameters."""

    name: str
    method: str
    path: str
    answers: Answers
    public: bool = False
    query: tuple[str, ...] = ()
    status: int = 200

    @property
    def is_json(self) -> bool:
        """Whether it answers with JSON, so that values can be put into its body."""
        return self.answers is not prometheus


_MONITORING = "/api/monitoring"
_INGESTION = "/api/v1/ingestion"
_EMBEDDINGS = "/admin/sparse-embeddings"
_RANGE = ("time_range", "time_window_days")


def _openapi(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """The description of everything in this table."""
    del simulation, asked
    return document(CALLS)


CALLS = (
    Call("root_health", "GET", "/health", root_health, public=True),
    Call("health", "GET", f"{_MONITORING}/health", health, public=True),
    Call("ml_health", "GET", f"{_MONITORING}/health/ml", ml_health, public=True),
    Call("module_health", "GET", f"{_MONITORING}/health/module/{{module_name}}", module_health, public=True),
    Call("model_health", "GET", f"{_MONITORING}/model-health", model_health),
    Call("performance", "GET", f"{_MONITORING}/performance", performance),
    Call(
        "recommendation_quality",
        "GET",
        f"{_MONITORING}/recommendation-quality",
        recommendation_quality,
        query=_RANGE,
    ),
    Call("user_engagement", "GET", f"{_MONITORING}/user-engagement", user_engagement, query=_RANGE),
    Call("database", "GET", f"{_MONITORING}/database", database),
    Call("db_pool", "GET", f"{_MONITORING}/db/pool", db_pool),
    Call("events", "GET", f"{_MONITORING}/events", events),
    Call("event_history", "GET", f"{_MONITORING}/events/history", event_history, query=("limit",)),
    Call("cache", "GET", f"{_MONITORING}/cache/stats", cache),
    Call("cache_clear", "POST", f"{_MONITORING}/cache/clear", cache_clear),
    Call("workers", "GET", f"{_MONITORING}/workers/status", workers),
    Call("ingest", "POST", f"{_INGESTION}/ingest/{{repo_url:path}}", ingest),
    Call("ingestion_worker", "GET", f"{_INGESTION}/worker/status", ingestion_worker),
    Call("ingestion_heartbeat", "GET", f"{_INGESTION}/health/worker", ingestion_heartbeat),
    Call("ingestion_health", "GET", f"{_INGESTION}/health", ingestion_health),
    Call("jobs", "GET", f"{_INGESTION}/jobs/history", jobs, query=("limit",)),
    Call("job_cancel", "POST", f"{_INGESTION}/jobs/{{job_id}}/cancel", job_cancel),
    Call("job_retry", "POST", f"{_INGESTION}/jobs/{{job_id}}/retry", job_retry),
    Call("sparse_generate", "POST", f"{_EMBEDDINGS}/generate", sparse_generate, status=202),
    Call("sparse_job", "GET", f"{_EMBEDDINGS}/jobs/{{job_id}}", sparse_job),
    Call("prometheus", "GET", "/metrics", prometheus),
    Call("openapi", "GET", "/openapi.json", _openapi, public=True),
)
BY_NAME = {call.name: call for call in CALLS}
