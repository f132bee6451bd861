"""Which call comes next: two at a time, never one beside itself, and all dear ones together within a budget.

Pure: all moments are monotonic seconds given by the caller. Rules and their reasons:

- A refresh makes every source due, except one that rests: backing off, or asked to be left alone. It waits for
  none that hangs, and the next one waits for none at all.
- The fast lane makes an alert-critical source due again soon after it answered, unless its calls are dear.
- What a call is expected to take is a median, so that one slow answer changes nothing.
- A dear call waits for the budget, and until no cheap one is due or under way, so that latencies measured beside it
  stay honest. A call that hung lately shares its place, so that the other place is always left to the quick ones.
- A call that needs a database connection is never beside another such call, nor beside a reading of the pool.
"""

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median_low

from ops_dashboard.backend.retry import RetryState, failed
from ops_dashboard.backend.sources import DB_POOL, Source
from ops_dashboard.domain.load_budget import DEAR_SECONDS, Forecast, LoadBudget, Waiting
from ops_dashboard.monitor.pool_pressure import SLOWER_THAN_USUAL, PoolPressure

MOST_IN_FLIGHT = 2
COST_FACTOR = 5.0
SAMPLES = 10
"""Latencies that are kept of each source."""
RECENT = 5
"""Of those, the ones that tell what the next call takes."""
SLOW_GUESS_SECONDS = 2.0
"""What the first call of a source takes that is known to be slow."""
HANGS_THAT_COUNT = 3
"""Cheap calls in a row without an answer in time from which on they are charged like dear ones."""
LONG_SECONDS = 1.0
"""No refresh waits for a call of the last one that has been under way for so long."""
POOL_QUEUE_SECONDS = 1.0
"""A call that took less did not queue for a connection, be it ever so much slower than usual."""
POOL_GAP_SECONDS = 0.25
"""The pool is read so long after a call that needed a connection, lest that one be counted."""
POOL_WAIT_SECONDS = 3.5
"""The longest that a reading of the pool is put off for such calls."""


@dataclass(slots=True)
class Slot:
    """One source's place in the schedule."""

    source: Source
    order: int
    due_at: float | None = None
    retry: RetryState = field(default_factory=RetryState)
    rest_until: float = 0.0
    """The backend asked to be left alone until then (``Retry-After``)."""
    latencies: deque[float] = field(default_factory=lambda: deque(maxlen=SAMPLES))
    """Seconds of the last calls that came to an end by themselves, newest last."""
    planned: float = 0.0
    """What the call under way was expected to take if it was dear, in seconds; 0 for a cheap one."""
    began_at: float = 0.0
    finished_at: float | None = None
    in_flight: bool = False
    hung: int = 0
    """Calls in a row that brought no answer in time."""
    brought_forward: bool = False
    urgent: bool = False
    """It goes before everything else: whether the backend answers at all depends on it."""
    spared: str = ""
    at_least: float = 0.0
    """The least time between two calls, where there is nothing to be learnt sooner."""

    @property
    def expected(self) -> float | None:
        """The seconds the next call is likely to take; None until measured.

        One slow answer among quick ones is not expected again, and one quick answer is believed at once.
        """
        if not self.latencies:
            return None
        return min(self.latencies[-1], self.usual)

    @property
    def usual(self) -> float:
        """The median of the last few calls, in seconds; there must be one."""
        return median_low(list(self.latencies)[-RECENT:])

    @property
    def pause(self) -> float:
        """The least time between two calls, in seconds."""
        return max(self.source.at_least, self.at_least)

    def rested(self, now: float) -> bool:
        """True when its pause since the last call is over."""
        return self.finished_at is None or now - self.finished_at >= self.pause


class Schedule:
    """The slots of all sources, and the refresh under way."""

    def __init__(
        self, sources: Iterable[Source], *, refresh_seconds: float, alert_seconds: float, budget: LoadBudget
    ) -> None:
        self.slots = {s.name: Slot(s, order) for order, s in enumerate(sources)}
        self._refresh_seconds = refresh_seconds
        self._alert_seconds = alert_seconds
        self._budget = budget
        self._guess = 0.0
        """What a call is expected to take that was never made."""
        self._dear_calls: deque[tuple[float, float]] = deque(maxlen=SAMPLES)
        """When the last dear calls began and ended."""
        self._connection_used_at = -math.inf
        self.pressure = PoolPressure()
        self.lifted = False
        """True while dear calls are made one after another, whatever the budget: a person waits for all of them."""
        self._forecast: dict[str, Forecast] | None = None
        self.pending: set[str] = set()
        """Sources that the refresh under way still waits for."""
        self.next_refresh_at = 0.0
        self.actions = 0
        """Actions under way or about to be sent: each takes the place of a read."""

    @property
    def in_flight(self) -> int:
        """How many reads are under way."""
        return len(self._flights())

    @property
    def refreshing(self) -> bool:
        """True while a refresh is under way."""
        return bool(self.pending)

    def dear(self, slot: Slot, now: float) -> float:
        """What the next call of a source is charged with, in seconds; 0 when it is cheap."""
        expected = slot.expected
        if expected is None:
            return SLOW_GUESS_SECONDS if slot.source.slow else self._guess
        slow = [seconds for seconds in slot.latencies if seconds >= DEAR_SECONDS]
        if expected >= DEAR_SECONDS:
            cost = slot.usual
            is_first = len(slot.latencies) == 1 and not slot.source.slow and not self._guess
            return 0.0 if is_first and self._has_room(cost, now) else cost
        # Slow now and then: one such answer is let pass, more of them only while there is room.
        if max(len(slow), self._budget.charges(slot.source.name, now)) > 1:
            cost = max(slow, default=DEAR_SECONDS)
            return 0.0 if self._has_room(cost, now) else cost
        return 0.0

    def _has_room(self, cost: float, now: float) -> bool:
        return self._budget.spent(now) + cost <= self._budget.allowance

    def interval(self, slot: Slot, now: float) -> float:
        """How often a source can be expected to be read, in seconds."""
        grid = self._refresh_seconds
        every = max(1, -(-slot.pause // grid)) * grid
        if self.dear(slot, now) and (coming := self.forecast(now).get(slot.source.name)):
            return max(every, coming.every)
        return every

    def pace(self, slot: Slot, now: float) -> float:
        """How often a source is read now: quicker than its interval while it is in the fast lane."""
        in_fast_lane = slot.source.fast_lane and self._alert_seconds and not slot.retry.failures
        if not in_fast_lane or slot.expected is None or self.dear(slot, now):
            return self.interval(slot, now)
        return max(self._alert_seconds, COST_FACTOR * min(slot.expected, DEAR_SECONDS))

    def forecast(self, now: float) -> dict[str, Forecast]:
        """For each source whose calls are dear, when it is likely to be read next, and how often."""
        if self._forecast is None:
            waiting = self._waiting(self.slots.values(), now)
            self._forecast = self._budget.forecast(waiting, now) if waiting else {}
        return self._forecast

    def next_read_at(self, slot: Slot, now: float) -> float:
        """When a dear source is likely to be read next (monotonic seconds); 0 for others and those left out."""
        coming = self.forecast(now).get(slot.source.name)
        if coming is None or slot.in_flight or self.left_out(slot):
            return 0.0
        return max(coming.at, slot.due_at or 0.0, slot.rest_until)

    def left_out(self, slot: Slot) -> str:
        """Why a source is not read for the time being; empty while it is."""
        return self.pressure.why if slot.source.needs_connection and not slot.spared else ""

    def is_refresh_due(self, now: float) -> bool:
        """Whether the next refresh may start: it waits for what the last one is still to ask, but for no long call."""
        if now < self.next_refresh_at:
            return False
        for slot in self._flights():
            if now - slot.began_at >= LONG_SECONDS:
                self.pending.discard(slot.source.name)
        return not self.refreshing

    def start_refresh(self, now: float, *, manual: bool = False, only: str | None = None) -> None:
        """Make sources due (or ``only`` one of them, while contact is lost).

        A manual refresh also asks those that back off, and brings the dear ones forward; it overrides neither
        the budget nor the backend's wish to be left alone.
        """
        at_once = manual and only is not None
        self.next_refresh_at = now + self._refresh_seconds
        for name, slot in self.slots.items():
            if only not in (None, name):
                continue
            backing_off = slot.retry.next_retry_at > now and not manual
            rested = at_once or slot.rested(now)
            if slot.spared or backing_off or slot.rest_until > now or not rested:
                continue
            if manual and self.dear(slot, now):
                self._bring_forward(slot)
            if not slot.in_flight:
                slot.due_at = min(slot.due_at or now, now)
            if not slot.hung and not self.left_out(slot) and (manual or not slot.in_flight):
                self.pending.add(name)
        self._leave_out_what_must_wait(now)

    def _leave_out_what_must_wait(self, now: float) -> None:
        """The refresh under way waits for no call that the budget does not allow yet."""
        waiting = self._waiting((s for s in self.slots.values() if not s.in_flight), now)
        if waiting and not self.lifted and self._free_at(waiting, now) > now:
            self.pending -= waiting.keys()

    def _free_at(self, waiting: Mapping[str, Waiting], now: float) -> float:
        return self._budget.free_at(now, waiting[self._budget.choose(waiting, now)].cost)

    def spare(self, name: str, why: str) -> None:
        """Stop reading a source, or (with an empty reason) read it again at once."""
        slot = self.slots[name]
        if why and not slot.spared:
            slot.due_at = None
            self.pending.discard(name)
            slot.retry = RetryState()
        elif slot.spared and not why:
            slot.due_at = 0.0  # at once: its last value is from before it was spared
        slot.spared = why
        self._forecast = None

    def replace_source(self, source: Source) -> None:
        """Read a source by another call from now on: what is known of the old one says nothing of it."""
        slot = self.slots[source.name]
        if slot.source != source:
            slot.source, slot.at_least = source, 0.0
            slot.latencies.clear()
            self._forecast = None

    def ask(self, name: str, now: float, *, urgent: bool = False) -> None:
        """Make a source due at once, or as soon as it allows; after a call under way, which is older, too."""
        slot = self.slots[name]
        if not slot.spared:
            slot.due_at = max(now, slot.rest_until)
            slot.urgent = urgent
            self._bring_forward(slot)

    def bring_forward(self, names: Collection[str], now: float) -> bool:
        """Make the next call of those sources early that are read seldom; True when there is one."""
        slots = [s for n in names if (s := self.slots.get(n)) and not s.spared and not s.in_flight]
        dear = [s for s in slots if self.dear(s, now) and not s.brought_forward and s.finished_at is not None]
        for slot in dear:
            slot.due_at = max(min(slot.due_at or now, now), slot.rest_until)
            self._bring_forward(slot)
        return bool(dear)

    def _bring_forward(self, slot: Slot) -> None:
        slot.brought_forward, self._forecast = True, None

    def next_call(self, now: float, only: str | None = None) -> Slot | None:
        """The slot to call now, or None. ``only`` restricts to one source while contact is lost."""
        flights = self._flights()
        if len(flights) + self.actions >= MOST_IN_FLIGHT:
            return None
        due = self._due(now, only)
        urgent = [s for s in due if s.urgent or only]
        if urgent:
            return urgent[0]
        doubtful = any(s.planned or s.hung for s in flights)
        ready = [s for s in due if self._waits_until(s, now) <= now]
        cheap = [s for s in ready if not self.dear(s, now) and not (s.hung and doubtful)]
        if cheap:
            return min(cheap, key=lambda s: (s.hung > 0, s.due_at or 0.0, s.order))
        if flights:
            return None  # a dear call starts alone
        waiting = self._waiting(ready, now)
        if not waiting:
            return None
        name = self._budget.choose(waiting, now)
        if self.lifted or self._budget.free_at(now, waiting[name].cost) <= now:
            return self.slots[name]
        return None

    def _flights(self) -> list[Slot]:
        return [s for s in self.slots.values() if s.in_flight]

    def _due(self, now: float, only: str | None = None) -> list[Slot]:
        return [
            s
            for s in self.slots.values()
            if s.due_at is not None and s.due_at <= now and not s.in_flight and only in (None, s.source.name)
        ]

    def _waiting(self, slots: Iterable[Slot], now: float) -> dict[str, Waiting]:
        return {
            s.source.name: Waiting(
                cost, -math.inf if s.finished_at is None else s.finished_at, s.brought_forward
            )
            for s in slots
            if not s.spared and not self.left_out(s) and (cost := self.dear(s, now))
        }

    def _waits_until(self, slot: Slot, now: float) -> float:
        """Until when a call that is due waits for connections of the database; infinity: until something ends."""
        if not slot.source.needs_connection and slot.source.name != DB_POOL:
            return now
        holders = [s for s in self._flights() if s.source.needs_connection or s.source.name == DB_POOL]
        if slot.source.needs_connection:
            return math.inf if holders or self.left_out(slot) or self._pool_goes_first(now) else now
        ends = [s.began_at + max(1.0, 1.5 * s.planned) for s in holders]
        waits_until = max((self._connection_used_at + POOL_GAP_SECONDS, *ends))
        return min(waits_until, (slot.due_at or now) + POOL_WAIT_SECONDS)

    def _pool_goes_first(self, now: float) -> bool:
        pool = self.slots.get(DB_POOL)
        if pool is None or pool.due_at is None or pool.due_at > now or pool.in_flight:
            return False
        return not pool.hung and not self.dear(pool, now)

    def began(self, slot: Slot, now: float) -> bool:
        """Mark a call as under way; True when no dear call and no action runs beside it."""
        clean = not self.actions and not any(s.planned for s in self._flights())
        slot.in_flight, slot.due_at, slot.began_at = True, None, now
        slot.planned = self.dear(slot, now)
        slot.brought_forward = slot.urgent = False
        if slot.planned:
            self._forecast = None
        return clean

    def succeeded(self, slot: Slot, now: float, latency: float, ours: float = 0.0) -> None:
        """The call brought an answer after ``latency`` seconds, which took ``ours`` seconds to make sense of."""
        self._measured(slot, now, latency)
        self._finished(slot, now)
        slot.retry, slot.rest_until, slot.hung = RetryState(), 0.0, 0
        if slot.spared:
            return
        if self.dear(slot, now):
            slot.due_at = now + max(self._refresh_seconds, slot.pause)
        elif (pace := self.pace(slot, now)) < self.interval(slot, now):
            slot.due_at = now + max(pace, COST_FACTOR * ours)

    def failed(
        self,
        slot: Slot,
        now: float,
        latency: float,
        retry_after: float | None = None,
        *,
        answered: bool = True,
        timed_out: bool = False,
    ) -> None:
        """The call failed; it is tried again after a growing, jittered pause.

        ``answered``: with an answer that is none. One that brought none says nothing of what the call takes.
        """
        slot.hung = slot.hung + 1 if timed_out else 0
        if answered or slot.planned or slot.hung >= HANGS_THAT_COUNT:
            self._measured(slot, now, latency)
        else:
            self._held_against_usual(slot, now, latency)
        self._finished(slot, now)
        slot.retry = failed(slot.retry, now, retry_after)
        slot.rest_until = now + retry_after if retry_after else 0.0
        slot.due_at = None if slot.spared else max(slot.retry.next_retry_at, now + slot.pause)

    def _measured(self, slot: Slot, now: float, latency: float) -> None:
        """Take in what a call took, less the time that it waited behind a dear one."""
        own = latency
        if slot.planned:
            self._dear_calls.append((now - latency, now))
        else:
            own -= sum(max(0.0, min(now, e) - max(now - latency, b)) for b, e in self._dear_spans(now))
        self._held_against_usual(slot, now, own)
        slot.latencies.append(own)
        if own >= DEAR_SECONDS:
            self._budget.charge(slot.source.name, now, own)
            self._leave_out_what_must_wait(now)
        self._forecast = None
        self._guess_again()

    def _held_against_usual(self, slot: Slot, now: float, seconds: float) -> None:
        """A call that waited for a connection of the database says that others would wait as well."""
        known = slot.source.needs_connection and slot.latencies and seconds >= POOL_QUEUE_SECONDS
        if known and seconds >= SLOWER_THAN_USUAL * median_low(slot.latencies):
            self._change_pressure(self.pressure.after_slow_call(slot.source.title, seconds, now))

    def _dear_spans(self, now: float) -> list[tuple[float, float]]:
        return [*self._dear_calls, *((s.began_at, now) for s in self._flights() if s.planned)]

    def _guess_again(self) -> None:
        """A call that was made once or never is expected to be dear where most of the others are."""
        measured = [e for s in self.slots.values() if (e := s.expected) is not None and not s.source.slow]
        usual = median_low(measured) if len(measured) > 1 else 0.0
        self._guess = usual if usual >= DEAR_SECONDS else 0.0

    def _finished(self, slot: Slot, now: float) -> None:
        slot.in_flight, slot.finished_at, slot.planned = False, now, 0.0
        if slot.source.needs_connection:
            self._connection_used_at = now
        self.pending.discard(slot.source.name)

    def pool_read(self, used: float | None, now: float) -> None:
        """The pool of connections was read; ``used`` is in percent."""
        self._change_pressure(self.pressure.after_reading(used, now))

    def look_at_pressure(self, now: float) -> None:
        """End a rest that is over, also where the pool cannot be read."""
        self._change_pressure(self.pressure.at(now))

    def _change_pressure(self, pressure: PoolPressure) -> None:
        if pressure.left_out != self.pressure.left_out:
            self._forecast = None
            self.pending -= {
                n for n, s in self.slots.items() if s.source.needs_connection and not s.in_flight
            }
        self.pressure = pressure

    def contact_regained(self, now: float) -> None:
        """Everything that failed with the backend gone is asked again at once, or as soon as it allowed."""
        for slot in self.slots.values():
            slot.hung = 0
            if slot.retry.failures and not slot.spared and not slot.in_flight:
                slot.due_at = max(now, slot.rest_until)

    def drop_flights(self, now: float) -> None:
        """Make the calls again that were cut off with the loop that made them."""
        for slot in self.slots.values():
            if slot.in_flight:
                slot.in_flight, slot.due_at, slot.planned = False, now, 0.0

    def next_moment(self, now: float, only: str | None = None) -> float:
        """When to look again: the next call or refresh that falls due; infinity for never.

        What is due already and waits for a call under way to end is no matter of time.
        """
        coming = [
            s
            for s in self.slots.values()
            if s.due_at is not None and not s.in_flight and only in (None, s.source.name)
        ]
        moments = [max(s.due_at or 0.0, self._waits_until(s, now)) for s in coming]
        waiting = self._waiting(self._due(now, only), now)
        if waiting and not self._flights():
            moments.append(self._free_at(waiting, now))
        if self.next_refresh_at <= now:
            moments += [s.began_at + LONG_SECONDS for s in self._flights()]
        if self.pressure.left_out:
            moments.append(self.pressure.until)
        return min((m for m in (*moments, self.next_refresh_at) if m > now), default=math.inf)
