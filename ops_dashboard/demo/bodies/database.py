"""The database: its pool, its queries, its tables."""

from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.shaping import shaped
from ops_dashboard.demo.simulation import Simulation

_SLOW_SHOWN = 25
_TABLES = {
    # name: (rows at boot, rows added per hour, bytes per row)
    "resources": (184_220, 36.0, 2_900),
    "resource_chunks": (2_410_500, 470.0, 1_750),
    "embeddings": (2_398_100, 465.0, 3_200),
    "annotations": (61_940, 14.0, 640),
    "collections": (3_180, 0.7, 410),
    "collection_resources": (48_770, 11.0, 96),
    "citations": (512_300, 88.0, 220),
    "graph_entities": (398_640, 71.0, 380),
    "graph_relationships": (1_204_900, 240.0, 190),
    "quality_scores": (184_010, 36.0, 310),
    "users": (2_214, 0.3, 720),
    "event_log": (5_822_400, 12_400.0, 460),
}
_QUERIES = (
    "SELECT r.* FROM resources r JOIN resource_chunks c USING (resource_id) WHERE c.tsv @@ to_tsquery($1)",
    "SELECT chunk_id, 1 - (vector <=> $1) AS score FROM embeddings ORDER BY vector <=> $1 LIMIT 50",
    "SELECT source_id, target_id FROM graph_relationships WHERE source_id = ANY($1)",
    "SELECT count(*) FROM event_log WHERE created_at > now() - interval '1 day'",
    "UPDATE quality_scores SET score = $1, computed_at = now() WHERE resource_id = $2",
    "SELECT type, count(*) FROM citations GROUP BY type",
)


def database(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Pool and tables, and the newest queries above 100 ms, oldest first."""
    del asked
    now = simulation.readings(simulation.now)
    return {
        "timestamp": iso(simulation.now),
        "connection_pool": {
            "active": now.pool_active,
            "idle": now.pool_idle,
            "max": now.pool_max,
            "utilization": round(now.pool_utilization, 1),
        },
        "query_performance": {
            "avg_query_time_ms": round(now.avg_query_ms, 2),
            "slow_queries": simulation.counted("slow queries"),
        },
        "table_stats": _tables((simulation.now - simulation.boot) / 3_600.0),
        "slow_query_log": _slow_queries(simulation),
    }


def db_pool(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """The pool alone, as the database call reports it."""
    del asked
    pool = shaped(simulation, "database", database(simulation, Asked())).get("connection_pool")
    return (
        {**pool, "timestamp": iso(simulation.now)}
        if isinstance(pool, dict)
        else {"timestamp": iso(simulation.now)}
    )


def _tables(hours: float) -> dict[str, dict[str, float]]:
    return {
        name: {
            "row_count": int(rows + per_hour * hours),
            "size_mb": round((rows + per_hour * hours) * row_bytes / 1e6, 1),
        }
        for name, (rows, per_hour, row_bytes) in _TABLES.items()
    }


def _slow_queries(simulation: Simulation) -> list[dict[str, Any]]:
    draw = simulation.noise.uniform
    return [
        {
            "query": _QUERIES[int(draw("slow/query", number) * len(_QUERIES))],
            "duration_ms": round(
                100.0 + 90.0 * draw("slow/ms", number) / (1.05 - draw("slow/tail", number)), 1
            ),
            "at": iso(at),
        }
        for at, number in simulation.counters.last("slow queries", simulation.now, _SLOW_SHOWN)
    ]
