"""Where single figures come from: fallbacks and what is computed here, always labelled as such."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.backend.capabilities import read_capabilities
from ops_dashboard.backend.features import offers
from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.scrapes import ScrapeSummary
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.page import PageView, page_view
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, page, read, snapshot
from tests.traceable import figures

GOOD = demo_bodies()
PROBES = ProbeSummary(calls=40, p50=10, p95=20.5, p99=30, error_rate=2.5)


def shown(key: str, bodies: dict[str, Any], **changes: Any) -> Figure:
    return next(f for f in figures(page(bodies, **changes)) if f.key == key)


def facts(figure: Figure) -> tuple[str, str, str]:
    return figure.display, figure.text, figure.origin


def test_a_healthy_standard_backend_is_reported_throughout() -> None:
    made_here = {f.key for f in figures(page(GOOD, probes=PROBES)) if f.origin != "reported"}
    sums = {"database.rows", "database.size", "process.observed_requests"}
    assert made_here == sums | {f"jobs.{s}" for s in ("pending", "processing", "completed", "failed")}


@pytest.mark.parametrize(
    ("key", "beneath"),
    [("performance.p95", "own calls p95 20.5 ms"), ("performance.error_rate", "own calls failing 2.5 %")],
)
def test_own_calls_stand_beneath_what_users_lack(key: str, beneath: str) -> None:
    absent = shown(key, {"performance": {}}, probes=PROBES)
    assert (*facts(absent), absent.aside, absent.tone) == ("not_reported", "", "reported", beneath, "")
    failed = shown(key, {}, states=[failing("performance")], probes=PROBES)
    assert (failed.display, failed.aside) == ("waiting", beneath)
    assert shown(key, {"performance": {}}).aside == "", "too few own calls"
    assert shown(key, GOOD, probes=PROBES).aside == ""


@pytest.mark.parametrize(
    ("key", "label", "text"),
    [("own_calls.p95", "Own calls p95", "20.5"), ("own_calls.failing", "Own calls failing", "2.5")],
)
def test_own_calls_are_titled_as_what_they_are(key: str, label: str, text: str) -> None:
    own = shown(key, {"performance": {}}, probes=PROBES)
    assert (*facts(own), own.label) == ("value", text, "observed", label)
    assert "own calls in the last 5 minutes" in own.origin_note
    few = shown(key, {"performance": {}}, probes=ProbeSummary(calls=41, timed=41))
    assert (few.display, few.note) == ("waiting", "Too few calls yet: 41 of 100.")


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("performance.p99", "Too few requests: 19 of 20 in the last 5 minutes."),
        ("performance.error_rate", "Too few requests: 19 of 100 in the last 5 minutes."),
    ],
)
def test_too_few_requests_are_not_unreported(key: str, note: str) -> None:
    counted = (
        'http_request_duration_seconds_bucket{status="200",le="1"} 30\n'
        'http_request_duration_seconds_bucket{status="200",le="+Inf"} 30\n'
    )
    scrapes = ScrapeSummary(requests=19, with_status=19, seconds=60, has_histogram=True)
    few = shown(key, {"performance": {}, "prometheus": counted}, scrapes=scrapes)
    assert (few.display, few.note) == ("waiting", note)


def test_a_report_goes_before_what_was_observed_even_when_it_is_stale() -> None:
    stale = read("performance", {"error_rate": 1}, failures=2)
    assert facts(shown("performance.error_rate", {}, states=[stale], probes=PROBES)) == (
        "stale",
        "1",
        "reported",
    )


def test_own_calls_grow_old_when_contact_is_lost() -> None:
    lost = Contact(lost=True, since=NOW, reason="refused")
    known = page({"performance": {}}, contact=lost, probes=PROBES)
    own = {f.key: f for f in known.performance.figures}["own_calls.p95"]
    assert (own.display, own.text, known.key_metrics[0].aside) == ("stale", "20.5", "")


def test_own_calls_say_nothing_while_users_figures_are_unknown() -> None:
    lost = Contact(lost=True, since=NOW, reason="refused")
    stale = failing("performance")
    figures_ = page({}, states=[stale], contact=lost, probes=PROBES).performance.figures
    assert all(not f.key.startswith("own_calls") for f in figures_), "nothing is measured then"


def test_uptime_is_reported_else_derived_from_the_process_start() -> None:
    process = {"prometheus": f"process_start_time_seconds {NOW - 7_200}\n"}
    assert shown("performance.uptime_seconds", GOOD | process).origin == "reported"
    derived = shown("performance.uptime_seconds", {"performance": {}} | process)
    assert facts(derived) == ("value", "2", "derived") and derived.unit == "h"
    assert shown("performance.uptime_seconds", {"performance": {}}).display == "not_reported"


@pytest.mark.parametrize(
    ("bodies", "text", "origin"),
    [
        (
            {"db_pool": {"utilization": 50}, "database": {"connection_pool": {"utilization": 9}}},
            "50",
            "reported",
        ),
        ({"db_pool": {}, "database": {"connection_pool": {"utilization": 9}}}, "9", "reported"),
        ({"db_pool": {"active": 3, "max": 12}}, "25", "derived"),
        ({"db_pool": {"active": 3, "max": 0}}, "", "reported"),
        ({"db_pool": {"pool": {"utilization_percent": 1.67}}}, "", "reported"),
    ],
)
def test_the_pool_in_use(bodies: dict[str, Any], text: str, origin: str) -> None:
    figure = shown("db_pool.utilization", bodies)
    assert (figure.text, figure.origin) == (text, origin)


@pytest.mark.parametrize(
    ("stats", "hits", "misses"),
    [
        (
            {"hit_rate_percent": 75, "total_requests": 8},
            ("value", "75", "reported"),
            ("value", "25", "derived"),
        ),
        (
            {"hit_rate_percent": 0, "total_requests": 0},
            ("waiting", "", "reported"),
            ("waiting", "", "reported"),
        ),
        ({"hit_rate_percent": 0}, ("value", "0", "reported"), ("not_reported", "", "reported")),
        ({"total_requests": 8}, ("not_reported", "", "reported"), ("not_reported", "", "reported")),
    ],
)
def test_misses_are_what_is_left_of_the_hits_once_there_were_requests(
    stats: dict[str, Any], hits: tuple[str, str, str], misses: tuple[str, str, str]
) -> None:
    bodies = {"cache": {"status": "ok", "cache_stats": stats}}
    assert facts(shown("cache.hit_rate", bodies)) == hits
    assert facts(shown("cache.miss_rate", bodies))[:2] == misses[:2]


def test_reported_misses_are_never_replaced() -> None:
    assert facts(shown("cache.miss_rate", {"cache": {"hit_rate": 60, "miss_rate": 30}})) == (
        "value",
        "30",
        "reported",
    )


@pytest.mark.parametrize(
    ("value", "tone"), [(4.9, ""), (5, ""), (5.1, "warn"), (10, "warn"), (10.1, "crit"), (100, "crit")]
)
def test_a_figure_is_marked_beyond_its_threshold(value: float, tone: str) -> None:
    assert shown("performance.error_rate", {"performance": {"error_rate": value}}).tone == tone


def test_a_sum_over_tables_of_which_one_is_unknown_is_not_reported() -> None:
    tables = {"a": {"row_count": 5, "size_mb": 1}, "b": {"row_count": -1, "size_mb": 2}}
    bodies = {"database": {"table_stats": tables}}
    assert facts(shown("database.size", bodies)) == ("value", "3", "derived")
    assert shown("database.rows", bodies).display == "not_reported"
    assert facts(shown("database.tables", bodies))[:2] == ("value", "2")


def test_tasks_done_are_not_summed_when_a_worker_does_not_tell() -> None:
    def keys(total: object) -> set[str]:
        stats = {"w1": {"total": {"t": 5}}, "w2": {"total": total}}
        return {f.key for f in figures(page({"workers": {"workers": {"stats": stats}}}))}

    assert "workers.processed_total" in keys({"t": 1})
    assert "workers.processed_total" not in keys({"t": "x"}) | keys(None)


JOBS = [{"job_id": n, "status": s} for n, s in enumerate(["complete", "COMPLETED", "failed", "skipped"])]


@pytest.mark.parametrize(
    ("jobs", "label", "counts"),
    [
        ([], "Pending", ("0", "0", "0", "0")),
        (JOBS, "Pending", ("0", "0", "2", "1")),
        ([*JOBS, *[{"status": "pending", "repo_url": "unknown"}] * 3], "Pending", ("0", "0", "2", "1")),
        ([*JOBS, None], "Pending", ("0", "0", "2", "1")),
    ],
)
def test_jobs_are_counted_by_status(jobs: list[Any], label: str, counts: tuple[str, ...]) -> None:
    states = ("pending", "processing", "completed", "failed")
    seen = [shown(f"jobs.{state}", {"jobs": jobs}) for state in states]
    assert tuple(f.text for f in seen) == counts and seen[0].label == label
    assert {f.origin for f in seen} == {"derived"}


@pytest.mark.parametrize("name", ["unknown", "Unknown", "", None])
def test_jobs_without_any_name_are_not_counted(name: str | None) -> None:
    bodies = {"jobs": [{"status": "pending", "repo_url": name, "timestamp": NOW - n} for n in range(9)]}
    seen = page(bodies).ingestion
    pending = next(f for f in seen.figures if f.key == "jobs.pending")
    assert (pending.display, pending.value) == ("not_reported", None)
    assert pending.note == "The job history names no repository, so that its entries cannot be counted."
    assert (seen.jobs.queue.display, seen.jobs.queue.parts) == ("not_reported", ())
    assert (len(seen.jobs.rows), seen.jobs.display) == (9, "value")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ({"loaded": True, "inference_time_ms": 17.19}, ("value", "17.2", "ms", "")),
        ({"loaded": True}, ("not_reported", "", "", "")),
        ({"loaded": False, "inference_time_ms": 17.19}, ("value", "not loaded", "", "")),
        ({"inference_time_ms": 17.19}, ("value", "17.2", "ms", "")),
        ({"memory_mb": 3}, ("not_reported", "", "", "")),
        (None, ("not_reported", "", "", "")),
    ],
)
def test_a_model(model: object, expected: tuple[str, ...]) -> None:
    figure = shown("models.embedding", {"model_health": {"models": {"embedding": model}}})
    assert (figure.display, figure.text, figure.unit, figure.tone) == expected


def test_a_panel_takes_over_a_bad_word_of_its_answer_but_not_a_good_one() -> None:
    bad = page({"events": {"status": "error", "error": "bus gone"}}).events
    assert (bad.status, bad.message) == ("down", "bus gone")
    assert page({"events": {"status": "ok", "events_emitted": 1}}).events.status == ""


def test_what_sparse_embeddings_can_do_follows_from_the_description() -> None:
    def generation(description: object) -> Figure:
        known = snapshot(offers=offers(read_capabilities(description)))
        return page_view(known, PageView()).embeddings.figures[0]

    path = "/admin/sparse-embeddings/generate"
    assert generation({"paths": {path: {"post": {}}}}).text == "available"
    assert generation({"paths": {"/": {"get": {}}}}).display == "not_reported"
    assert generation({}).display == "waiting"


def test_own_calls_have_no_reason_of_another_source() -> None:
    own = shown("own_calls.p95", {}, states=[replace(failing("performance"), failures=3)], probes=PROBES)
    assert own.note == ""
