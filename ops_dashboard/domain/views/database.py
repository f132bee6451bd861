"""Database: the connection pool, query times, tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ops_dashboard.domain.bounds import cut
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.database import DatabaseReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED
from ops_dashboard.domain.views.breakdown import Amount, Breakdown, Look, breakdown
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.key_metrics import POOL, pool_in_use
from ops_dashboard.domain.views.panels import extended, figures, panel, size
from ops_dashboard.domain.views.specs import Spec, figure
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view


def _unread(report: DatabaseReport) -> str:
    """Why no sum can be told of the tables."""
    read, total = len(report.tables or ()), total_of(report.tables or ())
    return f"{cut(read, total)} tables are read, too few for a sum." if read < total else ""


_LOOKS: dict[str, Look] = {"warn": "warn", "crit": "crit"}
_POOL = (
    Spec("database.active", "Active connections", "db_pool", lambda r: r.active),
    Spec("database.idle", "Idle connections", "db_pool", lambda r: r.idle),
    Spec("database.max", "Pool capacity", "db_pool", lambda r: r.max),
)
_AVAILABLE = Spec("database.available", "Available", "db_pool", lambda r: r.available)
_QUERIES = (
    Spec("database.avg_query_time_ms", "Average query", "database", lambda r: r.avg_query_time_ms, "ms"),
    Spec("database.slow_queries", "Slow queries > 100 ms", "database", lambda r: r.slow_queries),
    Spec("database.tables", "Tables", "database", lambda r: size(r.tables)),
    Spec(
        "database.rows",
        "Rows in all",
        "database",
        lambda r: _total(r, "row_count"),
        derived="Over all tables.",
        meaningless=_unread,
    ),
    Spec(
        "database.size",
        "Size in all",
        "database",
        lambda r: _total(r, "size_mb"),
        "MB",
        derived="Over all tables.",
        meaningless=_unread,
    ),
)


def _table_rows(report: DatabaseReport) -> Sequence[tuple[Cell, ...]] | None:
    tables = report.tables
    return None if tables is None else [(name, t.row_count, t.size_mb) for name, t in tables.items()]


DATABASE_TABLES = TableSpec(
    "database_tables",
    "Tables",
    "database",
    (
        Column("table", "Table"),
        Column("rows", "Rows", "number", "count"),
        Column("size_mb", "Size", "number", "MB"),
    ),
    _table_rows,
    entries=lambda report: report.tables,
    sort="size_mb",
    empty="The database has no tables.",
)


def _slow_rows(report: DatabaseReport) -> Sequence[tuple[Cell, ...]] | None:
    log = report.slow_query_log
    return None if log is None else [(each.query, each.duration_ms, each.at) for each in log]


SLOW_QUERIES = TableSpec(
    "slow_queries",
    "Slow query log",
    "database",
    (
        Column("query", "Query", "code"),
        Column("duration_ms", "Duration", "number", "ms"),
        Column("at", "Time", "moment"),
    ),
    _slow_rows,
    entries=lambda report: report.slow_query_log,
    sort="at",
    empty="No query took longer than 100 ms lately.",
)


@dataclass(frozen=True, slots=True)
class DatabasePanel(Panel):
    """The pool and its parts, the tables with their rows and sizes, the slow queries."""

    pool: Breakdown = Breakdown("Connection pool")
    tables: TableView = TableView(DATABASE_TABLES.key, DATABASE_TABLES.title)
    slow_queries: TableView = TableView(SLOW_QUERIES.key, SLOW_QUERIES.title)
    warnings: tuple[str, ...] = ()
    """What the backend itself warns of."""
    more_warnings: int = 0


def database_panel(snapshot: Snapshot) -> DatabasePanel:
    """The pool from its own call (else the database's), and what the database's call adds."""
    report = snapshot.report("database", DatabaseReport)
    in_use, pool = pool_in_use(snapshot), tuple(_pool_figure(spec, snapshot) for spec in _POOL)
    available = _pool_figure(_AVAILABLE, snapshot)
    queries = figures(_QUERIES, snapshot)
    plain = panel(
        "database",
        "Database",
        snapshot,
        "database",
        (in_use, *pool, *([available] if available.text else []), *queries),
        status=report.health if report else None,
        message=(report.message or "") if report and report.health in TROUBLED else "",
    )
    warnings = tuple(report.warnings or ()) if report else ()
    limits = {name: level for name, level in (("warning", POOL.warn), ("critical", POOL.crit)) if level}
    return extended(
        DatabasePanel,
        replace(
            plain,
            charts=(
                chart("pool", "Pool in use", "%", {"in use": in_use}, limits),
                chart("query_time", "Query time", "ms", {"average": queries[0]}),
            ),
        ),
        pool=_pool(_LOOKS.get(in_use.tone, "c1"), *pool),
        tables=table_view(DATABASE_TABLES, snapshot),
        slow_queries=table_view(SLOW_QUERIES, snapshot),
        warnings=warnings,
        more_warnings=(total_of(report.warnings or ()) if report else 0) - len(warnings),
    )


def _pool(look: Look, active: Figure, idle: Figure, most: Figure) -> Breakdown:
    """The connections in use, those open but idle, and those not opened yet; the latter two are available."""
    title = "Connection pool"
    if active.value is None:
        return Breakdown(title, display=active.display, note=active.note)
    amounts = [Amount("active", "active", active.value, look)]
    if idle.value is not None:
        amounts.append(Amount("idle", "idle", idle.value, "c3"))
    left = (most.value or 0.0) - active.value - (idle.value or 0.0)
    if left > 0:
        amounts.append(Amount("free", "not opened", left, "rest"))
    return breakdown(title, amounts, "count", display=active.display, note=active.note)


def _pool_figure(spec: Spec, snapshot: Snapshot) -> Figure:
    own = figure(spec, snapshot)
    return own if own.text else figure(replace(spec, source="database"), snapshot)


def _total(report: DatabaseReport, field: str) -> float | None:
    values = [getattr(table, field) for table in (report.tables or {}).values()]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
