"""What an operator can do about an alert. Every argument comes from a browser, and is checked here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from ops_dashboard.domain.text import MESSAGE_LENGTH, clean
from ops_dashboard.monitor.alert_answers import Action
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.whole_number import is_whole_number
from ops_dashboard.storage.errors import StorageError

SNOOZES = {"15m": 900.0, "1h": 3600.0, "4h": 14_400.0}
"""For how many seconds an alert can be snoozed."""
UNTIL_RESOLVED = "resolved"
"""The choice of a snooze that ends with the alert; it is a dismissal."""
LONGEST_KEY = 200
_OFFERS: dict[Action, Literal["undo", "redo"]] = {"dismiss": "undo", "restore": "redo"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action. Nothing was done about what could not be understood: then there is no sentence."""

    sentence: str = ""
    done: bool = False
    offer: Literal["", "undo", "redo"] = ""
    """Whether a dismissal can be undone, or one that was undone be done again; of the alert that follows."""
    key: str = ""
    incident: int = 0


async def act(
    by: str,
    action: Action,
    key: object,
    incident: object,
    note: object = "",
    until: float = 0.0,
    seen: str = "",
) -> Outcome:
    """Do something in the name ``by`` about the alert of ``key`` while ``incident`` is the open one.

    ``seen`` is the note that the server has shown, where another one is to take its place.
    """
    if (
        not _is_key(key)
        or not is_whole_number(incident)
        or not isinstance(note, str)
        or not math.isfinite(until)
    ):
        return Outcome()
    try:
        answer = await monitor().handling.act(
            action, key, incident, by, note=clean(note, MESSAGE_LENGTH), until=until, seen=seen
        )
    except StorageError as error:
        return Outcome(f"This could not be done. {error}")
    if answer.done and action in _OFFERS:
        return Outcome(answer.sentence, True, _OFFERS[action], key, incident)
    return Outcome(answer.sentence, answer.done)


async def acknowledge_all(by: str, shown: Sequence[tuple[str, int]]) -> Outcome:
    """Take care of all alerts with these keys, while these incidents are the open ones."""
    try:
        answer = await monitor().handling.acknowledge_all(shown, by)
    except StorageError as error:
        return Outcome(f"This could not be done. {error}")
    return Outcome(answer.sentence, answer.done)


async def snooze(by: str, key: object, incident: object, choice: object, reason: object) -> Outcome:
    """Keep an alert quiet for one of :data:`SNOOZES`, or until it is resolved."""
    if choice == UNTIL_RESOLVED:
        return await act(by, "dismiss", key, incident, reason)
    if not isinstance(choice, str) or choice not in SNOOZES:
        return Outcome()
    return await act(by, "snooze", key, incident, reason, monitor().collector.now() + SNOOZES[choice])


def _is_key(key: object) -> TypeGuard[str]:
    return isinstance(key, str) and 0 < len(key) <= LONGEST_KEY
