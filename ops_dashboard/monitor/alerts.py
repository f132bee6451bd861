"""The alerts of this deployment: judged once for all tabs, written before they are shown."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from ops_dashboard.domain.alerts.engine import CLOCK_STEP_SECONDS
from ops_dashboard.domain.alerts.evaluate import evaluate
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.history import Filter, IncidentDetail, Page
from ops_dashboard.domain.alerts.interruption import Interruption, interruption
from ops_dashboard.domain.alerts.judge import firing_now
from ops_dashboard.domain.alerts.marks import IncidentMark, IncidentMarks, recalled
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.state import State, urgent
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alert_rows import key_of
from ops_dashboard.domain.views.alerts import AlertsView, alerts_view
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor import alert_answers as answers
from ops_dashboard.monitor.alert_answers import Action, Answer
from ops_dashboard.monitor.alert_memory import AlertMemory
from ops_dashboard.monitor.alert_merge import told_elsewhere
from ops_dashboard.monitor.alert_poll import Poll
from ops_dashboard.monitor.alert_rules import AlertRules
from ops_dashboard.monitor.alert_tally import AlertTally
from ops_dashboard.monitor.every import Every
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.preferences import PreferenceStore
from ops_dashboard.storage.unbroken import unbroken

log = logging.getLogger(__name__)

FLUSH_SECONDS = 60.0
MOST_QUEUED = 100
"""Pages that wait to be judged; of more, the oldest are left out."""
MOST_ATTEMPTS = 3
"""How often something is judged anew in a row because another process was first."""


class Alerts:
    """Judges every page it is fed. All that changes a state does so under one lock, and is written first.

    ``show(view, interruption)`` hands on what the tabs are to see. Nothing is judged before :meth:`attach` or
    :meth:`detach` was called once: what is open must be known, or it would be announced again.

    Nothing of it is broken off by a cancellation: a tab that closes, or the end of the process, must not come
    between what is written and what is known here.
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
        self._memory = AlertMemory(backend, now)
        self._rules = AlertRules(backend, now)
        self._states: dict[Key, State] = {}
        self._samples: tuple[Sample, ...] = ()
        self._marks = IncidentMarks()
        self.tally = AlertTally()
        self._incidents: IncidentStore | None = None
        self._polls: deque[Poll] = deque(maxlen=MOST_QUEUED)
        self._fed = asyncio.Event()
        self._known = asyncio.Event()
        self._lock = asyncio.Lock()
        self._clock_offset: float | None = None
        self._shown: object = None
        self._unheard: tuple[Event, ...] = ()
        """What another process interrupted its tabs with, and this one has not yet."""
        self._flush_due = Every(FLUSH_SECONDS)

    def feed(self, snapshot: Snapshot, page: PageView, quiet: bool) -> None:
        """Judge ``page``, made from ``snapshot``, soon; with ``quiet`` values may stay as they are shown."""
        self._polls.append(Poll(snapshot, page, quiet))
        self._fed.set()

    @unbroken
    async def attach(self, database: Database) -> None:
        """Go on from what the database holds, and write to it from now on.

        Raises:
            StorageError: it could not be read.
        """
        async with self._lock:
            await self._rules.attach(PreferenceStore(database))
            self._states = await self._caught_up(IncidentStore(database))
            self._known.set()

    @unbroken
    async def detach(self, why: str) -> None:
        """Go on without a database for the time being, and say why."""
        async with self._lock:
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
                await self._judge(self._polls.popleft())

    @unbroken
    async def flush(self) -> None:
        """Write all that is not written yet, as before the end."""
        async with self._lock:
            for _ in range(MOST_ATTEMPTS):
                if await self._write(self._states, (), all=True, at_once=True):
                    return

    @unbroken
    async def act(
        self,
        action: Action,
        key: str,
        incident: int,
        by: str,
        note: str = "",
        until: float = 0.0,
        seen: str = "",
    ) -> Answer:
        """Do something about an open incident. The answer is true also for the second of two operators.

        ``incident`` is the id that was shown; 0 where it was not saved then. ``until``, in unix seconds, is
        when a snooze ends; ``seen`` is the note that another one is to take the place of.
        """
        async with self._lock:
            for _ in range(MOST_ATTEMPTS):
                answer = await self._act(action, key_of(key), incident, by, note, until, seen)
                if answer is not None:
                    return answer
            return Answer(False, answers.BUSY)

    @unbroken
    async def acknowledge_all(self, shown: Sequence[tuple[str, int]], by: str) -> Answer:
        """Take care of several incidents at once, each given as for :meth:`act`. They are written together."""
        async with self._lock:
            for _ in range(MOST_ATTEMPTS):
                now, states, events = self._now(), dict(self._states), ()
                for key, incident in shown:
                    if (state := self._open(key_of(key), incident)) is not None:
                        states[state.key], told = acknowledge(state, now, by)
                        events += told
                if not events or await self._write(states, events, at_once=True):
                    self._states = states
                    self._hand_on(now, events, quiet=not events)
                    return answers.all_acknowledged(len(events), len(shown), self._memory.problem)
            return Answer(False, answers.BUSY)

    async def history(self, wanted: Filter, offset: int, limit: int) -> Page:
        """Incidents, newest first.

        Raises:
            StorageError: they cannot be read.
        """
        return await self._stored().history(self._backend, wanted, offset, limit)

    async def incident(self, id: int) -> IncidentDetail | None:
        """One incident of this backend with all that happened to it; None where there is none of that id.

        Raises:
            StorageError: it cannot be read.
        """
        return await self._stored().incident(id, self._backend)

    def rules(self) -> tuple[Rule, ...]:
        """The rules as they hold now."""
        return self._rules.all

    def firing_now(self, rule: Rule) -> str:
        """As :func:`~ops_dashboard.domain.alerts.judge.firing_now`, by what was read last."""
        return firing_now(rule, self._samples)

    async def set_preferences(self, rule_id: str, changes: Mapping[str, object], by: str) -> dict[str, str]:
        """Change a rule for everybody, from the next sample on; see :meth:`AlertRules.change`."""
        return await self._rules.change(rule_id, changes, by)

    async def reset_preferences(self, rule_id: str | None, by: str) -> None:
        """Put a rule, or all with None, back to its defaults; see :meth:`AlertRules.reset`."""
        await self._rules.reset(rule_id, by)

    def marks(self, after: float) -> tuple[IncidentMark, ...]:
        """The incidents that were open at any time after ``after`` (unix seconds), for the charts."""
        return self._marks.after(after)

    @unbroken
    async def _judge(self, poll: Poll) -> None:
        async with self._lock:
            now, clock_step = poll.snapshot.at, self._clock_step(poll.snapshot)
            flush = self._flush_due.is_due(now)
            self._samples = tuple(samples(poll.snapshot, poll.page))
            for _ in range(MOST_ATTEMPTS):
                states, events = evaluate(
                    self._rules.all, self._states, self._samples, now, clock_step=clock_step
                )
                if await self._write(states, events, all=flush):
                    break
            else:
                log.warning("event=alerts-contended: others changed them each time they were judged")
                states, events = self._states, ()  # they hold until the next page is judged
            self._states = states
            self._marks.note(events, self._rules.by_id)
            self._hand_on(now, events, quiet=poll.quiet)
            await self._memory.prune(now)

    def _clock_step(self, snapshot: Snapshot) -> float:
        """By how many seconds the clock was set since the page judged before."""
        if snapshot.monotonic is None:
            return 0.0
        before, self._clock_offset = self._clock_offset, snapshot.at - snapshot.monotonic
        step = 0.0 if before is None else self._clock_offset - before
        return step if abs(step) > CLOCK_STEP_SECONDS else 0.0

    async def _act(
        self, action: Action, key: Key, incident: int, by: str, note: str, until: float, seen: str
    ) -> Answer | None:
        """None where another process was first: then it is to be looked at anew."""
        state, now = self._open(key, incident), self._now()
        if state is None:
            self._hand_on(now, (), quiet=True)
            return Answer(False, answers.OVER)
        try:
            after, events = answers.handled(action, state, now, by, note, until, seen)
        except ValueError as error:
            return Answer(False, f"{str(error).capitalize()}.")
        if not events:
            self._hand_on(now, (), quiet=True)
            return answers.already(action, state)
        states = {**self._states, key: after}
        if not await self._write(states, events, at_once=True):
            return None
        self._states = states
        self._hand_on(now, events, quiet=False)
        return answers.done(action, self._rules.subject(key), self._memory.problem, note)

    def _open(self, key: Key, incident: int) -> State | None:
        """The state of the incident that was shown, if it is still the open one."""
        state = self._states.get(key)
        is_shown = state is not None and state.incident and incident in (0, self._memory.ids.get(key, 0))
        return state if is_shown else None

    async def _write(
        self,
        states: Mapping[Key, State],
        events: tuple[Event, ...],
        *,
        all: bool = False,
        at_once: bool = False,
    ) -> bool:
        """Write, or let wait what cannot be written. False where another process was first: its states hold now."""
        try:
            await self._memory.write(states, events, self._rules.by_id, all=all, at_once=at_once)
        except Conflict:
            return self._incidents is None or not await self._take_over(self._incidents, len(events))
        return True

    async def _take_over(self, store: IncidentStore, void: int) -> bool:
        try:
            await self._rules.reload()
            states = await self._caught_up(store, void)
        except StorageError as error:
            self._memory.failed(error)
            return False
        self._unheard += tuple(told_elsewhere(self._rules.by_id, self._states, states, self._now()))
        self._states = states
        return True

    async def _caught_up(self, store: IncidentStore, void: int = 0) -> dict[Key, State]:
        """The states with what other processes made of them. After this they must be taken over."""
        recent = await store.recent(self._backend, self._now() - max(SPANS.values()))
        states = await self._memory.catch_up(store, self._states, void)
        rules = self._rules.by_id
        self._incidents, self._marks = store, recalled(recent, rules)
        self._marks.note(self._memory.waiting, rules)
        return states

    def _hand_on(self, now: float, events: tuple[Event, ...], *, quiet: bool) -> None:
        """Show the alerts as they are. With ``quiet`` only if more than their values changed."""
        self.tally.note(self._states.values(), events)
        shown = (urgent(self._states.values()), dict(self._memory.ids), self._memory.problem)
        events, self._unheard = (*events, *self._unheard), ()
        if quiet and not events and shown == self._shown:
            return
        self._shown = shown
        view = alerts_view(
            self._rules.all, self._states, self._memory.ids, self._sparkline, now, self._memory.problem
        )
        self._show(view, interruption(events))

    def _stored(self) -> IncidentStore:
        if self._incidents is None:
            raise StorageError(self._memory.problem or "The alerts are not read yet.")
        return self._incidents
