"""What of the alerts is in the database, and what still has to get there."""

import logging
from collections.abc import Callable, Collection, Mapping

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Condition, State
from ops_dashboard.monitor.every import Every
from ops_dashboard.monitor.writer import Writer
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError, concerns_one_entry
from ops_dashboard.storage.incident_changes import Changes, Loaded
from ops_dashboard.storage.incidents import IncidentStore

log = logging.getLogger(__name__)

MOST_WAITING = 2_000
"""Events kept for a database that fails; of more, the oldest are lost to the history."""
PRUNE_SECONDS = 3_600.0


class AlertMemory:
    """Holds states and events until they are written, which happens in the background.

    ``now`` gives unix seconds; ``changed()`` is called when ids or the problem may have changed.
    """

    def __init__(self, backend: str, now: Callable[[], float], changed: Callable[[], None]) -> None:
        self._backend = backend
        self._now = now
        self._states: Mapping[Key, State] = {}
        self._rules: Mapping[str, Rule] = {}
        self._written: dict[Key, State] = {}
        self._all = False
        """Whether also states are to be written that merely moved on."""
        self._aside: dict[Key, str] = {}
        """Alerts that cannot be written though others can, and why."""
        self._prune_due = Every(PRUNE_SECONDS)
        self._on_change = changed
        self.writer = Writer("alerts", self._write, changed)
        self.waiting: tuple[Event, ...] = ()
        """What happened and is not written yet, oldest first."""
        self.ids: dict[Key, int] = {}
        """Of the open incidents that are written."""

    def recall(self, loaded: Loaded) -> None:
        """Take over what is written already."""
        self._written, self.ids = dict(loaded.states), dict(loaded.ids)
        self._all = True

    def note(
        self,
        states: Mapping[Key, State],
        events: tuple[Event, ...],
        rules: Mapping[str, Rule],
        *,
        all: bool = False,
    ) -> None:
        """Have the states and what happened written soon; with ``all`` also states that merely moved on."""
        self._states, self._rules = states, rules
        self._all |= all
        self.waiting = (*self.waiting, *events)[-MOST_WAITING:]
        self._forget_ended()
        if self._all or self.waiting or self._changed(all=False):
            self.writer.wake()

    async def _write(self, database: Database) -> None:
        """Write all that waits.

        Raises:
            StorageError: something could not be written; the rest was, if the database works.
        """
        store, all, self._all = IncidentStore(database), self._all, False
        aside, self._aside = self._aside, {}
        try:
            keys = self._changed(all=all).keys()
            await self._save_together(store, keys - aside.keys())
            await self._save_each(store, keys & aside.keys())
        except BaseException:
            self._all = all
            raise
        if self._aside:
            self._all = all
            names = "; ".join(f"{key.rule_id} {key.target}".strip() for key in self._aside)
            raise StorageError(f"Some alerts cannot be saved ({names}): {next(iter(self._aside.values()))}")
        await self._prune(store)

    async def _save_together(self, store: IncidentStore, keys: Collection[Key]) -> None:
        if not keys:
            return
        try:
            await self._save(store, keys)
        except StorageError as error:
            if not concerns_one_entry(error):
                raise
            await self._save_each(store, keys)

    async def _save_each(self, store: IncidentStore, keys: Collection[Key]) -> None:
        for key in keys:
            try:
                await self._save(store, [key])
            except StorageError as error:
                if not concerns_one_entry(error):
                    raise
                self._aside[key] = str(error)

    async def _save(self, store: IncidentStore, keys: Collection[Key]) -> None:
        states = {key: self._states.get(key) for key in keys}
        kept = {key: state if state and _is_worth_keeping(state) else None for key, state in states.items()}
        events = tuple(event for event in self.waiting if event.key in states)
        ids = await store.save(self._backend, _changes(kept, events, self._rules))
        written = {id(event) for event in events}
        self.waiting = tuple(event for event in self.waiting if id(event) not in written)
        before, self.ids = self.ids, ids
        self._forget_ended()
        for key, state in kept.items():
            if state is None:
                self._written.pop(key, None)
            else:
                self._written[key] = state
        if self.ids != before:
            self._on_change()

    async def _prune(self, store: IncidentStore) -> None:
        if not self._prune_due.is_due(now := self._now()):
            return
        try:
            await store.prune(self._backend, now)
        except StorageError as error:  # nothing is lost by it
            log.error("event=alerts-not-pruned reason=%r", str(error))

    def _forget_ended(self) -> None:
        """An incident that ended unwritten must not lend its id to the next one of its key."""
        for event in self.waiting:
            if event.kind == "resolved":
                self.ids.pop(event.key, None)

    def _changed(self, *, all: bool) -> dict[Key, State | None]:
        """What has to be written: states that differ from those written, and those of waiting events."""
        changed: dict[Key, State | None] = {}
        for key, state in self._states.items():
            before = self._written.get(key)
            if _is_worth_keeping(state):
                if before is None or (state != before if all else _durable(state) != _durable(before)):
                    changed[key] = state
            elif before is not None:
                changed[key] = None
        changed |= {key: None for key in self._written if key not in self._states}
        return changed | {e.key: self._states.get(e.key) for e in self.waiting if e.key not in changed}


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
