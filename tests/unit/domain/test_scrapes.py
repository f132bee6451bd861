from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.metrics.request_counts import RequestCounts, Tally
from ops_dashboard.domain.metrics.request_labels import Labels
from ops_dashboard.domain.probes import WINDOW_SECONDS
from ops_dashboard.domain.scrapes import ScrapeSummary, ScrapeWindow

OK: Labels = (("status", "200"),)
FAILED: Labels = (("status", "500"),)
EDGES = (100.0, 1_000.0)


def counted(ok: float, failed: float = 0, *, began: float | None = 1.0, fast: float = 0.5) -> RequestCounts:
    """A reading in which the share ``fast`` took up to 100 ms, and all of them up to a second."""
    tally = Tally("http_request_duration_seconds", {OK: ok, FAILED: failed}, own_included=False)
    total = ok + failed
    return RequestCounts(tally, tally, EDGES, (fast * total, total), began)


def window(*readings: tuple[float, RequestCounts]) -> ScrapeWindow:
    filled = ScrapeWindow()
    for at, counts in readings:
        filled.add(at, counts)
    return filled


def test_rates_and_percentiles_come_from_what_was_counted_in_between():
    summary = window((0, counted(1_000)), (30, counted(1_100)), (60, counted(1_285, 15))).summary(60)
    assert (summary.requests, summary.seconds, summary.request_rate) == (300, 60, 5)
    assert summary.error_rate == 5
    assert summary.p50 == 100 and summary.p95 == pytest.approx(910)
    assert summary.beyond == () and summary.has_histogram


def test_one_reading_tells_nothing():
    assert window((0, counted(1_000))).summary(0) == ScrapeSummary()
    assert ScrapeWindow().summary(0) == ScrapeSummary()


@pytest.mark.parametrize(
    ("requests", "percentiles", "errors"),
    [(0, False, False), (19, False, False), (20, True, False), (99, True, False), (100, True, True)],
)
def test_few_requests_make_a_rate_but_no_percentile_and_no_error_rate(
    requests: int, percentiles: bool, errors: bool
):
    summary = window((0, counted(7)), (10, counted(7 + requests))).summary(10)
    assert summary.request_rate == requests / 10
    assert [p is not None for p in (summary.p50, summary.p95, summary.p99)] == [percentiles] * 3
    assert (summary.error_rate is not None) is errors


def test_what_lies_beyond_the_last_bound_is_said_to():
    slow = replace(counted(100), buckets=(50.0, 96.0))
    summary = window((0, replace(counted(0), buckets=(0.0, 0.0))), (10, slow)).summary(10)
    assert (summary.p99, summary.beyond) == (1_000, (99,))
    assert summary.p95 is not None and summary.p95 < 1_000


def test_a_restart_is_a_gap_and_never_negative():
    readings = [(0, counted(1_000)), (30, counted(1_300)), (60, counted(5)), (90, counted(305))]
    summary = window(*readings).summary(90)
    assert (summary.requests, summary.seconds, summary.request_rate) == (600, 60, 10)


def test_a_restart_that_the_counters_do_not_show_is_known_by_the_start_of_the_process():
    summary = window((0, counted(10, began=1)), (30, counted(5_000, began=25))).summary(30)
    assert summary == ScrapeSummary()


@pytest.mark.parametrize(
    ("began", "requests"),
    [(1_015.0, 500), (1_000.0, 500), (999.0, 0), (-5_000.0, 0), (1_040.0, 0), (None, 0)],
)
def test_failures_right_after_a_restart_count(began: float | None, requests: int):
    filled = ScrapeWindow()
    filled.add(100, counted(10_000, 3, began=1), 1_000)
    filled.add(130, counted(300, 200, began=began), 1_030)
    summary = filled.summary(130)
    assert (summary.requests, summary.error_rate) == (requests, 40 if requests else None)
    filled.add(160, counted(400, 200, began=began), 1_060)
    assert filled.summary(160).requests == requests + 100


@pytest.mark.parametrize("told", [True, False], ids=["starts told", "starts not told"])
def test_processes_that_answer_in_turn_are_each_followed_alone(told: bool):
    first, second = (1.0, 2.0) if told else (None, None)
    readings = [
        (0, counted(9_000, began=first)),
        (30, counted(400, began=second)),
        (60, counted(9_090, 10, began=first)),
        (90, counted(490, 10, began=second)),
    ]
    summary = window(*readings).summary(90)
    assert (summary.requests, summary.error_rate) == (200, 10)
    assert summary.request_rate is None, "how many processes there are is not known"
    assert summary.seconds == 90


def test_a_label_set_that_vanished_is_a_gap():
    gone = RequestCounts(Tally("m", {OK: 90.0}, False), None)
    there = RequestCounts(Tally("m", {OK: 80.0, FAILED: 1.0}, False), None)
    assert window((0, there), (30, gone)).summary(30) == ScrapeSummary()
    assert window((0, there), (30, gone), (60, replace(gone))).summary(60).requests == 0


def test_steps_that_began_before_the_window_are_left_out():
    filled = window((0, counted(0)), (100, counted(50)), (200, counted(70)))
    assert filled.summary(WINDOW_SECONDS).requests == 70
    assert filled.summary(WINDOW_SECONDS + 1).requests == 20
    assert filled.summary(200 + WINDOW_SECONDS) == ScrapeSummary()


def test_across_a_long_silence_nothing_is_counted():
    late = WINDOW_SECONDS + 1
    assert window((0, counted(0)), (late, counted(900))).summary(late) == ScrapeSummary()


def test_readings_of_one_moment_count_once():
    readings = [(0, counted(0)), (30, counted(60)), (30, counted(90)), (20, counted(99))]
    summary = window(*readings).summary(30)
    assert (summary.requests, summary.request_rate) == (60, 2)


def test_after_a_change_of_the_metric_only_the_new_one_counts():
    other = Tally("other_request_duration_seconds", {OK: 0.0}, own_included=True)
    readings = [
        (0, counted(0)),
        (30, counted(900)),
        (60, RequestCounts(other, None)),
        (90, RequestCounts(replace(other, counts={OK: 30.0}), None)),
    ]
    summary = window(*readings).summary(90)
    assert (summary.requests, summary.request_rate, summary.p95) == (30, 1, None)
    assert summary.own_included and not summary.has_histogram


READINGS = st.lists(
    st.tuples(
        st.floats(0.5, 100),
        st.integers(0, 400),
        st.integers(0, 400),
        st.floats(0, 1),
        st.sampled_from([None, 1.0, 2.0]),
    ),
    max_size=25,
)


@given(READINGS)
def test_whatever_the_counters_do_nothing_is_negative_or_out_of_order(
    readings: list[tuple[float, int, int, float, float | None]],
):
    filled, at = ScrapeWindow(), 0.0
    for seconds, ok, failed, fast, began in readings:
        at += seconds
        filled.add(at, counted(ok, failed, began=began, fast=fast))
        told = filled.summary(at)
        assert told.requests >= 0 and 0 <= told.seconds <= WINDOW_SECONDS
        assert told.request_rate is None or told.request_rate >= 0
        assert told.error_rate is None or 0 <= told.error_rate <= 100
        if told.p50 is not None:
            assert told.p95 is not None and told.p99 is not None
            assert 0 <= told.p50 <= told.p95 + 1e-9 <= told.p99 + 2e-9 <= EDGES[-1] + 2e-9


@given(
    st.lists(st.tuples(st.floats(1, 25), st.integers(0, 500), st.integers(0, 50)), min_size=1, max_size=12)
)
def test_of_one_process_every_request_counts_once(steps: list[tuple[float, int, int]]):
    filled, at, ok, failed = window((0, counted(3, 4))), 0.0, 3, 4
    for seconds, more, worse in steps:
        at, ok, failed = at + seconds, ok + more, failed + worse
        filled.add(at, counted(ok, failed))
    told = filled.summary(at)
    assert told.requests == ok + failed - 7
    assert told.seconds == pytest.approx(at) and told.request_rate == pytest.approx(told.requests / at)
