"""How much of the backend's time the dashboard's dear calls may take together, and when the next one may begin."""

import itertools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

DEAR_SECONDS = 0.2
"""A call that takes this long or longer is dear: it is charged to the budget."""
WINDOW_SECONDS = 300.0
FORECAST_CALLS = 3
"""Calls of each source that a forecast looks at: the first few come at uneven distances."""
MOST_FORECAST = 400
"""Calls that a forecast goes through at most."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one call cost, in seconds; it ended at ``end`` (monotonic seconds)."""

    end: float
    cost: float
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source whose next call is dear. ``cost`` is what that call is expected to take, in seconds."""

    cost: float
    since: float
    """When its last call ended, monotonic seconds; minus infinity before the first."""
    brought_forward: bool = False
    """Somebody looks at it, or a cheap call told of a change."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a source is likely to be called next (monotonic seconds), and at most how far apart its calls are."""

    at: float
    every: float


class LoadBudget:
    """A share of time, kept in two ways at once.

    Over any five minutes the calls take no more than their share, however they fall. And they are spread out: after
    each one comes a pause in which its cost is worked off, so that a call dearer than five minutes allow is made
    once in cost ÷ share. A call is planned with what it is expected to cost and paid with what it did cost.
    """

    def __init__(self, percent: float) -> None:
        self.share = percent / 100
        self._charges: deque[Charge] = deque()
        self._paid_at = -inf
        """When the cost of everything so far is worked off."""

    @property
    def allowance(self) -> float:
        """Seconds that the calls of any five minutes may take together."""
        return self.share * WINDOW_SECONDS

    def charge(self, name: str, end: float, cost: float) -> None:
        """Take in a call that ended at ``end`` after ``cost`` seconds."""
        self._charges.append(Charge(end, cost, name))
        pause = cost / self.share
        worked_off = max(self._paid_at, end - cost) + pause
        # What nobody foresaw may pile up; a pause of five minutes clears it as well.
        self._paid_at = max(self._paid_at, min(worked_off, end + max(WINDOW_SECONDS, pause - cost)))

    def spent(self, now: float) -> float:
        """Seconds that the calls which ended in the last five minutes took."""
        self._forget(now)
        return sum(c.cost for c in self._charges)

    def charges(self, name: str, now: float) -> int:
        """How many calls of a source were charged in the last five minutes."""
        self._forget(now)
        return sum(c.name == name for c in self._charges)

    def free_at(self, now: float, cost: float) -> float:
        """The first moment from ``now`` on at which a call that costs so many seconds may begin."""
        self._forget(now)
        moment, left = max(now, self._paid_at), self.spent(now)
        for charge in self._charges:
            if left + cost <= self.allowance + 1e-9:
                break
            moment = max(moment, charge.end + WINDOW_SECONDS)
            left -= charge.cost
        return moment

    def choose(self, waiting: Mapping[str, Waiting], now: float) -> str:
        """Which of the sources, at least one, is called next: the longest overdue, measured by its fair share.

        Each may take the same part of the budget, so that one which costs half as much is called twice as often.
        One brought forward goes first, unless another has been overdue for three times as long.

        Raises:
            ValueError: when none is waiting.
        """

        def overdue(name: str) -> tuple[float, float]:
            one = waiting[name]
            return (now - one.since) / one.cost * (3 if one.brought_forward else 1), -one.cost

        return max(waiting, key=overdue)

    def forecast(self, waiting: Mapping[str, Waiting], now: float) -> dict[str, Forecast]:
        """What becomes of the sources when all goes as expected and nothing else is charged."""
        future = LoadBudget(100 * self.share)
        future._charges, future._paid_at = deque(self._charges), self._paid_at
        queue, calls = dict(waiting), {name: list[float]() for name in waiting}
        moment = now
        for _ in range(min(MOST_FORECAST, 40 * len(queue))):
            if all(len(made) >= FORECAST_CALLS for made in calls.values()):
                break
            name = future.choose(queue, moment)
            cost = queue[name].cost
            began = future.free_at(moment, cost)
            moment = began + cost
            future.charge(name, moment, cost)
            calls[name].append(began)
            queue[name] = Waiting(cost, moment)
        return {name: _forecast(made, moment) for name, made in calls.items()}

    def _forget(self, now: float) -> None:
        while self._charges and self._charges[0].end <= now - WINDOW_SECONDS:
            self._charges.popleft()


def _forecast(made: list[float], end: float) -> Forecast:
    gaps = [after - before for before, after in itertools.pairwise(made)]
    return Forecast(made[0] if made else end, max(gaps, default=end - made[0] if made else WINDOW_SECONDS))
