"""What of the alerts is in the database, and what still has to get there."""

import logging
from collections.abc import Callable, Mapping

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Condition, State
from ops_dashboard.monitor.alert_merge import merged
from ops_dashboard.monitor.every import Every
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore

log = logging.getLogger(__name__)

MOST_WAITING = 2_000
"""Events kept for a database that fails; of more, the oldest are lost to the history."""
PRUNE_SECONDS = 3_600.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
"""A database that fails may take seconds to do so, and alerts wait for it: it is not tried with every page."""


class AlertMemory:
    """Writes states and events, and remembers what could not be written. Without a store it only remembers.

    ``now`` gives unix seconds.
    """

    def __init__(self, backend: str, now: Callable[[], float]) -> None:
        self._backend = backend
        self._now = now
        self._store: IncidentStore | None = None
        self._written: dict[Key, State] = {}
        self._pause = self._failed_at = 0.0
        self._prune_due = Every(PRUNE_SECONDS)
        self.waiting: tuple[Event, ...] = ()
        """What happened and is not written yet, oldest first."""
        self.ids: dict[Key, int] = {}
        """Of the open incidents that are written."""
        self.problem = ""
        """Why nothing is written just now; empty while all is."""

    async def catch_up(
        self, store: IncidentStore, states: Mapping[Key, State], void: int = 0
    ) -> dict[Key, State]:
        """Use ``store`` from now on; returns what holds of ``states``, which are to be replaced by it.

        ``void`` is how many of the waiting events, the newest, are about to be judged anew.

        Raises:
            StorageError: it could not be read; nothing is changed.
        """
        loaded = await store.load(self._backend)
        found = merged(states, self._written, loaded.states)
        self.waiting = tuple(
            event
            for event in self.waiting[: len(self.waiting) - void]
            if event.key not in found.theirs or (event.by and event.key in found.handled)
        )
        self._store, self._written, self.ids = store, dict(loaded.states), dict(loaded.ids)
        self._pause, self.problem = 0.0, ""
        return found.states

    def detach(self, why: str) -> None:
        """Go on without a database, and say why."""
        self._store, self.problem = None, why

    def failed(self, error: StorageError) -> None:
        """Note why nothing is written, and leave the database alone for a while, longer each time."""
        if str(error) != self.problem:
            log.error("event=alerts-not-saved reason=%r", str(error))
        self.problem, self._failed_at = str(error), self._now()
        self._pause = min(2 * self._pause or FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        self._forget_ended()

    async def write(
        self,
        states: Mapping[Key, State],
        events: tuple[Event, ...],
        rules: Mapping[str, Rule],
        *,
        all: bool = False,
        at_once: bool = False,
    ) -> None:
        """Write what happened, and the states that it left; with ``all`` also those that merely moved on.

        A failure is kept in :attr:`problem`, and what could not be written waits for a later call. ``at_once``
        tries also while the database is left alone because it failed.

        Raises:
            Conflict: another process changed some of these alerts; nothing was written. :meth:`catch_up` goes on.
        """
        self.waiting = (*self.waiting, *events)[-MOST_WAITING:]
        changed, store = self._changed(states, all=all), self._store
        if store is not None and not (changed or self.waiting):
            self._all_is_written()
        elif store is None or (self._rests() and not at_once):
            self._forget_ended()
        else:
            try:
                ids = await store.save(self._backend, _changes(changed, self.waiting, rules))
            except Conflict:
                raise
            except StorageError as error:
                self.failed(error)
            else:
                self.ids, self.waiting = ids, ()
                self._all_is_written()
                self._note(changed)

    async def prune(self, now: float) -> None:
        """Once in a while, delete what need not be kept any longer at ``now`` (unix seconds)."""
        if self._store is None or not self._prune_due.is_due(now):
            return
        try:
            await self._store.prune(self._backend, now)
        except StorageError as error:
            log.error("event=alerts-not-pruned reason=%r", str(error))

    def _rests(self) -> bool:
        return bool(self._pause) and abs(self._now() - self._failed_at) < self._pause

    def _all_is_written(self) -> None:
        if self.problem:
            log.info("event=alerts-saved-again")
        self._pause, self.problem = 0.0, ""

    def _note(self, changed: Mapping[Key, State | None]) -> None:
        for key, state in changed.items():
            if state is None:
                self._written.pop(key, None)
            else:
                self._written[key] = state

    def _forget_ended(self) -> None:
        """An incident that ended unwritten must not lend its id to the next one of its key."""
        for event in self.waiting:
            if event.kind == "resolved":
                self.ids.pop(event.key, None)

    def _changed(self, states: Mapping[Key, State], *, all: bool) -> dict[Key, State | None]:
        """What has to be written: states that differ from those written, and those of waiting events."""
        changed: dict[Key, State | None] = {}
        for key, state in states.items():
            before = self._written.get(key)
            if _is_worth_keeping(state):
                if before is None or (state != before if all else _durable(state) != _durable(before)):
                    changed[key] = state
            elif before is not None:
                changed[key] = None
        changed |= {key: None for key in self._written if key not in states}
        return changed | {e.key: states.get(e.key) for e in self.waiting if e.key not in changed}


def _changes(
    changed: Mapping[Key, State | None], events: tuple[Event, ...], rules: Mapping[str, Rule]
) -> Changes:
    known = {key: rules[key.rule_id] for key in changed if key.rule_id in rules}
    opened = {key: state for key, state in changed.items() if state is not None and state.incident}
    return Changes(
        states=changed,
        events=events,
        titles={key: rule.title for key, rule in known.items()},
        messages={key: message(known[key], state) for key, state in opened.items() if key in known},
    )


def _is_worth_keeping(state: State) -> bool:
    """False for what a restart finds out anew."""
    moved = state.condition is not Condition.OK or state.flapping or any(state.recent)
    return moved or state.incident is not None or state.counter is not None


def _durable(state: State) -> tuple[object, ...]:
    """What must be written at once when it changes; the rest can wait a minute.

    While it flaps it moves every second: that is not worth a commit each.
    """
    incident = state.incident
    told = (incident.severity, incident.worst, incident.handling, incident.announced) if incident else ()
    moved = (incident is not None,) if state.flapping else (state.condition, state.known)
    return moved, state.flapping, told
