"""What events and states make of the rows of incidents; without a database, on the rows alone."""

from collections.abc import Iterator, MutableMapping

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.sample import Key, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, Incident, State
from ops_dashboard.domain.status import Status
from ops_dashboard.storage.bounds import bounded_name, bounded_text
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.tables import IncidentRecord, TransitionRecord

END_NOT_SEEN = "It is over, but its end was not recorded."
_WORSE = ("opened", "escalated")
_HANDLED = {
    "acknowledged": Handled.ACKNOWLEDGED,
    "ack_expired": Handled.NEW,
    "snoozed": Handled.SNOOZED,
    "unsnoozed": Handled.NEW,
    "dismissed": Handled.DISMISSED,
    "restored": Handled.NEW,  # what it was before, while it is open, the state tells
}


def apply(
    backend: str, changes: Changes, opened: MutableMapping[Key, IncidentRecord]
) -> Iterator[IncidentRecord | TransitionRecord]:
    """Bring ``opened``, the rows of all open incidents, up to ``changes``; yields the rows that are new.

    The states have the last word. An incident whose opening never reached the database gets its row all the
    same, and one that the states no longer know is ended: neither is missing from the history, nor open for ever.
    """
    for event in changes.events:
        yield from _happened(backend, changes, opened, event)
    for key, state in changes.states.items():
        if state is not None and (incident := state.incident) is not None:
            if key not in opened:
                opened[key] = _begun(
                    backend, key, changes, Event("opened", key, incident.opened_at, incident.severity)
                )
                yield opened[key]
            _agree(opened[key], incident)
        elif key in opened:
            yield from _happened(backend, changes, opened, _end(opened[key], key, state))


def _happened(
    backend: str, changes: Changes, opened: MutableMapping[Key, IncidentRecord], event: Event
) -> Iterator[IncidentRecord | TransitionRecord]:
    row = opened.get(event.key)
    if row is None:
        row = opened[event.key] = _begun(backend, event.key, changes, event)
        yield row
    row.severity = event.severity
    row.worst = _worse(row.worst, event.severity)
    row.handled = _HANDLED.get(event.kind, row.handled)
    if event.kind in _WORSE and event.text:
        row.message = bounded_text(event.text)
    if event.kind == "acknowledged":
        _acknowledged(row, event.at, event.by, event.note)
    if event.kind == "noted":
        row.note = bounded_text(event.note)
    if event.kind == "resolved":
        row.resolved_at, row.duration = event.at, event.duration
        _peaked(row, event.peak)
        del opened[event.key]
    _make_searchable(row)
    yield _transition(row, event)


def _begun(backend: str, key: Key, changes: Changes, event: Event) -> IncidentRecord:
    """The row of an incident of which ``event`` is the first that is known."""
    row = IncidentRecord(
        backend=backend,
        rule_id=key.rule_id,
        target=key.target,
        title=bounded_text(changes.titles.get(key, key.rule_id)),
        message=bounded_text(changes.messages.get(key, event.text)),
        severity=event.severity,
        worst=event.severity,
        opened_at=event.at - (event.duration or 0.0),
        handled=Handled.NEW,
        acknowledged_by="",
        note="",
    )
    _make_searchable(row)
    return row


def _agree(row: IncidentRecord, incident: Incident) -> None:
    """Let an open incident's row say what its state says."""
    row.severity = incident.severity
    row.worst = _worse(row.worst, incident.worst)
    row.opened_at = min(incident.opened_at if row.opened_at is None else row.opened_at, incident.opened_at)
    row.handled = incident.handling.state
    if row.handled is Handled.ACKNOWLEDGED:
        _acknowledged(row, incident.handling.at, incident.handling.by, incident.handling.note)
    _peaked(row, incident.peak)
    _make_searchable(row)


def _end(row: IncidentRecord, key: Key, state: State | None) -> Event:
    at = state.evaluated_at if state else None
    return Event("resolved", key, row.opened_at if at is None else at, row.severity, text=END_NOT_SEEN)


def _acknowledged(row: IncidentRecord, at: float, by: str, note: str) -> None:
    row.acknowledged_at, row.acknowledged_by, row.note = at, bounded_name(by), bounded_text(note)


def _worse(one: Severity | None, other: Severity) -> Severity:
    """``one`` is None where it cannot be read."""
    return other if one is None else min(one, other, key=lambda each: each.rank)


def _peaked(row: IncidentRecord, peak: Value | None) -> None:
    if isinstance(peak, Status):
        row.peak, row.peak_status = None, peak
    elif peak is not None:
        row.peak, row.peak_status = peak, None


def _make_searchable(row: IncidentRecord) -> None:
    words = (row.title, row.target, row.rule_id, row.message, row.acknowledged_by, row.note)
    row.search = "\n".join(words).casefold()


def _transition(row: IncidentRecord, event: Event) -> TransitionRecord:
    return TransitionRecord(
        incident=row,
        at=event.at,
        kind=event.kind,
        by=bounded_name(event.by),
        note=bounded_text(event.note),
        severity=event.severity,
        text=bounded_text(event.text),
        until=event.until,
    )
