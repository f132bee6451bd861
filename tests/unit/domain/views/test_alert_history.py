from dataclasses import replace
from typing import get_args

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.event import EventKind
from ops_dashboard.domain.alerts.history import IncidentDetail, IncidentRow, TransitionRow
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.alert_history import HistoryRow, history_rows, incident_view

OVER = IncidentRow(
    id=7,
    rule_id="error_rate",
    target="",
    title="Error rate",
    message="Error rate is 12 % (> 10 %)",
    severity=Severity.WARNING,
    worst=Severity.CRITICAL,
    opened_at=1_000.0,
    acknowledged_at=1_030.0,
    acknowledged_by="ana",
    note="re-index running",
    resolved_at=1_725.0,
    duration=725.0,
    peak=12.0,
    handled=Handled.ACKNOWLEDGED,
)
OPEN = replace(OVER, acknowledged_at=None, acknowledged_by="", note="", resolved_at=None, duration=None)


def row(incident: IncidentRow) -> HistoryRow:
    (made,) = history_rows([incident], DEFAULT_RULES)
    return made


def test_a_row_shows_the_worst_that_it_came_to() -> None:
    shown = row(OVER)
    assert (shown.id, shown.severity, shown.severity_word, shown.worst) == (7, "critical", "Critical", "12 %")
    assert (shown.message, shown.source) == (OVER.message, "Performance")


def test_what_is_over_says_for_how_long_it_lasted() -> None:
    shown = row(OVER)
    assert (shown.state, shown.state_word, shown.lasted) == ("resolved", "Resolved", "12 min 5 s")
    assert shown.resolved_at == 1_725.0


def test_what_was_over_before_its_end_was_seen_claims_no_duration() -> None:
    assert row(replace(OVER, duration=None)).lasted == ""


def test_what_is_open_says_how_it_is_handled() -> None:
    states = {handled: row(replace(OPEN, handled=handled)).state_word for handled in Handled}
    assert states == {
        Handled.NEW: "Open",
        Handled.ACKNOWLEDGED: "Acknowledged",
        Handled.SNOOZED: "Snoozed",
        Handled.DISMISSED: "Dismissed",
    }
    assert (row(OPEN).resolved_at, row(OPEN).acknowledged_at, row(OPEN).lasted) == (0.0, 0.0, "")


def test_a_status_has_no_worst_value_beside_its_severity() -> None:
    assert row(replace(OVER, rule_id="module_status", target="search", peak=Status.DOWN)).worst == ""
    assert row(replace(OVER, peak=None)).worst == ""


def test_an_incident_of_a_rule_that_is_gone_is_still_told() -> None:
    shown = row(replace(OVER, rule_id="gone", target="search"))
    assert (shown.subject, shown.worst, shown.source) == ("Error rate search", "12", "search")


def test_the_detail_tells_what_happened_in_words() -> None:
    happened = tuple(
        TransitionRow(1_000.0 + n, kind, "ana", "why", Severity.WARNING, "text", 0.0)
        for n, kind in enumerate(get_args(EventKind))
    )
    shown = incident_view(IncidentDetail(OVER, happened, earlier=3), DEFAULT_RULES)
    assert (shown.row, shown.earlier) == (row(OVER), 3)
    words = [one.word for one in shown.happenings]
    assert words[:2] == ["Opened", "Got worse"]
    assert len(set(words)) == len(words), "each kind has a word of its own"
    assert not any("_" in word for word in words)


def test_a_note_that_was_taken_away_is_called_so() -> None:
    happened = tuple(
        TransitionRow(1.0, "noted", "ana", note, Severity.WARNING, "", 0.0) for note in ("restarted", "")
    )
    shown = incident_view(IncidentDetail(OVER, happened, earlier=0), DEFAULT_RULES)
    assert [one.word for one in shown.happenings] == ["Note changed", "Note removed"]
