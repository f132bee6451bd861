"""Workers: each of them in either dialect, silence, and a rate where only totals are told."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.domain.views.table import table_rows
from ops_dashboard.domain.views.workers import WORKERS, WorkersPanel
from ops_dashboard.monitor.history import History
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, page, snapshot

GOOD = demo_bodies()
AT = 1_795_000_000.0


def panel(**bodies: Any) -> WorkersPanel:
    return page(bodies).workers


def rows(body: Any) -> list[dict[str, Any]]:
    names = [column.key for column in WORKERS.columns]
    return [dict(zip(names, row, strict=True)) for row in table_rows(WORKERS, snapshot({"workers": body}))]


def test_listed_workers_are_shown_as_they_are_told():
    first, *others = rows(GOOD["workers"])
    assert (first["worker"], first["status"], len(others)) == ("worker-1", "healthy", 3)
    assert first["heartbeat"] is not None


def test_a_worker_without_a_heartbeat_for_long_is_silent_and_named():
    listed = [
        {"name": f"w{n}", "status": "online", "last_heartbeat": AT - age}
        for n, age in enumerate((3, 61, 412))
    ]
    body = {"timestamp": AT, "workers": listed}
    assert [row["status"] for row in rows(body)] == [
        "healthy",
        "silent for 1 min 1 s",
        "silent for 6 min 52 s",
    ]
    assert panel(workers=body).message == "No heartbeat for over 1 min: w1, w2."


def test_of_many_silent_workers_three_are_named():
    body = {"timestamp": AT, "workers": [{"name": f"w{n}", "last_heartbeat": AT - 100} for n in range(200)]}
    assert panel(workers=body).message == "No heartbeat for over 1 min: w0, w1, w2 and 197 more."
    assert panel(workers=body).workers.count == 200


@pytest.mark.parametrize("worker", [{}, {"last_heartbeat": "never"}, {"last_heartbeat": AT + 500}])
def test_silence_is_not_made_up(worker: dict[str, Any]):
    body = {"timestamp": AT, "workers": [worker]}
    assert (rows(body)[0]["status"], panel(workers=body).message) == (None, "")


def test_the_other_dialect_tells_tasks_uptime_prefetch_and_memory_of_each():
    ((row,),) = [rows(recorded("all-up-busy", "workers"))]
    assert (row["worker"], row["status"], row["active"]) == ("worker1@vm", "answers", 0)
    assert (row["begun"], row["uptime"], row["prefetch"]) == (13, 132, 4)
    assert row["peak_memory"] == pytest.approx(105624 / 1024)
    assert (row["processed"], row["memory"]) == (None, None), "neither is told"


def test_accepted_tasks_do_not_count_as_done():
    shown = panel(workers=recorded("all-up-busy", "workers"))
    accepted = next(f for f in shown.figures if f.key == "workers.processed_total")
    assert (accepted.label, accepted.value) == ("Tasks started (failures not reported)", 13)
    assert "whether their tasks succeed is not reported" in shown.message
    assert [line.label for line in shown.charts[1].lines] == ["tasks started"]
    assert "not reported" not in panel(**GOOD).message


def test_the_oldest_task_of_a_worker_is_the_one_it_began_first():
    body = recorded("all-up-busy", "workers")
    tasks = [{"name": "a", "time_start": AT - 9}, {"name": "b", "time_start": AT - 90}, "odd", {"name": "c"}]
    body = {**body, "workers": {**body["workers"], "active_tasks": {"worker1@vm": tasks}}}
    assert (rows(body)[0]["active"], rows(body)[0]["oldest"]) == (4, AT - 90)


def test_no_dialect_counts_as_a_surprise():
    assert snapshot({"workers": GOOD["workers"]}).sources["workers"].surprises == 0
    assert snapshot({"workers": recorded("all-up-busy", "workers")}).sources["workers"].surprises == 0


@pytest.mark.parametrize("body", [{"workers": "none"}, {"workers": [7, None]}, {"workers": {"stats": []}}])
def test_odd_workers_lose_nothing_else(body: dict[str, Any]):
    shown = panel(workers={"active_workers": 2, **body})
    assert next(f for f in shown.figures if f.key == "workers.active_workers").value == 2


def _seen(done: int, at: float) -> Any:
    body = {"workers": {"worker_count": 1, "stats": {"w": {"total": {"t": done}}}}}
    known = snapshot({"workers": body}, at=at)
    sources = {**known.sources}
    sources["workers"] = replace(sources["workers"], received_at=at, interval=30.0)
    return replace(known, sources=sources)


def test_a_rate_that_is_not_reported_follows_from_the_tasks_done():
    history, shown, rates = History(), PageView(), []
    for turn, done in enumerate((100, 160)):
        at = NOW + 30 * turn
        shown = history.remember(page_view(_seen(done, at), shown), at)
        rates += [f for f in shown.workers.figures if f.key == "workers.processing_rate"]
    first, rate = rates
    assert first.display == "not_reported"
    assert (rate.display, rate.value, rate.unit, rate.origin) == ("value", 2, "/s", "derived")
    assert [line.key for line in shown.workers.charts[1].lines] == ["workers.processed_total.rate"]


def test_the_charts_hold_the_queue_against_its_threshold():
    queue, *_ = panel(**GOOD).charts
    assert [line.label for line in queue.thresholds] == ["warning 100 tasks"]
