"""Which call comes next: cost-aware, two at a time, one slow one at a time, never one beside itself.

Pure: all moments are monotonic seconds given by the caller. Rules and their reasons:

- A refresh makes every source due, except one that rests (backing off, or asked to be left alone) or that is
  dear: at least five times its own latency passes between two calls.
- The fast lane makes an alert-critical source due again soon after it answered, until it turns slow.
- A slow call waits until no cheap one is due or under way, so that latencies measured beside it stay honest.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from ops_dashboard.backend.retry import RetryState, failed
from ops_dashboard.backend.sources import Source

MOST_IN_FLIGHT = 2
COST_FACTOR = 5.0
SLOW_SECONDS = 0.5
CHEAP_SECONDS = 0.2
MEMORY = 0.5
"""How much of a long latency is still reckoned with at the next call."""


@dataclass(slots=True)
class Slot:
    """One source's place in the schedule."""

    source: Source
    order: int
    due_at: float | None = None
    retry: RetryState = field(default_factory=RetryState)
    rest_until: float = 0.0
    """The backend asked to be left alone until then (``Retry-After``)."""
    cost: float | None = None
    """The latency to plan with: the last one, or a falling memory of a longer one. None until measured."""
    finished_at: float | None = None
    in_flight: bool = False
    spared: str = ""

    @property
    def slow(self) -> bool:
        """True while this call must be expected to hold the backend up."""
        return self.source.slow if self.cost is None else self.cost > SLOW_SECONDS

    @property
    def pause(self) -> float:
        """The least time between two calls, in seconds."""
        dear = COST_FACTOR * self.cost if self.cost is not None and self.cost > CHEAP_SECONDS else 0.0
        return max(self.source.at_least, dear)

    def rested(self, now: float) -> bool:
        """True when its pause since the last call is over."""
        return self.finished_at is None or now - self.finished_at >= self.pause


class Schedule:
    """The slots of all sources, and the refresh under way."""

    def __init__(self, sources: Iterable[Source], *, refresh_seconds: float, alert_seconds: float) -> None:
        self.slots = {s.name: Slot(s, order) for order, s in enumerate(sources)}
        self._refresh_seconds = refresh_seconds
        self._alert_seconds = alert_seconds
        self.pending: set[str] = set()
        """Sources that the refresh under way still waits for."""
        self.next_refresh_at = 0.0
        self.actions = 0
        """Actions under way or about to be sent: each takes the place of a read."""

    @property
    def in_flight(self) -> int:
        """How many reads are under way."""
        return sum(slot.in_flight for slot in self.slots.values())

    @property
    def refreshing(self) -> bool:
        """True while a refresh is under way."""
        return bool(self.pending)

    def interval(self, slot: Slot) -> float:
        """How often a source can be expected to be read: refreshes come on a grid, dear calls skip some."""
        grid = self._refresh_seconds
        return max(1, -(-slot.pause // grid)) * grid

    def pace(self, slot: Slot) -> float:
        """How often a source is read now: quicker than its interval while it is in the fast lane."""
        in_fast_lane = slot.source.fast_lane and self._alert_seconds and not slot.retry.failures
        if not in_fast_lane or slot.cost is None or slot.slow:
            return self.interval(slot)
        return max(self._alert_seconds, COST_FACTOR * slot.cost)

    def start_refresh(self, now: float, *, manual: bool = False, only: str | None = None) -> None:
        """Make sources due (or ``only`` one of them, while contact is lost).

        A manual refresh also asks those that back off, but never overrides their cost; only where one call
        is all there is (contact is lost, and a person wants to know) that call is made at once.
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
            self.pending.add(name)
            if not slot.in_flight:
                slot.due_at = now

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

    def ask(self, name: str, now: float) -> None:
        """Make a source due at once, or as soon as it allows; after a call under way, which is older, too."""
        slot = self.slots[name]
        if not slot.spared:
            slot.due_at = max(now, slot.rest_until)

    def next_call(self, now: float, only: str | None = None) -> Slot | None:
        """The slot to call now, or None. ``only`` restricts to one source while contact is lost."""
        in_flight = [s for s in self.slots.values() if s.in_flight]
        if len(in_flight) + self.actions >= MOST_IN_FLIGHT:
            return None
        due = [
            s
            for s in self.slots.values()
            if s.due_at is not None and s.due_at <= now and not s.in_flight and only in (None, s.source.name)
        ]
        cheap = [s for s in due if not s.slow]
        if not cheap and in_flight:
            return None  # a slow call starts alone
        return min(cheap or due, key=lambda s: (s.due_at or 0.0, s.order), default=None)

    def began(self, slot: Slot) -> bool:
        """Mark a call as under way; True when no slow call and no action runs beside it."""
        clean = not self.actions and not any(s.in_flight and s.slow for s in self.slots.values())
        slot.in_flight, slot.due_at = True, None
        return clean

    def succeeded(self, slot: Slot, now: float, latency: float) -> None:
        """The call brought an answer after ``latency`` seconds."""
        self._finished(slot, now, latency)
        slot.retry, slot.rest_until = RetryState(), 0.0
        if not slot.spared and (pace := self.pace(slot)) < self.interval(slot):
            slot.due_at = now + pace

    def failed(self, slot: Slot, now: float, latency: float, retry_after: float | None = None) -> None:
        """The call failed; it is tried again after a growing, jittered pause."""
        self._finished(slot, now, latency)
        slot.retry = failed(slot.retry, now, retry_after)
        slot.rest_until = now + retry_after if retry_after else 0.0
        slot.due_at = None if slot.spared else max(slot.retry.next_retry_at, now + slot.pause)

    def _finished(self, slot: Slot, now: float, latency: float) -> None:
        remembered = MEMORY * slot.cost if slot.cost is not None else 0.0
        slot.cost = max(latency, remembered)
        slot.in_flight, slot.finished_at = False, now
        self.pending.discard(slot.source.name)

    def contact_regained(self, now: float) -> None:
        """Everything that failed with the backend gone is asked again at once, or as soon as it allowed."""
        for slot in self.slots.values():
            if slot.retry.failures and not slot.spared and not slot.in_flight:
                slot.due_at = max(now, slot.rest_until)

    def drop_flights(self, now: float) -> None:
        """Make the calls again that were cut off with the loop that made them."""
        for slot in self.slots.values():
            if slot.in_flight:
                slot.in_flight, slot.due_at = False, now

    def next_moment(self, now: float, only: str | None = None) -> float:
        """When to look again: the next call or refresh that falls due; infinity for never.

        What is due already waits for a call under way to end, which is no matter of time.
        """
        moments = [
            s.due_at
            for s in self.slots.values()
            if s.due_at is not None and not s.in_flight and only in (None, s.source.name)
        ]
        return min((m for m in (*moments, self.next_refresh_at) if m > now), default=math.inf)
