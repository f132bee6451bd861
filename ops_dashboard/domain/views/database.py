"""Database: the connection pool, query times, tables."""

from dataclasses import replace

from ops_dashboard.domain.metrics.database import DatabaseReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.key_metrics import pool_in_use
from ops_dashboard.domain.views.panels import figures, panel, size
from ops_dashboard.domain.views.specs import Spec, figure

_POOL = (
    Spec("database.active", "Active connections", "db_pool", lambda r: r.active),
    Spec("database.idle", "Idle connections", "db_pool", lambda r: r.idle),
    Spec("database.max", "Most connections", "db_pool", lambda r: r.max),
)
_QUERIES = (
    Spec("database.avg_query_time_ms", "Average query", "database", lambda r: r.avg_query_time_ms, "ms"),
    Spec("database.slow_queries", "Slow queries > 100 ms", "database", lambda r: r.slow_queries),
    Spec(
        "database.slow_query_log",
        "Slow query log",
        "database",
        lambda r: size(r.slow_query_log),
    ),
    Spec("database.tables", "Tables", "database", lambda r: size(r.tables)),
    Spec(
        "database.rows",
        "Rows in all",
        "database",
        lambda r: _total(r, "row_count"),
        derived="Over all tables.",
    ),
    Spec(
        "database.size",
        "Size in all",
        "database",
        lambda r: _total(r, "size_mb"),
        "MB",
        derived="Over all tables.",
    ),
)


def database_panel(snapshot: Snapshot) -> Panel:
    """The pool from its own call (else the database's), and what the database's call adds."""
    report = snapshot.report("database", DatabaseReport)
    return panel(
        "database",
        "Database",
        snapshot,
        "database",
        (pool_in_use(snapshot), *(_pool_figure(s, snapshot) for s in _POOL), *figures(_QUERIES, snapshot)),
        status=report.health if report else None,
        message=(report.message or "") if report and report.health in TROUBLED else "",
    )


def _pool_figure(spec: Spec, snapshot: Snapshot) -> Figure:
    own = figure(spec, snapshot)
    return own if own.text else figure(replace(spec, source="database"), snapshot)


def _total(report: DatabaseReport, field: str) -> float | None:
    values = [getattr(table, field) for table in (report.tables or {}).values()]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
