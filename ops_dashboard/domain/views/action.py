"""An action as its button and its result line show it."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.actions import ActionKind, RunState
from ops_dashboard.domain.snapshot import Snapshot

SHOWN_SECONDS = 3_600.0
"""A result older than this is no news to a tab that opens."""

_CALLS_SOURCE = "openapi"
OUT_OF_REACH = "Not possible while the backend is out of reach."
NOT_KNOWN_YET = "Not known yet."


@dataclass(frozen=True, slots=True)
class ActionView:
    """Whether the action can be done now, and how its last run went."""

    state: Literal["idle"] | RunState = "idle"
    word: str = ""
    sentence: str = ""
    advice: str = ""
    by: str = ""
    at: float = 0.0
    """When the run began while it goes on, and else when it ended; unix seconds."""
    number: int = 0
    """Of the last run, also of one that is no longer shown; 0 before the first."""
    barred: str = ""
    """Why it cannot be done now; empty while it can."""


def action_view(kind: ActionKind, snapshot: Snapshot, target: str = "") -> ActionView:
    """The action on ``target`` (empty where there is but one) as ``snapshot`` knows it."""
    run = next((run for run in snapshot.runs if (run.action, run.target) == (kind.key, target)), None)
    why = barred(kind, snapshot)
    if run is None:
        return ActionView(barred=why)
    if run.state != "running" and snapshot.at - run.ended_at > SHOWN_SECONDS:
        return ActionView(number=run.number, barred=why)
    return ActionView(
        state=run.state,
        word=kind.words[run.state],
        sentence=run.ending.sentence,
        advice=run.ending.advice,
        by=run.by,
        at=run.ended_at or run.began_at,
        number=run.number,
        barred=why,
    )


def barred(kind: ActionKind, snapshot: Snapshot) -> str:
    """Why the action cannot be done now: a sentence, empty while it can."""
    if snapshot.contact.lost:
        return OUT_OF_REACH
    by_key = {offer.key: offer for offer in snapshot.offers}
    wanted = [by_key[key] for key in kind.needs or (kind.key,) if key in by_key]
    calls = snapshot.sources.get(_CALLS_SOURCE)
    unknown = any(offer.offered is None for offer in wanted) and (calls is None or not calls.last_attempt)
    if not wanted or unknown:
        return NOT_KNOWN_YET
    return "" if any(offer.offered or offer.worth_trying for offer in wanted) else wanted[-1].sentence
