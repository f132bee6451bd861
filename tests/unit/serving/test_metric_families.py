"""The metrics about the dashboard: true, by the conventions, and silent on what is not known."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from prometheus_client.metrics_core import Metric

from ops_dashboard import __version__
from ops_dashboard.domain.snapshot import SourceState
from ops_dashboard.monitor.vitals import Vitals
from ops_dashboard.serving.metric_families import PREFIX, Dropped, metric_families
from tests.snapshots import NOW, snapshot
from tests.unit.serving.own_vitals import DROPPED, KNOWN, STARTED

FAMILIES = list(metric_families(KNOWN, DROPPED))
BASE_UNITS = ("_seconds", "_bytes")


def values(vitals: Vitals, name: str, dropped: Dropped = DROPPED) -> dict[tuple[str, ...], float]:
    """The samples of one metric by the values of its labels."""
    return {
        tuple(sample.labels.values()): sample.value
        for family in metric_families(vitals, dropped)
        for sample in family.samples
        if sample.name == PREFIX + name
    }


def about(state: SourceState) -> Vitals:
    return replace(KNOWN, snapshot=snapshot(states=[state]))


@pytest.mark.parametrize(
    ("name", "samples"),
    [
        ("build_info", {(__version__,): 1.0}),
        ("start_time_seconds", {(): NOW - 100.0}),
        ("last_refresh_timestamp_seconds", {(): NOW}),
        ("last_refresh_duration_seconds", {(): 1.5}),
        ("backend_requests_total", {("GET",): 18.0, ("POST",): 2.0}),
        ("source_last_success_timestamp_seconds", {("performance",): NOW - 3.0}),
        ("source_latency_seconds", {("performance",): 0.25}),
        ("tabs", {(): 3.0}),
        ("actions_total", {("acknowledge", "done"): 2.0, ("log_in", "refused"): 40.0}),
        ("audit_rows_waiting", {(): 5.0}),
        ("database_unsaved", {(): 1.0}),
        ("history_series", {(): 121.0}),
        ("history_bytes", {(): 3_098_212.0}),
        ("events_dropped_total", {("refused",): 4.0, ("malformed",): 3.0, ("flood",): 900.0}),
    ],
)
def test_each_says_what_is_known(name: str, samples: Mapping[tuple[str, ...], float]) -> None:
    assert values(KNOWN, name) == samples


def test_reads_and_failures_of_every_source_begin_at_nought() -> None:
    reads, failures = (values(KNOWN, f"source_{name}_total") for name in ("reads", "failures"))
    assert reads.keys() == failures.keys() == {(name,) for name in KNOWN.snapshot.sources}
    assert (reads["performance",], reads["cache",], reads["health",]) == (7.0, 5.0, 0.0)
    assert (failures["performance",], failures["cache",], failures["health",]) == (0.0, 5.0, 0.0)


def test_every_severity_and_handling_is_counted_once_alerts_are_known() -> None:
    counted = values(KNOWN, "alerts_open")
    assert len(counted) == 12
    assert counted["critical", "acknowledged"] == 2.0
    assert sum(counted.values()) == 2.0
    assert values(KNOWN, "incidents_opened_total") == {("info",): 0.0, ("warning",): 0.0, ("critical",): 4.0}


@pytest.mark.parametrize(
    ("source", "state"), [("performance", "closed"), ("cache", "open"), ("workers", "half-open")]
)
def test_a_circuit_is_in_one_of_three_states(source: str, state: str) -> None:
    of_it = {one: value for (name, one), value in values(KNOWN, "source_circuit").items() if name == source}
    assert of_it == {"closed": 0.0, "open": 0.0, "half-open": 0.0, state: 1.0}


def test_a_source_that_is_not_read_has_no_circuit() -> None:
    assert values(about(SourceState("cache", "Cache")), "source_circuit") == {}
    spared = SourceState("cache", "Cache", reads=5, circuit="open", spared="nobody looks")
    assert values(about(spared), "source_circuit") == {}


def test_a_source_that_never_answered_has_no_success_and_no_latency() -> None:
    state = SourceState("cache", "Cache", reads=2, failed_reads=2, failures=2, last_attempt=NOW)
    for name in ("source_last_success_timestamp_seconds", "source_latency_seconds"):
        assert values(about(state), name) == {}


@pytest.mark.parametrize(
    "name",
    [
        "last_refresh_timestamp_seconds",
        "last_refresh_duration_seconds",
        "source_reads_total",
        "source_latency_seconds",
        "alerts_open",
        "database_unsaved",
    ],
)
def test_what_is_not_known_yet_is_absent(name: str) -> None:
    assert values(STARTED, name) == {}


def test_what_is_nought_is_told_as_nought() -> None:
    assert values(STARTED, "tabs") == {(): 0.0}
    assert values(replace(KNOWN, unsaved=False), "database_unsaved") == {(): 0.0}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_names_follow_the_conventions(family: Metric) -> None:
    assert family.samples, "everything is known"
    assert family.documentation.endswith(".")
    for sample in family.samples:
        assert re.fullmatch(r"ops_dashboard(_[a-z]+)+", sample.name)
        assert sample.name.endswith("_total") == (family.type == "counter")
        is_measured = "seconds" in sample.name or "bytes" in sample.name
        assert not is_measured or sample.name.endswith(BASE_UNITS)
