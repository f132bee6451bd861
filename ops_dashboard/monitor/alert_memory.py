"""What of the alerts is in the database, and what still has to get there."""

import logging
from collections.abc import Mapping

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Condition, State
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incident_changes import Changes, Loaded
from ops_dashboard.storage.incidents import IncidentStore

log = logging.getLogger(__name__)

MOST_WAITING = 2_000
"""Events kept for a database that fails; of more, the oldest are lost to the history."""


class AlertMemory:
    """Writes states and events, and remembers what could not be written. Without a store it only remembers."""

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self._store: IncidentStore | None = None
        self._written: dict[Key, State] = {}
        self._waiting: tuple[Event, ...] = ()
        self.ids: dict[Key, int] = {}
        """Of the open incidents that are written."""
        self.problem = ""
        """Why nothing is written just now; empty while all is."""

    async def attach(self, store: IncidentStore) -> Loaded:
        """Use a store from now on; what it holds.

        Raises:
            StorageError: it could not be read; nothing is changed.
        """
        loaded = await store.load(self._backend)
        self._store, self._written, self.ids = store, dict(loaded.states), dict(loaded.ids)
        return loaded

    def detach(self, why: str) -> None:
        """Go on without a database, and say why."""
        self._store, self.problem = None, why

    async def write(
        self, states: Mapping[Key, State], events: tuple[Event, ...], rules: Mapping[str, Rule], *, all: bool
    ) -> None:
        """Write what happened, and the states that it left; with ``all`` also those that merely moved on.

        A failure is kept in :attr:`problem`, and what could not be written waits for the next call.

        Raises:
            Conflict: another process changed these alerts meanwhile: its states are to be taken over.
        """
        self._waiting = (*self._waiting, *events)[-MOST_WAITING:]
        changed = self._changed(states, all=all)
        if self._store is None or not (changed or self._waiting):
            return
        opened = {key: state for key, state in changed.items() if state is not None and state.incident}
        changes = Changes(
            states=changed,
            events=self._waiting,
            titles={key: rules[key.rule_id].title for key in changed if key.rule_id in rules},
            messages={
                key: message(rules[key.rule_id], s) for key, s in opened.items() if key.rule_id in rules
            },
        )
        try:
            self.ids = await self._store.save(self._backend, changes)
        except Conflict:
            self._waiting = ()
            raise
        except StorageError as error:
            if str(error) != self.problem:
                log.error("event=alerts-not-saved reason=%r", str(error))
            self.problem = str(error)
            return
        self._waiting = ()
        if self.problem:
            log.info("event=alerts-saved-again")
            self.problem = ""
        for key, state in changed.items():
            if state is None:
                self._written.pop(key, None)
            else:
                self._written[key] = state

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
        return changed | {e.key: states.get(e.key) for e in self._waiting if e.key not in changed}


def _is_worth_keeping(state: State) -> bool:
    """False for what a restart finds out anew."""
    moved = state.condition is not Condition.OK or state.flapping or any(state.recent)
    return moved or state.incident is not None or state.counter is not None


def _durable(state: State) -> tuple[object, ...]:
    """What must be written at once when it changes; the rest can wait a minute."""
    incident = state.incident
    told = (incident.severity, incident.worst, incident.handling, incident.announced) if incident else ()
    return state.condition, state.flapping, told
