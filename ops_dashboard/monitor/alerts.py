"""The alerts of this deployment: judged once for all tabs, written before they are shown."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.alerts import handling
from ops_dashboard.domain.alerts.evaluate import evaluate
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.history import Filter, IncidentDetail, Page
from ops_dashboard.domain.alerts.interruption import Interruption, interruption
from ops_dashboard.domain.alerts.judge import would_fire
from ops_dashboard.domain.alerts.marks import IncidentMark, IncidentMarks
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.state import Handled, State
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alerts import AlertsView, alerts_view
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor.alert_memory import AlertMemory
from ops_dashboard.monitor.alert_rules import AlertRules
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.preferences import PreferenceStore

Action = Literal["acknowledge", "snooze", "unsnooze", "dismiss", "restore"]

FLUSH_SECONDS = 60.0
PRUNE_SECONDS = 3_600.0
MOST_QUEUED = 100
"""Pages that wait to be judged; of more, the oldest are left out."""
KEY_MARK = "|"
"""Between rule and target in the key of an alert."""
OVER = "This alert is over, or another one took its place."

_DONE = {
    "acknowledge": "Acknowledged.",
    "snooze": "Snoozed.",
    "unsnooze": "No longer snoozed.",
    "dismiss": "Dismissed until it is resolved.",
    "restore": "Back among the active alerts.",
}
_ALREADY = {Handled.ACKNOWLEDGED: "Already acknowledged", Handled.DISMISSED: "Already dismissed"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an operator's action; ``done`` is False where another one was first."""

    done: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Poll:
    snapshot: Snapshot
    page: PageView
    quiet: bool


class Alerts:
    """Judges every page it is fed. All that changes a state does so under one lock, and is written first.

    ``show(view, interruption)`` hands on what the tabs are to see. Nothing is judged before :meth:`attach` or
    :meth:`detach` was called once: what is open must be known, or it would be announced again.
    """

    def __init__(
        self,
        backend: str,
        now: Callable[[], float],
        sparkline: Callable[[str], str],
        show: Callable[[AlertsView, Interruption | None], None],
    ) -> None:
        self._backend = backend
        self._now = now
        self._sparkline = sparkline
        self._show = show
        self._memory = AlertMemory(backend)
        self._rules = AlertRules(backend, now)
        self._states: dict[Key, State] = {}
        self._samples: tuple[Sample, ...] = ()
        self._marks = IncidentMarks()
        self._incidents: IncidentStore | None = None
        self._polls: deque[_Poll] = deque(maxlen=MOST_QUEUED)
        self._fed = asyncio.Event()
        self._known = asyncio.Event()
        self._lock = asyncio.Lock()
        self._shown: object = None
        self._flush_at = self._prune_at = 0.0

    def feed(self, snapshot: Snapshot, page: PageView, quiet: bool) -> None:
        """Judge ``page``, made from ``snapshot``, soon; with ``quiet`` values may stay as they are shown."""
        self._polls.append(_Poll(snapshot, page, quiet))
        self._fed.set()

    async def attach(self, database: Database) -> None:
        """Go on from what the database holds, and write to it from now on.

        Raises:
            StorageError: it could not be read.
        """
        incidents = IncidentStore(database)
        async with self._lock:
            await self._rules.attach(PreferenceStore(database))
            loaded = await self._memory.attach(incidents)
            if not self._known.is_set():
                await self._recall_marks(incidents)
            self._states = {**self._states, **loaded.states}
            self._incidents = incidents
            self._known.set()

    async def detach(self, why: str) -> None:
        """Go on without a database for the time being, and say why."""
        self._memory.detach(why)
        await self._rules.attach(None)
        self._incidents = None
        self._known.set()

    async def run(self) -> None:
        """Judge what is fed, until cancelled."""
        await self._known.wait()
        while True:
            await self._fed.wait()
            self._fed.clear()
            while self._polls:
                poll = self._polls.popleft()
                async with self._lock:
                    await self._judge(poll)

    async def flush(self) -> None:
        """Write all that is not written yet, as before the end."""
        async with self._lock:
            with suppress(Conflict):  # another process goes on with them
                await self._memory.write(self._states, (), self._rules.by_id, all=True)

    async def act(
        self, action: Action, key: str, incident: int, by: str, note: str = "", until: float = 0.0
    ) -> Answer:
        """Do something about an open incident. The answer is true also for the second of two operators."""
        where = Key(*key.split(KEY_MARK, 1)) if KEY_MARK in key else Key(key)
        async with self._lock:
            try:
                return await self._act(action, where, incident, by, note, until)
            except Conflict as conflict:
                self._take_over(conflict)
                return await self._act(action, where, incident, by, note, until)

    async def history(self, wanted: Filter, offset: int, limit: int) -> Page:
        """Incidents, newest first.

        Raises:
            StorageError: they cannot be read.
        """
        return await self._stored().history(self._backend, wanted, offset, limit)

    async def incident(self, id: int) -> IncidentDetail | None:
        """One incident with all that happened to it; None where there is none of that id.

        Raises:
            StorageError: it cannot be read.
        """
        return await self._stored().incident(id)

    def rules(self) -> tuple[Rule, ...]:
        """The rules as they hold now."""
        return self._rules.all

    def firing_now(self, rule: Rule) -> str:
        """The severity with which ``rule`` would fire now, "no_data", or nothing."""
        judged = [sample for sample in self._samples if sample.key.rule_id == rule.id]
        if not any(sample.fresh and sample.value is not None for sample in judged):
            return "no_data"
        found = [severity for sample in judged if (severity := would_fire(rule, sample))]
        return min(found, key=lambda severity: severity.rank).value if found else ""

    async def set_preferences(self, rule_id: str, changes: Mapping[str, object], by: str) -> dict[str, str]:
        """Change a rule for everybody, from the next sample on; see :meth:`AlertRules.change`."""
        return await self._rules.change(rule_id, changes, by)

    async def reset_preferences(self, rule_id: str | None, by: str) -> None:
        """Put a rule, or all with None, back to its defaults; see :meth:`AlertRules.reset`."""
        await self._rules.reset(rule_id, by)

    def marks(self, after: float) -> tuple[IncidentMark, ...]:
        """The incidents that were open at any time after ``after`` (unix seconds), for the charts."""
        return self._marks.after(after)

    async def _judge(self, poll: _Poll) -> None:
        now = poll.snapshot.at
        self._samples = tuple(samples(poll.snapshot, poll.page))
        states, events = evaluate(self._rules.all, self._states, self._samples, now)
        flush = now >= self._flush_at
        try:
            await self._memory.write(states, events, self._rules.by_id, all=flush)
        except Conflict as conflict:
            self._take_over(conflict)
            return  # judged again with the next page
        self._states = states
        self._marks.note(events, self._rules.by_id)
        if flush:
            self._flush_at = now + FLUSH_SECONDS
            await self._prune(now)
        self._hand_on(now, events, quiet=poll.quiet)

    async def _act(self, action: Action, key: Key, incident: int, by: str, note: str, until: float) -> Answer:
        state, now = self._states.get(key), self._now()
        if state is None or state.incident is None or self._memory.ids.get(key, incident) != incident:
            return Answer(False, OVER)
        try:
            after, events = _handled(action, state, now, by, note, until)
        except ValueError as error:
            return Answer(False, f"{str(error).capitalize()}.")
        if not events:
            return Answer(False, _already(state))
        states = {**self._states, key: after}
        await self._memory.write(states, events, self._rules.by_id, all=False)
        self._states = states
        self._hand_on(now, events, quiet=False)
        unsaved = f" It could not be saved: {self._memory.problem}" if self._memory.problem else ""
        return Answer(True, f"{_DONE[action]}{unsaved}")

    def _hand_on(self, now: float, events: tuple[Event, ...], *, quiet: bool) -> None:
        """Show the alerts as they are. A quiet poll shows them only if more than their values changed."""
        shown = (_shape(self._states.values()), dict(self._memory.ids), self._memory.problem)
        if quiet and not events and shown == self._shown:
            return
        self._shown = shown
        view = alerts_view(
            self._rules.all, self._states, self._memory.ids, self._sparkline, now, self._memory.problem
        )
        self._show(view, interruption(events))

    def _take_over(self, conflict: Conflict) -> None:
        """Another process was first: what it wrote holds."""
        for key, state in conflict.states.items():
            if state is None:
                self._states.pop(key, None)
            else:
                self._states[key] = state

    async def _recall_marks(self, store: IncidentStore) -> None:
        rules = self._rules.by_id
        for row in await store.recent(self._backend, self._now() - max(SPANS.values())):
            if (rule := rules.get(row.rule_id)) is not None:
                metric = rule.metric_of(row.target)
                mark = IncidentMark(metric, row.worst, row.opened_at, row.resolved_at or 0.0, row.message)
                self._marks.take(Key(row.rule_id, row.target), mark)

    async def _prune(self, now: float) -> None:
        if self._incidents is not None and now >= self._prune_at:
            self._prune_at = now + PRUNE_SECONDS
            try:
                await self._incidents.prune(self._backend, now)
            except StorageError as error:
                self._memory.problem = str(error)

    def _stored(self) -> IncidentStore:
        if self._incidents is None:
            raise StorageError(self._memory.problem or "The alerts are not read yet.")
        return self._incidents


def _handled(action: Action, state: State, now: float, by: str, note: str, until: float) -> handling.Outcome:
    if action == "acknowledge":
        return handling.acknowledge(state, now, by, note)
    if action == "snooze":
        return handling.snooze(state, now, by, until, note)
    if action == "dismiss":
        return handling.dismiss(state, now, by, note)
    return handling.unsnooze(state, now, by) if action == "unsnooze" else handling.restore(state, now, by)


def _already(state: State) -> str:
    done = state.incident.handling if state.incident else handling.Handling()
    return f"{_ALREADY[done.state]} by {done.by}." if done.state in _ALREADY else "That is so already."


def _shape(states: Iterable[State]) -> tuple[object, ...]:
    """What of the open incidents must reach the screen at once; their values can wait for the refresh."""
    return tuple(
        (s.key, s.condition, s.flapping, s.known, s.incident.severity, s.incident.handling, s.incident.mute)
        for s in states
        if s.incident
    )
