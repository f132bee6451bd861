"""Looking at database, cache and workers: the parts of a whole, and each thing by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.tables import DataTable

AT = 1_795_000_000


@pytest.mark.criterion("7.4.1", "7.4.2", "7.4.4", "7.4.5")
def test_the_pool_has_parts_and_a_past_and_slow_queries_are_text(demo: Demo, watch: Watch) -> None:
    query = "SELECT '<img src=x onerror=alert(1)>' " + "-- long " * 100
    pool = {"active": 17, "idle": 1, "max": 20, "utilization": 85}
    demo.set(
        {
            "db_pool": pool,
            "database.connection_pool": pool,
            "database.warnings": ["The pool is <b>nearly</b> full"],
            "database.slow_query_log": [{"query": query, "duration_ms": 412, "timestamp": AT}],
        }
    )
    ops = watch()
    region = ops.region("Database")
    parts = region.get_by_role("group", name="Connection pool").get_by_role("listitem")
    expect(parts).to_have_text(["active17", "idle1", "not opened2"])
    widths = region.locator("[data-part]").evaluate_all("parts => parts.map(part => part.style.width)")
    assert widths == ["85%", "5%", "10%"]
    expect(region.get_by_role("list", name="Warnings of the backend")).to_have_text(
        "The pool is <b>nearly</b> full"
    )
    expect(Chart(region, "Pool in use").drawn().caption).to_contain_text("Warning 80 %, critical 95 %")
    expect(Chart(region, "Query time").figure).to_be_visible()
    table = DataTable(region, "Slow query log").loaded()
    expect(table.names.first).to_contain_text("SELECT '<img src=x onerror=alert(1)>'")
    expect(table.table.get_by_role("row").nth(1)).to_contain_text("412 ms")


@pytest.mark.criterion("7.6.1", "7.6.2", "7.6.3", "7.6.4")
def test_the_cache_is_shown_by_hits_and_misses_size_evictions_and_keys(ops: OpsPage) -> None:
    region = ops.region("Cache")
    parts = region.get_by_role("group", name="Hits and misses").get_by_role("listitem")
    expect(parts.first).to_contain_text(re.compile(r"hits[\d.]+ %"))
    expect(parts.last).to_contain_text(re.compile(r"misses[\d.]+ %"))
    for title in ("Hit rate", "Size", "Evictions"):
        Chart(region, title).drawn()
    DataTable(region, "Top keys").loaded()


@pytest.mark.thorough
@pytest.mark.criterion("7.6.1")
def test_a_cache_that_was_never_asked_has_no_ratio(demo: Demo, watch: Watch) -> None:
    demo.set(
        {"cache": {"cache_stats": {"hit_rate_percent": 0.0, "hits": 0, "misses": 0, "total_requests": 0}}}
    )
    ops = watch()
    ratio = ops.region("Cache").get_by_role("group", name="Hits and misses")
    expect(ratio).to_have_text("No requests yet.")
    expect(ratio).to_have_attribute("data-display", "waiting")


@pytest.mark.thorough
@pytest.mark.criterion("7.7.1", "7.7.2", "7.7.3", "7.7.4", "7.7.5")
def test_workers_are_shown_together_and_one_by_one_and_silent_ones_are_named(
    demo: Demo, watch: Watch
) -> None:
    workers = [
        {
            "name": f"worker-{n}",
            "status": "online",
            "active_tasks": n,
            "processed": 10 * n,
            "last_heartbeat": AT - 100 * n,
        }
        for n in range(3)
    ]
    demo.set({"workers.workers": workers, "workers.timestamp": AT})
    ops = watch()
    region = ops.region("Workers")
    for key in ("active_workers", "queue_length", "processing_rate", "failed_tasks"):
        expect(ops.figure(f"workers.{key}", "Workers")).to_have_attribute("data-display", "value")
    expect(region.get_by_text("No heartbeat for over 1 min: worker-1, worker-2.")).to_be_visible()
    table = DataTable(region, "Each worker").loaded()
    expect(table.names).to_have_text(["worker-0", "worker-1", "worker-2"])
    expect(table.cells("worker-2").first).to_have_text("silent for 3 min 20 s")
    expect(Chart(region, "Queue length").drawn().caption).to_contain_text("Warning 100 tasks")
