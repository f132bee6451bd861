"""Whatever the calls cost, the dear ones together stay within the budget: on the real schedule, in fake time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ops_dashboard.backend.sources import Source
from ops_dashboard.domain.load_budget import DEAR_SECONDS, WINDOW_SECONDS, LoadBudget
from ops_dashboard.monitor.schedule import MOST_IN_FLIGHT, Schedule, Slot

REFRESH = 30.0
PERCENT = 2.0
ALLOWANCE = PERCENT / 100 * WINDOW_SECONDS
DEAR = st.floats(DEAR_SECONDS, 25)
CHEAP = st.floats(0.001, 0.19)


@dataclass(frozen=True)
class Call:
    name: str
    began: float
    cost: float
    foreseen: float
    """The cost that was planned for it."""


def calls_of(
    costs: list[Callable[[], float]], seconds: float, *, presses: float = 0, slow: bool = True
) -> list[Call]:
    """What the schedule calls when source n costs ``costs[n]()`` each time; "Refresh now" every ``presses`` s."""
    sources = [
        Source(f"s{n}", "", f"/{n}", None, slow=slow and n % 2 == 0, fast_lane=n % 3 == 0)
        for n in range(len(costs))
    ]
    plan = Schedule(sources, refresh_seconds=REFRESH, alert_seconds=1, budget=LoadBudget(PERCENT))
    now, pressed, made = 0.0, 0.0, list[Call]()
    flights: list[tuple[float, float, Slot]] = []
    while now < seconds:
        if now >= plan.next_refresh_at:
            plan.start_refresh(now)
        if presses and now - pressed >= presses:
            pressed = now
            plan.start_refresh(now, manual=True)
        while slot := plan.next_call(now):
            plan.began(slot, now)
            cost = costs[slot.order]()
            made.append(Call(slot.source.name, now, cost, slot.planned))
            flights.append((now + cost, cost, slot))
        assert len(flights) <= MOST_IN_FLIGHT
        moments = [end for end, _, _ in flights] + [plan.next_moment(now)]
        if presses:
            moments.append(pressed + presses)
        now = max(now + 1e-3, min(moments))
        for flight in sorted((f for f in flights if f[0] <= now), key=lambda f: f[0]):
            flights.remove(flight)
            plan.succeeded(flight[2], now, flight[1])
    return made


def always(cost: float) -> Callable[[], float]:
    return lambda: cost


def in_turn(values: list[float]) -> Callable[[], float]:
    turn: Iterator[float] = cycle(values)
    return lambda: next(turn)


def windows(calls: list[Call]) -> Iterator[list[Call]]:
    """The dear calls of each five minutes that begin with one."""
    dear = [c for c in calls if c.cost >= DEAR_SECONDS]
    for n, first in enumerate(dear):
        yield [c for c in dear[n:] if c.began < first.began + WINDOW_SECONDS]


@settings(max_examples=20, deadline=None)
@given(
    dear=st.lists(DEAR, min_size=1, max_size=8),
    cheap=st.lists(CHEAP, max_size=4),
    presses=st.sampled_from([0, 0, 5, 70]),
)
def test_steady_calls_keep_to_the_budget(dear: list[float], cheap: list[float], presses: float):
    calls = calls_of([always(c) for c in (*dear, *cheap)], 4_000, presses=presses, slow=False)
    first_round = {name: next(c.began for c in calls if c.name == name) for name in {c.name for c in calls}}
    after = [c for c in calls if c.began > max(first_round.values())]
    for window in windows(after):
        spent = sum(c.cost for c in window)
        unforeseen = sum(c.cost for c in window if not c.foreseen)
        assert spent <= max(ALLOWANCE, max(c.cost for c in window)) + unforeseen + 1e-6
    for name in first_round:
        own = [c for c in after if c.name == name and c.foreseen]
        for earlier, later in pairwise(own):
            assert later.began - earlier.began >= 50 * earlier.cost - 1e-6


@settings(max_examples=15, deadline=None)
@given(
    sources=st.lists(st.lists(st.one_of(DEAR, CHEAP), min_size=1, max_size=7), min_size=1, max_size=8),
    presses=st.sampled_from([0, 5]),
)
def test_varying_calls_keep_to_the_budget(sources: list[list[float]], presses: float):
    calls = calls_of([in_turn(costs) for costs in sources], 3_000, presses=presses)
    dearest = sum(max(costs) for costs in sources)
    for window in windows(calls):
        excess = sum(c.cost - c.foreseen for c in window if c.foreseen and c.cost > c.foreseen)
        foreseen = max(c.foreseen for c in window)
        assert sum(c.cost for c in window) <= max(ALLOWANCE, foreseen) + excess + 3 * dearest
    spent = sum(c.cost for c in calls if c.cost >= DEAR_SECONDS)
    assert spent <= PERCENT / 100 * 3_000 + 6 * dearest, "what nobody foresaw is worked off"


def test_all_calls_of_a_fast_backend_are_made_as_ever():
    calls = calls_of([always(0.01)] * 12, 600)
    per_source = [sum(c.name == f"s{n}" for c in calls) for n in range(12)]
    assert all(count == 20 if n % 3 else 590 < count <= 601 for n, count in enumerate(per_source))
