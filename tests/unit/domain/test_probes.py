import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.probes import FEWEST, Probe, ProbeWindow, percentile


def window(*probes: Probe) -> ProbeWindow:
    filled = ProbeWindow()
    for probe in probes:
        filled.add(probe)
    return filled


def test_percentiles_come_from_clean_successes_alone():
    probes = [Probe(float(n), 0.010, failed=False, clean=True) for n in range(FEWEST)]
    probes += [Probe(100.0, 9.0, failed=False, clean=False), Probe(100.0, 9.0, failed=True, clean=True)]
    summary = window(*probes).summary(100.0)
    assert (summary.p50, summary.p99) == (10.0, 10.0)


def test_too_few_calls_make_no_percentile_and_no_rate():
    summary = window(*[Probe(1.0, 0.01, failed=False, clean=True)] * (FEWEST - 1)).summary(2.0)
    assert (summary.calls, summary.timed, summary.p95, summary.error_rate) == (99, 99, None, None)


def test_the_error_rate_is_the_share_of_failed_calls():
    probes = [Probe(1.0, 0.01, failed=n < 10, clean=True) for n in range(100)]
    assert window(*probes).summary(1.0).error_rate == 10.0


def test_calls_that_an_outage_took_are_left_out():
    probes = [Probe(float(n), 0.01, failed=False, clean=True, source="cache") for n in range(100)]
    probes += [Probe(100.0 + n, 5.0, failed=True, clean=False, source="cache") for n in range(3)]
    filled = window(Probe(0.0, 0.01, failed=True, clean=False, source="cache"), *probes)
    filled.forget_failures(100.0)
    assert filled.summary(103.0).error_rate == pytest.approx(100 / 101), "the one before it stays"


def test_a_source_that_always_fails_is_left_out():
    probes = [Probe(float(n), 0.01, failed=False, clean=True, source="cache") for n in range(100)]
    broken = [Probe(100.0, 0.01, failed=True, clean=False, source=f"broken {n}") for n in range(2)]
    summary = window(*probes, *broken).summary(101.0)
    assert (summary.calls, summary.error_rate) == (100, 0.0)


def test_old_probes_leave_the_window():
    assert window(Probe(0.0, 1.0, failed=True, clean=True)).summary(301.0).calls == 0


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        percentile([], 50)


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=1), st.floats(min_value=0, max_value=100))
def test_a_percentile_is_one_of_the_values(values: list[float], percent: float):
    assert percentile(sorted(values), percent) in values
