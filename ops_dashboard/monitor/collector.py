"""The collector: the one reader of the monitored backend, however many tabs are open."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from ops_dashboard.backend.beside import read_beside
from ops_dashboard.backend.capabilities import Capabilities, read_capabilities
from ops_dashboard.backend.client import Answer, BackendClient
from ops_dashboard.backend.errors import BackendError, NotOffered, TimedOut
from ops_dashboard.backend.features import offers
from ops_dashboard.backend.reading import Reading, read_report
from ops_dashboard.backend.sources import ML_HEALTH, MODULE_HEALTH, ROOT_HEALTH, Source, with_check
from ops_dashboard.domain.clock_offset import ClockOffset
from ops_dashboard.domain.load_budget import LoadBudget
from ops_dashboard.domain.metrics.database import PoolReport
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.metrics.health import HealthReport, ModuleHealth
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.product import NOBODY_LOOKS, RANGED_SOURCES, of_range
from ops_dashboard.domain.probes import Probe, ProbeWindow
from ops_dashboard.domain.restarts import RestartLog
from ops_dashboard.domain.scrapes import ScrapeWindow
from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span
from ops_dashboard.domain.snapshot import SWALLOWED_SECONDS, Contact, Snapshot, SourceState
from ops_dashboard.monitor.board import Board
from ops_dashboard.monitor.clock import Clock
from ops_dashboard.monitor.contact import (
    OWN_CALL_SECONDS,
    PROBE_CAP_SECONDS,
    PROBE_GAP_SECONDS,
    PROBE_SECONDS,
    QUIET_SECONDS,
    SILENT_SECONDS,
    ContactState,
    after_answer,
    after_failure,
    is_answer,
)
from ops_dashboard.monitor.refresh import Refresh
from ops_dashboard.monitor.room import Room
from ops_dashboard.monitor.schedule import MOST_IN_FLIGHT, Schedule, Slot
from ops_dashboard.monitor.signals import signal
from ops_dashboard.monitor.watch import Watch

log = logging.getLogger(__name__)

PUBLISH_GAP_SECONDS = 0.1
"""During a refresh, answers are gathered for this long before the tabs hear of them."""
HEARTBEAT_SECONDS = 10.0
SHORTEST_SLEEP_SECONDS = 0.001
"""Timers may fire a rounding error early; without this the loop would spin until the moment has come."""
UNCHECKED_SECONDS = 600.0
"""A module without a health check of its own is asked so rarely: the answer is always the same."""
NO_ROOT_HEALTH = "this backend does not list it; contact is seen by ML health instead"
NOT_YET_LISTED = "whether this backend has it is not known yet"


def _counts_as_own_call(source: Source) -> bool:
    """Whether its calls tell of the backend: not those that are slow by nature, nor those made once in a while.

    All others count however slow they are: without them a slow backend would show no slow percentile.
    """
    return not source.slow and not source.at_least


class Collector:
    """Reads the sources on schedule and hands a :class:`Snapshot` to ``publish(snapshot, quiet)``.

    ``quiet`` is True when only the fast lane had news: the tabs need it only if it changes a judgement.
    """

    def __init__(
        self,
        client: BackendClient,
        sources: Sequence[Source],
        watch: Watch,
        publish: Callable[[Snapshot, bool], object],
        clock: Clock | None = None,
    ) -> None:
        self._client = client
        self._watch = watch
        self._publish = publish
        self._clock = clock or Clock()
        self._schedule = Schedule(
            sources,
            refresh_seconds=watch.refresh_seconds,
            alert_seconds=watch.alert_seconds,
            budget=LoadBudget(watch.load_budget),
        )
        self._board = Board(sources, watch.refresh_seconds)
        self._contact = ContactState()
        self._heard_at = self._clock.monotonic()
        """When anything last answered, or since when it could have."""
        self._limits: dict[str, asyncio.Timeout] = {}
        """By which the calls under way can be cut off."""
        self._standard = {source.name: source for source in sources}
        self._no_checks = {source.path for source in sources}
        """Paths that are not used as health checks of modules: they are read anyway, or not there."""
        self._signals: dict[str, object] = {}
        self._probes = ProbeWindow()
        self._scrapes = ScrapeWindow()
        self._restarts = RestartLog()
        self._backend_clock = ClockOffset()
        self._wake = asyncio.Event()
        self.capabilities = Capabilities()
        self.room = Room(self._schedule, self._wake.set)
        self._asked_for: set[str] = set()
        self._refresh = Refresh()
        self._revision = 0
        self._regained_at = 0.0
        self._dirty = self._loud = True
        self._published_at = float("-inf")
        self.read_ranges({DEFAULT_SPAN})
        self._spare(ROOT_HEALTH, NOT_YET_LISTED)

    async def run(self) -> None:
        """Collect until cancelled. After a crash it can simply be run again: nothing known is lost."""
        self._heard_at = self._clock.monotonic()
        self._schedule.drop_flights(self._heard_at)
        async with asyncio.TaskGroup() as calls:
            while True:
                now = self._clock.monotonic()
                if self._schedule.is_refresh_due(now):
                    self._start_refresh(now)
                self._schedule.look_at_pressure(now)
                self._probe_if_quiet(now)
                while slot := self._schedule.next_call(now, self._only):
                    urgent, clean = slot.urgent, self._schedule.began(slot, now)
                    calls.create_task(self._call(slot, clean, urgent), name=f"call {slot.source.name}")
                self._publish_if_due(now)
                self._wake.clear()
                await self._sleep(now)

    async def refresh(self) -> None:
        """Refresh now, or join the refresh under way; returns when every source asked has come to an end."""
        self._start_refresh(self._clock.monotonic(), manual=True)
        self._wake.set()
        await self._refresh.wait()

    async def read_everything(self) -> None:
        """Read every source once, the dear ones too, one after another: for a person who waits for all of them."""
        self._schedule.lifted = True
        try:
            await self.refresh()
        finally:
            self._schedule.lifted = False

    def look_at(self, names: Collection[str]) -> None:
        """Somebody looks at what these sources tell: those that are read seldom are read as soon as is allowed."""
        if self._schedule.bring_forward(names, self._clock.monotonic()):
            self.tell()

    def read_ranges(self, spans: Collection[Span]) -> None:
        """Of the calls that take a time range, read those for ``spans``, a new one at once, and no other."""
        for span in SPANS:
            for source in RANGED_SOURCES:
                self._spare(of_range(source, span), "" if span in spans else NOBODY_LOOKS)
        self.tell()

    def read_again(self, name: str) -> None:
        """Read a source again at once, and show what it says without waiting for the next refresh."""
        self._schedule.ask(name, self._clock.monotonic())
        self._asked_for.add(name)
        self._wake.set()

    def tell(self) -> None:
        """Publish soon: there is news, be it not of a source."""
        self._dirty = self._loud = True
        self._wake.set()

    @property
    def _only(self) -> str | None:
        return self._probe.source.name if self._contact.lost else None

    @property
    def _probe(self) -> Slot:
        """The cheapest public call: the only one made while the backend is out of reach."""
        root = self._schedule.slots.get(ROOT_HEALTH)
        return root if root is not None and not root.spared else self._schedule.slots[ML_HEALTH]

    def _probe_if_quiet(self, now: float) -> None:
        """Ask the contact probe at once when nothing has answered for a while, and make room for it."""
        probe, failing = self._probe, self._contact.since > 0
        if self._contact.lost or now - self._heard_at < QUIET_SECONDS:
            return
        if probe.in_flight or (self._schedule.dear(probe, now) and not failing):
            return
        if not probe.urgent:
            pause = PROBE_GAP_SECONDS if probe.retry.failures and failing else 0.0
            self._schedule.ask(probe.source.name, max(now, (probe.finished_at or 0.0) + pause), urgent=True)
        if (
            self._schedule.in_flight + self._schedule.actions >= MOST_IN_FLIGHT
            and (probe.due_at or 0.0) <= now
        ):
            cheap = [s for s in self._schedule.slots.values() if s.in_flight and not s.planned]
            self._cut_off(sorted(cheap, key=lambda s: s.began_at)[:1])

    def _cut_off(self, slots: Iterable[Slot]) -> None:
        """End calls under way as if their time had run out."""
        for slot in slots:
            if limit := self._limits.get(slot.source.name):
                limit.reschedule(asyncio.get_running_loop().time())

    def _start_refresh(self, now: float, *, manual: bool = False) -> None:
        self._refresh.begin(now)
        self._schedule.start_refresh(now, manual=manual, only=self._only)
        self._dirty = self._loud = True
        self._end_refresh_if_done()

    def _end_refresh_if_done(self) -> None:
        if self._schedule.refreshing or self._refresh.is_over:
            return
        self._refresh.end(self._clock.monotonic(), self._clock.now())
        self._loud = True

    async def _sleep(self, now: float) -> None:
        moments = [self._schedule.next_moment(now, self._only), self._published_at + HEARTBEAT_SECONDS]
        if not self._contact.lost and self._heard_at + QUIET_SECONDS > now:
            moments.append(self._heard_at + QUIET_SECONDS)
        if self._dirty:
            moments.append(self._published_at + PUBLISH_GAP_SECONDS)
        # Not wait_for: before Python 3.12 it can swallow the cancellation that comes with the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(SHORTEST_SLEEP_SECONDS, min(moments) - now)):
                await self._wake.wait()

    async def _call(self, slot: Slot, clean: bool, urgent: bool) -> None:
        source, began = slot.source, self._clock.monotonic()
        awaited = source.name in self._schedule.pending | self._asked_for
        self._asked_for.discard(source.name)
        try:
            reading, latency, cost = await self._ask(slot, urgent)
        except BackendError as error:
            self._failed(slot, error, self._clock.monotonic() - began, urgent)
        except Exception:
            log.exception("event=unforeseen source=%s", source.name)
            error = BackendError("could not be read: an error in this dashboard; see its log")
            self._failed(slot, error, self._clock.monotonic() - began, urgent)
        else:
            self._answered(slot, reading, latency, cost, clean)
            self._loud = self._loud or awaited
        self.room.freed()
        self._end_refresh_if_done()
        self._dirty = self._dirty or self._loud or not urgent  # that it answers as ever is no news
        self._wake.set()

    async def _ask(self, slot: Slot, urgent: bool) -> tuple[Reading | None, float, float]:
        """The reading, the seconds the backend took to answer, and those that it took to make sense of that, too."""
        source, seconds = slot.source, slot.source.timeout or self._watch.timeout_seconds
        if urgent:
            seconds = max(PROBE_SECONDS, 3 * (slot.expected or 0.0))
        try:
            async with asyncio.timeout(None) as self._limits[source.name]:
                answer = await self._client.get(
                    source.path,
                    params=source.params,
                    auth=source.auth,
                    timeout=seconds,
                    text=source.text,
                    is_answer=source.is_answer,
                )
        except TimeoutError:
            ran = self._clock.monotonic() - slot.began_at
            known = self._board.state(source.name).reason
            raise TimedOut(known or f"gave no answer within {ran:.0f} s, as nothing else did") from None
        finally:
            del self._limits[source.name]
        if answer.clock_ahead is not None:
            self._backend_clock.add(answer.clock_ahead)
        read, began = partial(self._read, source, answer), time.perf_counter()
        reading = await read_beside(read, answer.size)
        return reading, answer.latency, answer.latency + answer.decoding + time.perf_counter() - began

    def _read(self, source: Source, answer: Answer) -> Reading | None:
        if source.model is not None:
            return read_report(source.model, answer.body, answer.status, self._backend_clock.ahead)
        self.capabilities = read_capabilities(answer.body)
        return None

    def _use_what_is_offered(self) -> None:
        """Read contact and modules by the calls that this backend lists for them."""
        offered = self.capabilities.offers("GET", self._schedule.slots[ROOT_HEALTH].source.path)
        self._spare(ROOT_HEALTH, "" if offered else NO_ROOT_HEALTH)
        for module in self._watch.modules:
            check = self.capabilities.checks.get(module)
            if check is not None and check.path not in self._no_checks:
                slot = self._schedule.slots[f"{MODULE_HEALTH}.{module}"]
                self._schedule.replace_source(with_check(slot.source, check))

    def _answered(
        self, slot: Slot, reading: Reading | None, latency: float, cost: float, clean: bool
    ) -> None:
        now = self._clock.monotonic()
        before = self._board.state(slot.source.name)
        if before.failures:
            log.info("event=recovered source=%s failures=%d", slot.source.name, before.failures)
            self._loud = True
        # What is dear to read is read as rarely as what is dear to ask.
        report = reading.report if reading is not None else None
        if isinstance(report, ModuleHealth):
            slot.at_least = UNCHECKED_SECONDS if report.unchecked else 0.0
        self._schedule.succeeded(slot, now, latency, cost - latency)
        if isinstance(report, PoolReport):
            self._schedule.pool_read(report.utilization, now)
        rhythm = self._schedule.interval(slot, now), self._schedule.pace(slot, now)
        self._board.answered(slot, reading, self._clock.now(), latency, rhythm, clean=clean)
        self._refresh.read()
        self._heard(now)
        if _counts_as_own_call(slot.source):
            self._probes.add(Probe(now, latency, failed=False, clean=clean, source=slot.source.name))
        if reading is None:
            self._use_what_is_offered()
        self._hear_signal(slot.source.name, report, now)
        self._restarts.read(slot.source.name, report, self._clock.now(), now)
        if isinstance(report, HealthReport):
            self._spare_modules(report)
        elif isinstance(report, ProcessReport) and report.requests is not None:
            self._scrapes.add(now, report.requests, self._clock.now())

    def _may_be_our_own_call(self, now: float) -> bool:
        return any(
            s.in_flight and s.planned and now - s.began_at < OWN_CALL_SECONDS
            for s in self._schedule.slots.values()
        )

    def _hear_signal(self, name: str, report: Report | None, now: float) -> None:
        """Bring forward what is read seldom when a cheap call tells of a change."""
        said = signal(report)
        before, self._signals[name] = self._signals.get(name), said
        if before is not None and said is not None and said != before:
            self._schedule.bring_forward(self._schedule.slots, now)

    def _failed(self, slot: Slot, error: BackendError, latency: float, urgent: bool) -> None:
        now, name = self._clock.monotonic(), slot.source.name
        timed_out = isinstance(error, TimedOut)
        self._schedule.failed(
            slot, now, latency, error.retry_after, answered=is_answer(error), timed_out=timed_out
        )
        was_lost = self._contact.lost
        silent = urgent and now - self._heard_at >= SILENT_SECONDS and not self._may_be_our_own_call(now)
        self._contact = after_failure(self._contact, error, self._clock.now(), silent_probe=silent)
        if self._contact.lost:
            if not was_lost:
                log.error("event=contact-lost backend=%s reason=%r", self._watch.backend, error.sentence)
                self._schedule.pending.clear()
                began = now - (self._clock.now() - self._contact.since)
                self._probes.forget_failures(began - SWALLOWED_SECONDS)
                self._cut_off(s for s in self._schedule.slots.values() if s.in_flight)
            probe = self._probe
            probe.due_at = min(probe.due_at or now, now + PROBE_CAP_SECONDS)
        elif was_lost:
            self._heard(now, was_lost=True)
        elif is_answer(error):
            self._heard_at = now
        retry_at = self._clock.wall(slot.due_at or 0.0)
        state = self._board.failed(slot, error, self._clock.now(), retry_at, slot.retry.circuit(now))
        if state.failures == 1:
            # Counted once: the retries of one call that keeps failing say nothing of the others.
            swallowed = self._contact.lost or self._clock.now() - self._regained_at < SWALLOWED_SECONDS
            if (
                _counts_as_own_call(slot.source)
                and not swallowed
                and (error.status is None or error.status >= 500)
            ):
                self._probes.add(Probe(now, latency, failed=True, clean=False, source=name))
            log.warning("event=failing source=%s kind=%r reason=%r", name, error.kind, error.sentence)
        if isinstance(error, NotOffered) and slot.source != self._standard[name]:
            # Listed, but not there: the module is read by the standard call again.
            self._no_checks.add(slot.source.path)
            self._schedule.replace_source(self._standard[name])
            self._schedule.ask(name, now)
        self._loud = True

    def _heard(self, now: float, *, was_lost: bool | None = None) -> None:
        lost = self._contact.lost if was_lost is None else was_lost
        self._contact, self._heard_at = after_answer(), now
        if lost:
            log.info("event=contact-regained backend=%s", self._watch.backend)
            self._regained_at = self._clock.now()
            self._schedule.contact_regained(now)
            self._start_refresh(now, manual=True)

    def _spare_modules(self, report: HealthReport) -> None:
        reported = set(report.modules or ())
        for module in self._watch.modules:
            name = f"{MODULE_HEALTH}.{module}"
            why = "the backend's health answer already reports this module" if module in reported else ""
            self._spare(name, why)

    def _spare(self, name: str, why: str) -> None:
        slot = self._schedule.slots.get(name)
        if slot is not None and slot.spared != why:
            self._schedule.spare(name, why)
            self._board.spare(name, why)

    def _publish_if_due(self, now: float) -> None:
        since = now - self._published_at
        if not (self._dirty and since >= PUBLISH_GAP_SECONDS) and since < HEARTBEAT_SECONDS:
            return
        self._published_at = now
        self._revision += 1
        self._publish(self.snapshot(), not self._loud)
        self._dirty = self._loud = False

    def now(self) -> float:
        """The collector's time, unix seconds: what the moments of its snapshots are measured with."""
        return self._clock.now()

    def monotonic(self) -> float:
        """Seconds that no setting of the clock changes: what lengths and limits are measured with."""
        return self._clock.monotonic()

    def snapshot(self) -> Snapshot:
        """What is known now."""
        clock, lost = self._clock, self._contact.lost
        probe_due = self._probe.due_at or 0.0
        return Snapshot(
            revision=self._revision,
            at=clock.now(),
            monotonic=clock.monotonic(),
            backend=self._watch.backend,
            scenario=self._watch.scenario(),
            unsaved=self._watch.unsaved(),
            clock_ahead=self._backend_clock.ahead,
            watched_modules=self._watch.modules,
            refresh_seconds=self._watch.refresh_seconds,
            refreshing=self._schedule.refreshing,
            refreshed_at=self._refresh.ended_at,
            refresh_took=self._refresh.seconds,
            next_refresh_at=clock.wall(self._schedule.next_refresh_at),
            contact=Contact(
                lost=lost,
                since=self._contact.since,
                reason=self._contact.reason,
                next_retry_at=clock.wall(probe_due) if lost else 0.0,
                regained_at=self._regained_at,
            ),
            probes=self._probes.summary(clock.monotonic()),
            scrapes=self._scrapes.summary(clock.monotonic()),
            restarts=self._restarts.moments,
            runs=self._watch.runs(),
            submissions=self._watch.submissions(),
            embeddings=self._watch.embeddings(),
            offers=offers(self.capabilities),
            sources=self._states(),
        )

    def _states(self) -> dict[str, SourceState]:
        """What is known of every source, and how those fare that are not read with every refresh."""
        now, states = self._clock.monotonic(), self._board.states()
        for name, slot in self._schedule.slots.items():
            cost, left_out = self._schedule.dear(slot, now), self._schedule.left_out(slot)
            if slot.spared or not (cost or left_out):
                continue
            states[name] = replace(
                states[name],
                interval=self._schedule.interval(slot, now),
                pace=self._schedule.pace(slot, now),
                dear_seconds=cost if slot.latencies else 0.0,
                next_read_at=self._clock.wall(self._schedule.next_read_at(slot, now)),
                left_out=left_out,
            )
        return states
