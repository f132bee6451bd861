"""What operators can do about an alert, and what they are answered."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.alerts import handling
from ops_dashboard.domain.alerts.state import Handled, State

Action = Literal["acknowledge", "note", "snooze", "unsnooze", "dismiss", "restore"]

OVER = "This alert is over, or another one took its place."
NOT_ACKNOWLEDGED = "This alert is no longer acknowledged, and has no note."
NO_ANSWER = "The database has not answered yet."

_DONE: dict[Action, str] = {
    "acknowledge": "acknowledged",
    "note": "note saved",
    "snooze": "snoozed",
    "unsnooze": "no longer snoozed",
    "dismiss": "dismissed until it is resolved",
    "restore": "back among the active alerts",
}
NOTE_REMOVED = "note removed"
_ALREADY = {Handled.ACKNOWLEDGED: "Already acknowledged", Handled.DISMISSED: "Already dismissed"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an operator's action; ``done`` is False where another one was first."""

    done: bool
    sentence: str
    number: int = 0
    """To how many alerts it was done, of several asked for."""


def handled(
    action: Action, state: State, now: float, by: str, note: str, until: float, seen: str
) -> handling.Outcome:
    """Do it. Moments are unix seconds; ``seen`` is the note that is to be changed.

    Raises:
        ValueError: a snooze must end at a moment to come, and a note be the one that was seen.
    """
    if action == "acknowledge":
        return handling.acknowledge(state, now, by, note)
    if action == "note":
        return handling.annotate(state, now, by, note, seen)
    if action == "snooze":
        return handling.snooze(state, now, by, until, note)
    if action == "dismiss":
        return handling.dismiss(state, now, by, note)
    return handling.unsnooze(state, now, by) if action == "unsnooze" else handling.restore(state, now, by)


def done(action: Action, subject: str, problem: str, note: str = "") -> Answer:
    """It is done to the alert ``subject``; ``problem`` is why it could not be saved, if so."""
    what = NOTE_REMOVED if action == "note" and not note else _DONE[action]
    return Answer(True, _unless_saved(f"{subject}: {what}.", problem))


def all_acknowledged(number: int, asked: int, problem: str) -> Answer:
    """So many alerts of those asked for; the others needed nobody any more."""
    if number == asked:
        return Answer(True, _unless_saved(f"{number:,} alerts acknowledged.", problem), number)
    others = "The others are over, or somebody was first."
    told = f"{number:,} of {asked:,} alerts acknowledged. {others}"
    return Answer(False, _unless_saved(told, problem), number)


def _unless_saved(sentence: str, problem: str) -> str:
    return f"{sentence.removesuffix('.')}; not saved yet: {problem}" if problem else sentence


def already(action: Action, state: State) -> Answer:
    """There was nothing left to do."""
    before = state.incident.handling if state.incident else handling.Handling()
    if action == "note" and before.state is not Handled.ACKNOWLEDGED:
        return Answer(False, NOT_ACKNOWLEDGED)
    if before.state in _ALREADY:
        return Answer(False, f"{_ALREADY[before.state]} by {before.by}.")
    return Answer(False, "That is so already.")
