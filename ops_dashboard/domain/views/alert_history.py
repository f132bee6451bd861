"""Alert history: past and present incidents as a table, and one of them with all that happened to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ops_dashboard.domain.alerts.event import EventKind
from ops_dashboard.domain.alerts.history import IncidentDetail, IncidentRow, TransitionRow
from ops_dashboard.domain.alerts.message import levels, said
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import duration
from ops_dashboard.domain.views.alert_places import source_of, target_words
from ops_dashboard.domain.views.alert_rows import key_text

_HAPPENED: dict[EventKind, str] = {
    "opened": "Opened",
    "escalated": "Got worse",
    "deescalated": "Eased",
    "resolved": "Resolved",
    "announced": "Announced",
    "flapping_started": "Began to flap",
    "flapping_ended": "Stopped flapping",
    "acknowledged": "Acknowledged",
    "noted": "Note changed",
    "ack_expired": "Acknowledgement expired",
    "snoozed": "Snoozed",
    "unsnoozed": "Snooze ended",
    "dismissed": "Dismissed until resolved",
    "restored": "Dismissal undone",
}
_NOTE_REMOVED = "Note removed"
_RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One incident. Moments are unix seconds, 0 for never; ``severity`` is the worst it reached."""

    id: int = 0
    key: str = ""
    """As :func:`~ops_dashboard.domain.views.alert_rows.key_text` writes it."""
    subject: str = ""
    severity: str = ""
    severity_word: str = ""
    message: str = ""
    source: str = ""
    state: str = ""
    """ "resolved", or a :class:`~ops_dashboard.domain.alerts.state.Handled` value while it is open."""
    state_word: str = ""
    opened_at: float = 0.0
    acknowledged_at: float = 0.0
    acknowledged_by: str = ""
    note: str = ""
    resolved_at: float = 0.0
    lasted: str = ""
    """For how long it was open; empty while it is."""
    worst: str = ""
    """The worst value; empty for a status, which the severity tells."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to an incident. Moments are unix seconds, 0 for none."""

    at: float
    kind: str
    word: str
    severity: str
    severity_word: str
    text: str = ""
    by: str = ""
    note: str = ""
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident and what happened to it, oldest first. Without an id there is none."""

    row: HistoryRow = HistoryRow()
    happenings: tuple[Happening, ...] = ()
    earlier: int = 0
    """How many came before these and are left out."""


def history_rows(incidents: Iterable[IncidentRow], rules: Sequence[Rule]) -> tuple[HistoryRow, ...]:
    """The incidents as rows, in their order; ``rules`` tell the units of the values."""
    known = {rule.id: rule for rule in rules}
    return tuple(_row(incident, known.get(incident.rule_id)) for incident in incidents)


def incident_view(detail: IncidentDetail, rules: Sequence[Rule]) -> IncidentView:
    """One incident in full."""
    (row,) = history_rows([detail.row], rules)
    return IncidentView(row, tuple(map(_happening, detail.transitions)), detail.earlier)


def _row(incident: IncidentRow, rule: Rule | None) -> HistoryRow:
    state = _RESOLVED if incident.resolved_at else incident.handled.value
    key = Key(incident.rule_id, incident.target)
    return HistoryRow(
        id=incident.id,
        key=key_text(key),
        subject=f"{incident.title} {target_words(key)}".strip(),
        severity=incident.worst.value,
        severity_word=incident.worst.word,
        message=incident.message,
        source=source_of(key),
        state=state,
        state_word="Open" if state == Handled.NEW else state.capitalize(),
        opened_at=incident.opened_at,
        acknowledged_at=incident.acknowledged_at or 0.0,
        acknowledged_by=incident.acknowledged_by,
        note=incident.note,
        resolved_at=incident.resolved_at or 0.0,
        lasted="" if incident.duration is None else duration(incident.duration),
        worst=_worst(incident, rule),
    )


def _worst(incident: IncidentRow, rule: Rule | None) -> str:
    if incident.peak is None or isinstance(incident.peak, Status):
        return ""
    return said(incident.peak, rule.unit, levels(rule)) if rule else said(incident.peak, "count")


def _happening(transition: TransitionRow) -> Happening:
    return Happening(
        at=transition.at,
        kind=transition.kind,
        word=_word(transition),
        severity=transition.severity.value,
        severity_word=transition.severity.word,
        text=transition.text,
        by=transition.by,
        note=transition.note,
        until=transition.until,
    )


def _word(transition: TransitionRow) -> str:
    if transition.kind == "noted" and not transition.note:
        return _NOTE_REMOVED
    return _HAPPENED.get(transition.kind, transition.kind)
