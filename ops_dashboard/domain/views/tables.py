"""Every table of the page, by its key."""

from ops_dashboard.domain.views.cache import CACHE_KEYS
from ops_dashboard.domain.views.database import DATABASE_TABLES, SLOW_QUERIES
from ops_dashboard.domain.views.embeddings import EMBEDDING_RUNS
from ops_dashboard.domain.views.events import EVENT_TYPES, EVENTS
from ops_dashboard.domain.views.job_history import JOBS
from ops_dashboard.domain.views.model_scores import AB_TESTS, SCORES
from ops_dashboard.domain.views.models import MODELS_TABLE
from ops_dashboard.domain.views.table import TableSpec
from ops_dashboard.domain.views.workers import WORKERS

TABLES: dict[str, TableSpec] = {
    spec.key: spec
    for spec in (
        DATABASE_TABLES,
        SLOW_QUERIES,
        CACHE_KEYS,
        EVENTS,
        EVENT_TYPES,
        WORKERS,
        MODELS_TABLE,
        SCORES,
        AB_TESTS,
        JOBS,
        EMBEDDING_RUNS,
    )
}
