"""The demo's whole world: the simulated system, and what operators and tests have done to it."""

import math
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from ops_dashboard.demo.counters import Counters
from ops_dashboard.demo.embeddings import EmbeddingRuns
from ops_dashboard.demo.faults import EVERY_PATH, Fault
from ops_dashboard.demo.jobs import JobBoard
from ops_dashboard.demo.noise import Noise
from ops_dashboard.demo.overrides import put_all
from ops_dashboard.demo.rates import counted_rates
from ops_dashboard.demo.readings import Readings
from ops_dashboard.demo.scenarios import SCENARIOS
from ops_dashboard.demo.timeline import Timeline, scenario_named

_UPTIME_AT_START = 276_540.0
"""The simulated system was started 3 days, 4 hours and 49 minutes before the demo."""
_COUNTED_BEFORE = 3_600.0
_JOBS_BEFORE = 10_800.0


class Simulation:
    """A seeded backend. The same seed and the same times give the same readings, counters and jobs.

    ``clock`` gives unix seconds. ``speed`` quickens incidents, jobs and embedding runs, not the clock.
    Raises ValueError when ``scenario`` is unknown.
    """

    scenarios: ClassVar[tuple[tuple[str, str], ...]] = tuple(
        (s.name, s.description) for s in SCENARIOS.values()
    )
    """(name, one line about it) of every scenario."""

    def __init__(
        self,
        *,
        seed: int = 7,
        scenario: str = "lively",
        clock: Callable[[], float] = time.time,
        speed: float = 1.0,
    ) -> None:
        self.seed, self.speed = seed, speed
        self.noise = Noise(seed)
        self.started_at = clock()
        self._clock = clock
        self._first = scenario_named(scenario)
        self.timeline = Timeline(self.noise, self.started_at, self._first, speed)
        self.boot = self.started_at - _UPTIME_AT_START
        self._clean()
        self.counters = Counters(
            lambda t: counted_rates(self.readings(t)), self.boot, self.started_at - _COUNTED_BEFORE
        )
        self._people_the_board(self.timeline.current.since)

    @property
    def now(self) -> float:
        """The simulated moment, unix seconds; it never runs backwards past the start."""
        return max(self._clock(), self.started_at)

    @property
    def scenario(self) -> str:
        """The name of the scenario in force. Setting it changes the system from this moment on."""
        return self.timeline.current.scenario.name

    @scenario.setter
    def scenario(self, name: str) -> None:
        before, after, now = self.timeline.current.scenario, scenario_named(name), self.now
        self.timeline.change(now, after)
        if "empty" in (before.bodies, after.bodies):
            self._people_the_board(now)
        else:
            self.jobs.set_offline(after.edge == "offline", now)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has happened yet in this system: the scenario ``empty``."""
        return self.timeline.current.scenario.bodies == "empty"

    @property
    def running_since(self) -> float:
        """When the simulated system was started, unix seconds."""
        return max(self.timeline.current.since, self.started_at) if self.is_fresh else self.boot

    def readings(self, t: float) -> Readings:
        """The gauges at ``t`` (unix seconds)."""
        return Readings(self.noise, self.timeline, t, self.cache_cleared_at)

    def counted(self, name: str) -> int:
        """The counter of that name now."""
        return 0 if self.is_fresh else self.counters.total(name, self.now)

    def overridden(self, call: str, body: Any) -> Any:
        """``body`` with the values put by hand into the call of that name."""
        return put_all(body, call, self.overrides)

    def fault(self, path: str) -> Fault | None:
        """The fault on that path, or else the one on every path."""
        return self.faults.get(path) or self.faults.get(EVERY_PATH)

    def reset(self) -> None:
        """Back to the first scenario, with no overrides, no faults, no calls counted and new jobs."""
        self.timeline.change(self.now, self._first)
        self._clean()
        self._people_the_board(self.now)

    def _clean(self) -> None:
        self.overrides: dict[str, Any] = {}
        self.faults: dict[str, Fault] = {}
        self.calls: Counter[str] = Counter()
        self.cache_cleared_at = -math.inf
        self.embeddings = EmbeddingRuns(self.speed)

    def _people_the_board(self, since: float) -> None:
        """A new job board with a few hours behind it, or none in a fresh system."""
        stress = self.timeline.stress
        begin = since - _JOBS_BEFORE
        self.jobs = JobBoard(self.noise, begin, stress, self.speed, arrivals=not self.is_fresh)
        self.jobs.set_offline(self.timeline.current.scenario.edge == "offline", since)
