"""The database: the pool and its parts, slow queries, tables, the backend's own warnings."""

from typing import Any

import pytest

from ops_dashboard.domain.bounds import MOST_WARNINGS
from ops_dashboard.domain.views.database import DATABASE_TABLES, SLOW_QUERIES, DatabasePanel
from ops_dashboard.domain.views.table import table_rows
from tests.bodies import demo_bodies, recorded
from tests.snapshots import page, snapshot

GOOD = demo_bodies()


def panel(**bodies: Any) -> DatabasePanel:
    return page(bodies).database


def parts(shown: DatabasePanel) -> list[tuple[str, float]]:
    return [(part.label, part.value) for part in shown.pool.parts]


def test_the_pool_is_what_is_in_use_idle_and_still_free():
    assert parts(panel(db_pool={"active": 12, "idle": 5, "max": 20})) == [
        ("active", 12),
        ("idle", 5),
        ("not opened", 3),
    ]


@pytest.mark.parametrize(
    ("pool", "shown"),
    [
        ({"active": 12}, [("active", 12)]),
        ({"active": 0, "idle": 0, "max": 0}, [("active", 0), ("idle", 0)]),
        ({"active": 25, "idle": 5, "max": 20}, [("active", 25), ("idle", 5)]),
        ({"idle": 5, "max": 20}, []),
    ],
)
def test_only_what_is_reported_is_a_part(pool: Any, shown: list[tuple[str, float]]):
    assert parts(panel(db_pool=pool)) == shown


def test_capacity_and_available_connections_are_told_apart():
    for name, available in (("all-up-idle", 9), ("all-up-busy", 10)):
        by_label = {f.label: f.value for f in panel(db_pool=recorded(name, "db_pool")).figures}
        assert (by_label["Pool capacity"], by_label["Available"]) == (10, available)
    assert "Available" not in {f.label for f in panel(db_pool={"active": 1, "max": 20}).figures}


@pytest.mark.parametrize(("used", "look"), [(50, "c1"), (85, "warn"), (97, "crit")])
def test_a_pool_that_runs_out_is_drawn_as_a_warning(used: int, look: str):
    pool = {"active": used, "idle": 0, "max": 100, "utilization": used}
    assert panel(db_pool=pool).pool.parts[0].look == look


def test_the_pool_of_the_other_dialect_is_read_and_its_wrong_percentage_is_not():
    pool = {**recorded("all-up-busy", "db_pool")}
    pool["pool"] = {
        **pool["pool"],
        "checked_out": 9,
        "checked_in": 1,
        "pool_usage_percent": 90,
        "utilization_percent": 15,
    }
    shown = panel(db_pool=pool)
    assert parts(shown) == [("active", 9), ("idle", 1)]
    assert shown.figures[0].value == 90


def test_the_database_call_stands_in_where_the_pool_s_own_is_away():
    assert parts(panel(database={"connection_pool": {"active": 1, "idle": 2, "max": 4}}))[:2] == [
        ("active", 1),
        ("idle", 2),
    ]


def test_slow_queries_are_listed_as_they_are_told():
    log = [
        {"query": "SELECT '<b>'", "duration_ms": 180, "timestamp": "2026-11-23T08:00:00Z"},
        {"duration_ms": "bad"},
        7,
    ]
    rows = table_rows(SLOW_QUERIES, snapshot({"database": {"slow_query_log": log}}))
    assert list(rows) == [("SELECT '<b>'", 180, 1_795_420_800.0), (None, None, None), (None, None, None)]


def test_five_hundred_tables_are_all_listed():
    stats = {f"t{n}": {"row_count": n, "size_mb": n / 2} for n in range(500)}
    shown = panel(database={"table_stats": stats})
    assert shown.tables.count == 500
    assert len(table_rows(DATABASE_TABLES, snapshot({"database": {"table_stats": stats}}))) == 500


@pytest.mark.parametrize(
    ("warnings", "shown"),
    [
        ([], ()),
        (None, ()),
        (["Pool nearly full", "x\ny"], ("Pool nearly full", "x y")),
        ([{"message": "Replica lags"}, {"level": 3}, 7, ""], ("Replica lags",)),
        ("one text", ("one text",)),
        (["w"] * 1_000, ("w",) * MOST_WARNINGS),
    ],
)
def test_what_the_backend_warns_of_is_passed_on(warnings: Any, shown: tuple[str, ...]):
    assert panel(database={"warnings": warnings, "query_performance": {"slow_queries": 1}}).warnings == shown


def test_the_charts_hold_the_pool_against_both_of_its_thresholds():
    pool, queries = panel(**GOOD).charts
    assert [line.label for line in pool.thresholds] == ["warning 80 %", "critical 95 %"]
    assert [line.key for line in (*pool.lines, *queries.lines)] == [
        "db_pool.utilization",
        "database.avg_query_time_ms",
    ]


def test_nothing_read_is_nothing_said():
    shown = panel()
    assert (shown.pool.parts, shown.pool.display, shown.warnings) == ((), "waiting", ())
    assert {shown.tables.display, shown.slow_queries.display} == {"waiting"}
