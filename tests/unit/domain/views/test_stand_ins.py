"""What stands in for a figure that is not reported, in which order, and how it is said."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.scrapes import ScrapeSummary
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.key_metrics import key_metrics
from ops_dashboard.domain.views.performance import performance_panel
from tests.snapshots import NOW, failing, read, snapshot

PROBES = ProbeSummary(calls=40, p50=10, p95=20.5, p99=30, error_rate=2.5)
SCRAPES = ScrapeSummary(
    requests=1_240,
    seconds=300,
    p50=40,
    p95=640,
    p99=10_000,
    beyond=(99,),
    request_rate=4.13,
    error_rate=6.5,
    with_status=1_000,
    has_histogram=True,
)
PROCESS = {"prometheus": "process_resident_memory_bytes 5\n"}


def shown(key: str, known: Snapshot) -> Figure:
    figures = (*key_metrics(known), *performance_panel(known).figures)
    return next(figure for figure in figures if figure.key == key)


def without_report(**changes: Any) -> Snapshot:
    return snapshot(PROCESS, [failing("performance")], probes=PROBES, **changes)


@pytest.mark.parametrize(
    ("key", "text", "tone"),
    [
        ("performance.p50", "40", ""),
        ("performance.p95", "640", "warn"),
        ("performance.request_rate", "4.13", ""),
        ("performance.error_rate", "6.5", "warn"),
    ],
)
def test_what_the_backend_counts_goes_before_what_own_calls_show(key: str, text: str, tone: str):
    figure = shown(key, without_report(scrapes=SCRAPES))
    assert (figure.display, figure.text, figure.origin, figure.tone) == ("value", text, "metrics", tone)
    assert figure.at == NOW and figure.every == 30 and figure.note == ""
    assert "/metrics" in figure.origin_note and "requests in the last 5 minutes." in figure.origin_note


def test_a_report_goes_before_both():
    known = snapshot(PROCESS | {"performance": {"error_rate": 1}}, probes=PROBES, scrapes=SCRAPES)
    assert shown("performance.error_rate", known).origin == "reported"
    assert shown("performance.p95", known).origin == "metrics", "each figure for itself"


def test_own_calls_never_stand_in():
    known = without_report(scrapes=replace(SCRAPES, p95=None, error_rate=None, request_rate=None))
    for key in ("p95", "error_rate", "request_rate"):
        assert shown(f"performance.{key}", known).display == "waiting"


def test_the_note_says_what_was_counted():
    known = without_report(scrapes=SCRAPES)
    assert shown("performance.p95", known).origin_note == (
        "From the request histogram of the backend's /metrics: 1,240 requests in the last 5 minutes."
    )
    assert shown("performance.error_rate", known).origin_note == (
        "From the statuses counted in the backend's /metrics, 5xx of 1,000 requests in the last 5 minutes."
    )
    counter = without_report(scrapes=ScrapeSummary(requests=30, request_rate=0.1))
    assert "the request counter of" in shown("performance.request_rate", counter).origin_note


def test_a_percentile_beyond_the_highest_bound_is_shown_as_a_least_one():
    figure = shown("performance.p99", without_report(scrapes=SCRAPES))
    assert (figure.text, figure.exact, figure.value) == ("≥ 10,000", "at least 10,000 ms", 10_000)
    assert "beyond the histogram's highest bound" in figure.origin_note


def test_own_calls_that_could_not_be_left_out_are_mentioned():
    known = without_report(scrapes=replace(SCRAPES, own_included=True))
    mentioned = "This dashboard's own calls are among them."
    assert mentioned in shown("performance.p95", known).origin_note
    assert mentioned not in shown("performance.error_rate", known).origin_note
    known = without_report(scrapes=replace(SCRAPES, own_with_status=True))
    assert mentioned in shown("performance.error_rate", known).origin_note


def test_what_was_counted_is_as_old_as_its_source():
    old = read("prometheus", PROCESS["prometheus"], failures=2, reason="failed")
    known = snapshot(states=[failing("performance"), old], scrapes=SCRAPES)
    assert (shown("performance.p95", known).display, shown("performance.p95", known).note) == (
        "stale",
        "failed",
    )
    lost = Contact(lost=True, since=NOW, reason="refused")
    assert shown("performance.p95", without_report(scrapes=SCRAPES, contact=lost)).display == "stale"
