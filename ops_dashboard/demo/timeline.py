"""Which scenario held when, and how much the system suffered at any moment."""

import math
from dataclasses import dataclass

from ops_dashboard.demo.noise import Noise
from ops_dashboard.demo.scenarios import SCENARIOS, Scenario

LEAD_IN = 25.0
"""Seconds from the start of the lively scenario to its first incident."""
_RISE, _HOLD, _FALL = 12.0, 98.0, 25.0
_CYCLE = 360.0

_SLOT = 18_000.0
"""The past holds one incident in each slot of five hours."""
_CALM_BEFORE_START = 4_500.0
"""Longer than what the counters sum up before the start, so that they begin from everyday rates."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time under one scenario, from ``since`` (unix seconds) until the next segment."""

    since: float
    scenario: Scenario


class Timeline:
    """The scenarios in force over time. Stress is a pure function of time between two changes.

    ``speed`` makes the lively scenario's incidents come and go faster; it does not touch the clock.
    """

    def __init__(self, noise: Noise, started_at: float, scenario: Scenario, speed: float) -> None:
        self._noise = noise
        self._started_at = started_at
        self._speed = speed
        self._segments = [Segment(started_at - scenario.onset_seconds, scenario)]

    def change(self, at: float, scenario: Scenario) -> None:
        """Put ``scenario`` in force from ``at`` (unix seconds) on; what was before stays as it was."""
        self._segments.append(Segment(at, scenario))

    def segment(self, t: float) -> Segment | None:
        """The segment in force at ``t``; None before the first, in the prefilled past."""
        return next((s for s in reversed(self._segments) if s.since <= t), None)

    @property
    def current(self) -> Segment:
        """The newest segment."""
        return self._segments[-1]

    @property
    def has_past(self) -> bool:
        """Whether there is anything before the start: a fresh system has no past."""
        return self._segments[0].scenario.bodies != "empty"

    def stress(self, t: float) -> float:
        """How much the system suffers at ``t`` (unix seconds): 0 healthy, 1 a full incident."""
        segment = self.segment(t)
        if segment is None:
            return self._past_stress(t)
        if segment.scenario.stress is None:
            return _incident((t - segment.since) * self._speed % _CYCLE - LEAD_IN)
        return segment.scenario.stress

    def backlog(self, t: float) -> float:
        """Stress averaged over the last twelve seconds: work piles up, and drains, after its cause."""
        return sum(self.stress(t - lag) for lag in range(0, 13, 2)) / 7

    def _past_stress(self, t: float) -> float:
        slot = math.floor(t / _SLOT)
        begin = slot * _SLOT + self._noise.between("past/begin", slot, 600.0, _SLOT - 1_800.0)
        minutes = self._noise.between("past/minutes", slot, 4.0, 14.0)
        if begin + minutes * 60.0 > self._started_at - _CALM_BEFORE_START:
            return 0.0
        peak = self._noise.between("past/peak", slot, 0.45, 1.0)
        return peak * _incident((t - begin) * (_RISE + _HOLD + _FALL) / (minutes * 60.0))


def _incident(since: float) -> float:
    """The course of one incident, ``since`` seconds after its begin: it rises, holds, and recovers."""
    if since < 0.0:
        return 0.0
    return max(0.0, min(1.0, since / _RISE, (_RISE + _HOLD + _FALL - since) / _FALL))


def scenario_named(name: str) -> Scenario:
    """The scenario of that name. Raises ValueError with a sentence for people when there is none."""
    try:
        return SCENARIOS[name]
    except KeyError:
        raise ValueError(f"There is no scenario {name!r}; there are: {', '.join(SCENARIOS)}.") from None
