"""The database and its connection pool."""

from typing import Annotated

from pydantic import PlainValidator

from ops_dashboard.domain.bounds import MOST_RANKED
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import list_of, map_of, messages
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Flag,
    Message,
    Moment,
    Name,
    Report,
    reported,
)
from ops_dashboard.domain.status import Status


class TableStats(Report):
    """One table: rows, and size in MB."""

    row_count: Amount = reported("row_count")
    size_mb: Amount = reported("size_mb")


class SlowQuery(Report):
    """One entry of the slow query log. Duration in ms."""

    query: Message = reported("query", "sql", "statement")
    duration_ms: Amount = reported("duration_ms", "duration")
    at: Moment = reported("at", "timestamp")


class PoolReport(Answer):
    """``/api/monitoring/db/pool``. Connections; utilization in percent.

    Pharos' ``utilization_percent`` is wrong by its own admission and is never read.
    """

    active: Amount = reported("active", "connection_pool.active", "pool.active", "pool.checked_out")
    idle: Amount = reported("idle", "connection_pool.idle", "pool.idle", "pool.checked_in")
    max: Amount = reported("max", "connection_pool.max", "pool.max", "pool.total_capacity")
    """The capacity: how many connections there can be at once."""
    available: Amount = reported(
        "connections_available", "connection_pool.connections_available", "pool.connections_available"
    )
    """Those that can be had now, whether open already or not."""
    utilization: Amount = reported(
        "utilization", "connection_pool.utilization", "pool.utilization", "pool.pool_usage_percent"
    )


class DatabaseReport(Answer):
    """``/api/monitoring/database``. Connections, ms, percent."""

    kind: Name = reported("database.type", "connection_pool.database_type")
    healthy: Flag = reported("database.healthy")
    message: Message = reported("database.health_message", "message", "error")
    active: Amount = reported("connection_pool.active", "connection_pool.checked_out")
    idle: Amount = reported("connection_pool.idle", "connection_pool.checked_in")
    max: Amount = reported("connection_pool.max", "connection_pool.total_capacity")
    available: Amount = reported("connection_pool.connections_available")
    utilization: Amount = reported("connection_pool.utilization", "connection_pool.pool_usage_percent")
    avg_query_time_ms: Amount = reported("query_performance.avg_query_time_ms")
    slow_queries: Amount = reported("query_performance.slow_queries")
    tables: Annotated[dict[str, TableStats] | None, PlainValidator(map_of(TableStats, most=MOST_RANKED))] = (
        reported("table_stats")
    )
    warnings: Annotated[list[str] | None, PlainValidator(messages)] = reported("warnings")
    slow_query_log: Annotated[list[SlowQuery] | None, PlainValidator(list_of(SlowQuery))] = reported(
        "slow_query_log", "query_performance.slow_query_log"
    )

    @property
    def health(self) -> Status | None:
        """Down when the backend cannot reach its database, whatever the call's own status; None if unsaid."""
        return Status.DOWN if self.healthy is False else self.status
