"""The marks of charts: each belongs to a series that is drawn."""

import pytest

from ops_dashboard.domain.alerts.marks import EVERY_CHART, IncidentMark
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.anomaly_log import Episode
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.chart_marks import marks_of

P95 = "performance.p95"
EPISODE = Episode(P95, 100.0, 0.0, "812 ms, usual 205")
INCIDENT = IncidentMark(P95, Severity.CRITICAL, 200.0, 260.0, "Response time p95 is 1,200 ms (> 1,000 ms)")


def test_an_anomaly_marks_its_own_series_alone():
    assert marks_of([P95, f"{P95}@observed"], [EPISODE], []) == (
        Mark(P95, 100.0, 0.0, "812 ms, usual 205", "anomaly"),
    )


@pytest.mark.parametrize("key", [P95, f"{P95}@observed", f"{P95}@metrics", f"{P95}.rate"])
def test_an_incident_marks_its_figure_s_series_whatever_their_origin(key: str):
    assert marks_of([key], [], [INCIDENT]) == (Mark(key, 200.0, 260.0, INCIDENT.label, "critical"),)


def test_an_incident_marks_every_series_of_its_figure_that_is_drawn():
    found = marks_of([P95, f"{P95}@observed", "performance.p50"], [], [INCIDENT])
    assert {mark.key for mark in found} == {P95, f"{P95}@observed"}


@pytest.mark.parametrize("severity", Severity)
def test_its_kind_is_its_severity(severity: Severity):
    (mark,) = marks_of([P95], [], [IncidentMark(P95, severity, 1.0, 0.0, "")])
    assert mark.kind == severity.value


@pytest.mark.parametrize("keys", [[], ["performance.p50"], ["performance.p95.x"], [""]])
def test_what_belongs_to_another_series_is_left_out(keys: list[str]):
    assert marks_of(keys, [EPISODE], [INCIDENT]) == ()


def test_an_incident_about_no_number_marks_nothing():
    assert marks_of([P95], [], [IncidentMark("", Severity.CRITICAL, 1.0, 0.0, "It is down")]) == ()


@pytest.mark.parametrize("key", [P95, "cache.hit_rate", "events.emitted.rate"])
def test_each_restart_marks_every_chart(key: str):
    labels = [mark.label for mark in marks_of([key], [], [], [300.0, 312.0])]
    assert labels == ["Backend restarted at 00:05:00 UTC", "Backend restarted at 00:05:12 UTC"]


def test_a_restart_before_this_process_is_known_as_an_incident():
    told = [
        IncidentMark(EVERY_CHART, Severity.INFO, at, at + 90, "Backend restarted") for at in (100.0, 300.0)
    ]
    assert [mark.at for mark in marks_of([P95], [], told, [295.0])] == [295.0, 100.0]
    assert [mark.at for mark in marks_of([P95], [], told)] == [100.0, 300.0]


def test_anomalies_and_incidents_stand_side_by_side():
    assert [mark.kind for mark in marks_of([P95], [EPISODE], [INCIDENT])] == ["anomaly", "critical"]
