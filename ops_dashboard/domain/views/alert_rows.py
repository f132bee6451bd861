"""One open incident, ready to show."""

from dataclasses import dataclass

from ops_dashboard.domain.alerts.message import levels, message, said
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Handled, State
from ops_dashboard.domain.views.alert_places import source_of, target_words

_SEPARATOR = "|"
_PEAK_WORDS = {"status": "worst", "below": "lowest"}


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One open incident, ready to show. Moments are unix seconds, 0 for none."""

    id: int = 0
    """Of the incident; 0 while it could not be saved."""
    key: str = ""
    """As :func:`key_text` writes it."""
    rule_id: str = ""
    target: str = ""
    subject: str = ""
    """What it is about in short, without any value: "Slow module search"."""
    severity: str = ""
    severity_word: str = ""
    message: str = ""
    detail: str = ""
    """What the backend said beyond the first line, which is in the message."""
    source: str = ""
    since: float = 0.0
    value: str = ""
    threshold: str = ""
    """What the severity is judged by; empty for a status."""
    peak: str = ""
    """The worst value so far; empty while it is the present one."""
    peak_word: str = ""
    """ "peak", "lowest" or "worst", whichever fits the value."""
    peak_at: float = 0.0
    handled: str = Handled.NEW.value
    """A :class:`~ops_dashboard.domain.alerts.state.Handled` value; who, when and why follow."""
    handled_by: str = ""
    handled_at: float = 0.0
    note: str = ""
    note_by: str = ""
    """Who wrote the note, where that was not who handled it."""
    until: float = 0.0
    """When a snooze ends."""
    muted: str = ""
    """Why it interrupts nobody: "muted: the backend is unreachable"; empty while nothing explains it."""
    condition: str = ""
    flapping: bool = False
    data: str = ""
    """ "fresh", "stale" or "unknown"."""
    known_at: float = 0.0
    """When there last was data; 0 while it is fresh."""
    sparkline: str = ""


def key_text(key: Key) -> str:
    """A key in one word, as handed to the browser and back."""
    return f"{key.rule_id}{_SEPARATOR}{key.target}"


def key_of(text: str) -> Key:
    """The key that :func:`key_text` wrote.

    >>> key_of("module_status|a|b")
    Key(rule_id='module_status', target='a|b')
    """
    rule_id, _, target = text.partition(_SEPARATOR)
    return Key(rule_id, target)


def alert_row(rule: Rule, state: State, incident_id: int, now: float) -> AlertRow:
    """The row of an open incident, without its sparkline. ``incident_id`` is 0 while it is not saved.

    Raises:
        ValueError: no incident is open.
    """
    if (incident := state.incident) is None:
        raise ValueError(f"{state.key} has no open incident")
    handling = incident.handling
    value, peak = (said(one, rule.unit, levels(rule)) for one in (state.value, incident.peak))
    data = state.data(now)
    return AlertRow(
        id=incident_id,
        key=key_text(state.key),
        rule_id=rule.id,
        target=state.key.target,
        subject=f"{rule.title} {(state.key.target and state.label) or target_words(state.key)}".strip(),
        severity=incident.severity.value,
        severity_word=incident.severity.word,
        message=message(rule, state),
        detail=state.detail.partition("\n")[2],
        source=source_of(state.key),
        since=incident.since,
        value=value,
        threshold=said(incident.threshold, rule.unit) if incident.threshold is not None else "",
        peak=peak if peak != value else "",
        peak_word=_PEAK_WORDS.get(rule.op, "peak"),
        peak_at=incident.peak_at,
        handled=handling.state.value,
        handled_by=handling.by,
        handled_at=handling.at,
        note=handling.note,
        note_by=handling.note_by,
        until=handling.until,
        muted=incident.mute.reason if incident.mute else "",
        condition=state.condition.value,
        flapping=state.flapping,
        data=data,
        known_at=(state.known_at or 0.0) if data != "fresh" else 0.0,
    )
