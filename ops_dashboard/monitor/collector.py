"""The collector: the one reader of the monitored backend, however many tabs are open."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial

from ops_dashboard.backend.beside import read_beside
from ops_dashboard.backend.capabilities import Capabilities, read_capabilities
from ops_dashboard.backend.client import Answer, BackendClient
from ops_dashboard.backend.errors import BackendError
from ops_dashboard.backend.features import offers
from ops_dashboard.backend.reading import Reading, read_report
from ops_dashboard.backend.sources import MODULE_HEALTH, Source
from ops_dashboard.domain.alerts.samples import SWALLOWED_SECONDS
from ops_dashboard.domain.clock_offset import ClockOffset
from ops_dashboard.domain.metrics.health import HealthReport
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.product import NOBODY_LOOKS, RANGED_SOURCES, of_range
from ops_dashboard.domain.probes import Probe, ProbeWindow
from ops_dashboard.domain.restarts import RestartLog
from ops_dashboard.domain.scrapes import ScrapeWindow
from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.monitor.board import Board
from ops_dashboard.monitor.clock import Clock
from ops_dashboard.monitor.contact import PROBE_CAP_SECONDS, ContactState, after_answer, after_failure
from ops_dashboard.monitor.refresh import Refresh
from ops_dashboard.monitor.room import Room
from ops_dashboard.monitor.schedule import Schedule, Slot
from ops_dashboard.monitor.watch import Watch

log = logging.getLogger(__name__)

PUBLISH_GAP_SECONDS = 0.1
"""During a refresh, answers are gathered for this long before the tabs hear of them."""
HEARTBEAT_SECONDS = 10.0
SHORTEST_SLEEP_SECONDS = 0.001
"""Timers may fire a rounding error early; without this the loop would spin until the moment has come."""
CONTACT_PROBE = "ml_health"
"""The cheapest public call: the only one made while the backend is out of reach."""


def _is_probe(source: Source) -> bool:
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
        )
        self._board = Board(sources, watch.refresh_seconds)
        self._contact = ContactState()
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

    async def run(self) -> None:
        """Collect until cancelled. After a crash it can simply be run again: nothing known is lost."""
        self._schedule.drop_flights(self._clock.monotonic())
        async with asyncio.TaskGroup() as calls:
            while True:
                now = self._clock.monotonic()
                if now >= self._schedule.next_refresh_at and not self._schedule.refreshing:
                    self._start_refresh(now)
                while slot := self._schedule.next_call(now, self._only):
                    clean = self._schedule.began(slot)
                    calls.create_task(self._call(slot, clean), name=f"call {slot.source.name}")
                self._publish_if_due(now)
                self._wake.clear()
                await self._sleep(now)

    async def refresh(self) -> None:
        """Refresh now, or join the refresh under way; returns when every source asked has come to an end."""
        self._start_refresh(self._clock.monotonic(), manual=True)
        self._wake.set()
        await self._refresh.wait()

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
        return CONTACT_PROBE if self._contact.lost else None

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
        if self._dirty:
            moments.append(self._published_at + PUBLISH_GAP_SECONDS)
        # Not wait_for: before Python 3.12 it can swallow the cancellation that comes with the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(SHORTEST_SLEEP_SECONDS, min(moments) - now)):
                await self._wake.wait()

    async def _call(self, slot: Slot, clean: bool) -> None:
        source, began = slot.source, self._clock.monotonic()
        awaited = source.name in self._schedule.pending | self._asked_for
        self._asked_for.discard(source.name)
        try:
            reading, latency, cost = await self._ask(source)
        except BackendError as error:
            self._failed(slot, error, self._clock.monotonic() - began)
        except Exception:
            log.exception("event=unforeseen source=%s", source.name)
            error = BackendError("could not be read: an error in this dashboard; see its log")
            self._failed(slot, error, self._clock.monotonic() - began)
        else:
            self._answered(slot, reading, latency, cost, clean)
            self._loud = self._loud or awaited
        self.room.freed()
        self._end_refresh_if_done()
        self._dirty = True
        self._wake.set()

    async def _ask(self, source: Source) -> tuple[Reading | None, float, float]:
        """The reading, the seconds the backend took to answer, and those that it took to make sense of that, too."""
        answer = await self._client.get(
            source.path,
            params=source.params,
            auth=source.auth,
            timeout=source.timeout or self._watch.timeout_seconds,
            text=source.text,
            is_answer=source.is_answer,
        )
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

    def _answered(
        self, slot: Slot, reading: Reading | None, latency: float, cost: float, clean: bool
    ) -> None:
        now = self._clock.monotonic()
        before = self._board.state(slot.source.name)
        if before.failures:
            log.info("event=recovered source=%s failures=%d", slot.source.name, before.failures)
            self._loud = True
        # What is dear to read is read as rarely as what is dear to ask.
        self._schedule.succeeded(slot, now, cost)
        rhythm = self._schedule.interval(slot), self._schedule.pace(slot)
        self._board.answered(slot, reading, self._clock.now(), latency, rhythm, clean=clean)
        self._refresh.read()
        self._heard(now)
        if _is_probe(slot.source):
            self._probes.add(Probe(now, latency, failed=False, clean=clean, source=slot.source.name))
        report = reading.report if reading is not None else None
        self._restarts.read(slot.source.name, report, self._clock.now(), now)
        if isinstance(report, HealthReport):
            self._spare_modules(report)
        elif isinstance(report, ProcessReport) and report.requests is not None:
            self._scrapes.add(now, report.requests, self._clock.now())

    def _failed(self, slot: Slot, error: BackendError, latency: float) -> None:
        now, name = self._clock.monotonic(), slot.source.name
        self._schedule.failed(slot, now, latency, error.retry_after)
        was_lost = self._contact.lost
        self._contact = after_failure(self._contact, error, self._clock.now())
        if self._contact.lost:
            if not was_lost:
                log.error("event=contact-lost backend=%s reason=%r", self._watch.backend, error.sentence)
                self._schedule.pending.clear()
                began = now - (self._clock.now() - self._contact.since)
                self._probes.forget_failures(began - SWALLOWED_SECONDS)
            probe = self._schedule.slots[CONTACT_PROBE]
            probe.due_at = min(probe.due_at or now, now + PROBE_CAP_SECONDS)
        elif was_lost:
            self._heard(now, was_lost=True)
        retry_at = self._clock.wall(slot.due_at or 0.0)
        state = self._board.failed(slot, error, self._clock.now(), retry_at, slot.retry.circuit(now))
        if state.failures == 1:
            # Counted once: the retries of one call that keeps failing say nothing of the others.
            swallowed = self._contact.lost or self._clock.now() - self._regained_at < SWALLOWED_SECONDS
            if _is_probe(slot.source) and not swallowed and (error.status is None or error.status >= 500):
                self._probes.add(Probe(now, latency, failed=True, clean=False, source=name))
            log.warning("event=failing source=%s kind=%r reason=%r", name, error.kind, error.sentence)
        self._loud = True

    def _heard(self, now: float, *, was_lost: bool | None = None) -> None:
        lost = self._contact.lost if was_lost is None else was_lost
        self._contact = after_answer()
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
        probe_due = self._schedule.slots[CONTACT_PROBE].due_at or 0.0
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
            sources=self._board.states(),
        )
