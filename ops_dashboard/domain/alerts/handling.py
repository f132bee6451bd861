"""What people do about an open incident. Without one, or where it was done already, nothing happens."""

import math
from dataclasses import replace

from ops_dashboard.domain.alerts.event import Event, EventKind
from ops_dashboard.domain.alerts.state import Handled, Handling, State
from ops_dashboard.domain.text import MESSAGE_LENGTH, NAME_LENGTH, clean

ACK_SECONDS = 24 * 3600.0
"""An acknowledged alert that still fires after so long is announced again: nobody may be looking any more."""

Outcome = tuple[State, tuple[Event, ...]]


def acknowledge(state: State, now: float, by: str, note: str = "") -> Outcome:
    """Take care of it; ends any snooze. The first to do so stays its owner."""
    if _handled(state) in (None, Handled.ACKNOWLEDGED):
        return state, ()
    state, events = _handle(
        state, "acknowledged", _handling(Handled.ACKNOWLEDGED, now, by, note), now, by, note
    )
    if (incident := state.incident) is not None:
        state = replace(state, incident=replace(incident, acknowledged=incident.severity))
    return state, events


def annotate(state: State, now: float, by: str, note: str, seen: str) -> Outcome:
    """Add or change the note of an acknowledgement, or take it away; whose it is, and since when, stays.

    ``seen`` is the note as it was when somebody began to change it.

    Raises:
        ValueError: it is another one by now.
    """
    if state.incident is None or _handled(state) is not Handled.ACKNOWLEDGED:
        return state, ()
    before, note, by = state.incident.handling, clean(note, MESSAGE_LENGTH), clean(by, NAME_LENGTH)
    if note == before.note:
        return state, ()
    if seen != before.note:
        raise ValueError("somebody changed the note meanwhile")
    handling = replace(before, note=note, note_by=by if note and by != before.by else "")
    return _handle(state, "noted", handling, now, by, note)


def snooze(state: State, now: float, by: str, until: float, reason: str = "") -> Outcome:
    """Keep it quiet until a moment (unix seconds); a second snooze replaces the first.

    Raises:
        ValueError: when ``until`` is no moment after ``now``.
    """
    if not math.isfinite(until) or until <= now:
        raise ValueError("a snooze must end at a moment to come")
    if _handled(state) is None:
        return state, ()
    handling = replace(_handling(Handled.SNOOZED, now, by, reason), until=until)
    return _handle(state, "snoozed", handling, now, by, reason)


def unsnooze(state: State, now: float, by: str) -> Outcome:
    """End a snooze early."""
    if _handled(state) is not Handled.SNOOZED:
        return state, ()
    return _handle(state, "unsnoozed", Handling(), now, by)


def dismiss(state: State, now: float, by: str, reason: str = "") -> Outcome:
    """Keep it quiet until it is resolved."""
    if state.incident is None or _handled(state) is Handled.DISMISSED:
        return state, ()
    handling = _handling(Handled.DISMISSED, now, by, reason)
    handling = replace(handling, before=state.incident.handling)
    return _handle(state, "dismissed", handling, now, by, reason)


def restore(state: State, now: float, by: str) -> Outcome:
    """Undo a dismissal: the handling before it is back, if it has not expired and nothing got worse meanwhile."""
    if state.incident is None or _handled(state) is not Handled.DISMISSED:
        return state, ()
    before, known = state.incident.handling.before or Handling(), state.incident.acknowledged
    is_worse = (
        before.state is Handled.ACKNOWLEDGED
        and known is not None
        and state.incident.severity.worse_than(known)
    )
    return _handle(state, "restored", Handling() if is_worse or _expired(before, now) else before, now, by)


def expire(state: State, now: float) -> tuple[State, EventKind | None]:
    """End what has run out: then the incident is new, and will be announced once more."""
    incident = state.incident
    if incident is None or not (kind := _expired(incident.handling, now)):
        return state, None
    return replace(state, incident=replace(incident, handling=Handling(), announced=None)), kind


def shift(state: State, seconds: float) -> State:
    """The same after the clock was set by so many seconds: what was to last a while lasts no longer or shorter."""
    if state.incident is None or state.incident.handling.state is Handled.NEW:
        return state
    handling = _shifted(state.incident.handling, seconds)
    return replace(state, incident=replace(state.incident, handling=handling))


def _shifted(handling: Handling, seconds: float) -> Handling:
    return replace(
        handling,
        at=handling.at + seconds,
        until=handling.until + seconds if handling.until else 0.0,
        before=_shifted(handling.before, seconds) if handling.before else None,
    )


def _expired(handling: Handling, now: float) -> EventKind | None:
    if handling.state is Handled.SNOOZED and now >= handling.until:
        return "unsnoozed"
    if handling.state is Handled.ACKNOWLEDGED and now - handling.at >= ACK_SECONDS:
        return "ack_expired"
    return None


def _handled(state: State) -> Handled | None:
    return state.incident.handling.state if state.incident else None


def _handling(state: Handled, now: float, by: str, note: str) -> Handling:
    return Handling(state, clean(by, NAME_LENGTH), now, clean(note, MESSAGE_LENGTH))


def _handle(
    state: State, kind: EventKind, handling: Handling, now: float, by: str, note: str = ""
) -> Outcome:
    if state.incident is None:
        return state, ()
    incident = replace(state.incident, handling=handling)
    event = Event(
        kind,
        state.key,
        now,
        incident.severity,
        by=clean(by, NAME_LENGTH),
        note=clean(note, MESSAGE_LENGTH),
        until=handling.until,
    )
    return replace(state, incident=incident), (event,)
