"""The alerts of this deployment: judged once for all tabs, shown at once, and written in the background."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

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
from ops_dashboard.monitor.alert_merge import merged
from ops_dashboard.monitor.alert_poll import Poll
from ops_dashboard.monitor.alert_rules import AlertRules
from ops_dashboard.monitor.alert_tally import AlertTally
from ops_dashboard.monitor.every import Every
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.preferences import PreferenceStore

log = logging.getLogger(__name__)

FLUSH_SECONDS = 60.0
MOST_QUEUED = 100
"""Pages that wait to be judged; of more, the oldest are left out."""
RECALL_SECONDS = 1.0
"""How long the first judgement waits for what is open according to the database."""
ANSWER_SECONDS = 1.5
"""How long a person waits to hear whether it is saved."""
_MOST_NAMED = 3


class Alerts:
    """Judges every page it is fed, whatever the database does.

    ``show(view, interruption)`` hands on what the tabs are to see. The first judgement waits a moment for
    :meth:`attach`: what is open already would be announced again.
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
        self._memory = AlertMemory(backend, now, self._written)
        self._rules = AlertRules(backend, now)
        self._states: dict[Key, State] = {}
        self._samples: tuple[Sample, ...] = ()
        self._marks = IncidentMarks()
        self.tally = AlertTally()
        self._incidents: IncidentStore | None = None
        self._polls: deque[Poll] = deque(maxlen=MOST_QUEUED)
        self._fed = asyncio.Event()
        self._known = asyncio.Event()
        self._recalled = False
        self._damaged = ""
        self._clock_offset: float | None = None
        self._shown: object = None
        self._flush_due = Every(FLUSH_SECONDS)

    @property
    def problem(self) -> str:
        """Why a restart would lose something; empty while all is saved."""
        return self._memory.writer.problem

    def feed(self, snapshot: Snapshot, page: PageView, quiet: bool) -> None:
        """Judge ``page``, made from ``snapshot``, soon; with ``quiet`` values may stay as they are shown."""
        self._polls.append(Poll(snapshot, page, quiet))
        self._fed.set()

    async def attach(self, database: Database) -> None:
        """Write to this database from now on. Of the first one it is taken over what is open.

        Raises:
            StorageError: it could not be read.
        """
        store, preferences = IncidentStore(database), PreferenceStore(database)
        await self._rules.attach(preferences)
        loaded = await store.load(self._backend)
        if not self._recalled:
            recent = await store.recent(self._backend, self._now() - max(SPANS.values()))
            found = merged(self._states, loaded.states)
            self._states = found.states
            self._memory.waiting = tuple(
                event
                for event in self._memory.waiting
                if event.key not in found.theirs or (event.by and event.key in found.handled)
            )
            self._marks = recalled(recent, self._rules.by_id)
            self._marks.note(self._memory.waiting, self._rules.by_id)
            self._damaged = _sentence([*loaded.damaged.values(), *map(_of_rule, preferences.damaged)])
            self._recalled = True
        self._incidents = store
        self._memory.recall(loaded)
        self._memory.note(self._states, (), self._rules.by_id)
        self._memory.writer.attach(database)
        self._known.set()

    async def detach(self, why: str) -> None:
        """Go on without a database for the time being, and say why."""
        self._memory.writer.detach(why)
        self._rules.detach()
        self._incidents = None
        self._known.set()

    async def run(self) -> None:
        """Judge what is fed, until cancelled."""
        with suppress(TimeoutError):
            async with asyncio.timeout(RECALL_SECONDS):
                await self._known.wait()
        self._known.set()
        while True:
            await self._fed.wait()
            self._fed.clear()
            while self._polls:
                self._judge(self._polls.popleft())
                await asyncio.sleep(0)

    async def flush(self, within: float) -> None:
        """Write all that is not written yet, as before the end; for at most so many seconds."""
        self._memory.note(self._states, (), self._rules.by_id, all=True)
        await self._memory.writer.saved(within)

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
        """Do something about an open incident. The answer says whether it is saved, after 1.5 s at the latest.

        ``incident`` is the id that was shown; 0 where it was not saved then. ``until``, in unix seconds, is
        when a snooze ends; ``seen`` is the note that another one is to take the place of.
        """
        now = self._now()
        state = self._open(key_of(key), incident)
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
        problem = await self._take({**self._states, state.key: after}, events, now)
        return answers.done(action, self._rules.subject(state.key), problem, note)

    async def acknowledge_all(self, shown: Sequence[tuple[str, int]], by: str) -> Answer:
        """Take care of several incidents at once, each given as for :meth:`act`."""
        now, states, events = self._now(), dict(self._states), ()
        for key, incident in shown:
            if (state := self._open(key_of(key), incident)) is not None:
                states[state.key], told = acknowledge(state, now, by)
                events += told
        problem = await self._take(states, events, now) if events else ""
        return answers.all_acknowledged(len(events), len(shown), problem)

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

    def _judge(self, poll: Poll) -> None:
        now, clock_step = poll.snapshot.at, self._clock_step(poll.snapshot)
        self._samples = tuple(samples(poll.snapshot, poll.page))
        self._states, events = evaluate(
            self._rules.all, self._states, self._samples, now, clock_step=clock_step
        )
        self._marks.note(events, self._rules.by_id)
        self._memory.note(self._states, events, self._rules.by_id, all=self._flush_due.is_due(now))
        self._hand_on(now, events, quiet=poll.quiet)

    def _clock_step(self, snapshot: Snapshot) -> float:
        """By how many seconds the clock was set since the page judged before."""
        if snapshot.monotonic is None:
            return 0.0
        before, self._clock_offset = self._clock_offset, snapshot.at - snapshot.monotonic
        step = 0.0 if before is None else self._clock_offset - before
        return step if abs(step) > CLOCK_STEP_SECONDS else 0.0

    async def _take(self, states: dict[Key, State], events: tuple[Event, ...], now: float) -> str:
        """Let the states hold that people made; why they are not saved yet, or empty when they are."""
        self._states = states
        self._memory.note(states, events, self._rules.by_id)
        try:
            saved = await self._memory.writer.saved(ANSWER_SECONDS)
        finally:  # it holds also if nobody waits for the answer any longer
            self._hand_on(now, events, quiet=False)
        return "" if saved else self.problem or answers.NO_ANSWER

    def _open(self, key: Key, incident: int) -> State | None:
        """The state of the incident that was shown, if it is still the open one."""
        state = self._states.get(key)
        is_shown = state is not None and state.incident and incident in (0, self._memory.ids.get(key, 0))
        return state if is_shown else None

    def _written(self) -> None:
        """Show the ids of what was written, or that nothing can be."""
        if self._shown is not None:
            self._hand_on(self._now(), (), quiet=True)

    def _hand_on(self, now: float, events: tuple[Event, ...], *, quiet: bool) -> None:
        """Show the alerts as they are. With ``quiet`` only if more than their values changed."""
        self.tally.note(self._states.values(), events)
        shown = (urgent(self._states.values()), dict(self._memory.ids), self.problem)
        if quiet and not events and shown == self._shown:
            return
        self._shown = shown
        view = alerts_view(
            self._rules.all,
            self._states,
            self._memory.ids,
            self._sparkline,
            now,
            self.problem,
            self._damaged,
        )
        self._show(view, interruption(events))

    def _stored(self) -> IncidentStore:
        if self._incidents is None:
            raise StorageError(self.problem or "The alerts are not read yet.")
        return self._incidents


def _of_rule(rule_id: str) -> str:
    return f"The saved settings of the rule {rule_id} cannot be read: its defaults hold."


def _sentence(damage: Sequence[str]) -> str:
    """What of the saved alerts could not be read, the first few in full."""
    more = len(damage) - _MOST_NAMED
    return " ".join([*damage[:_MOST_NAMED], *([f"And {more:,} more, see the log."] if more > 0 else [])])
