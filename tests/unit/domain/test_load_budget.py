import itertools

from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.load_budget import WINDOW_SECONDS, LoadBudget, Waiting

COSTS = st.floats(0.2, 30)
PERCENT = st.floats(0.5, 20)


@given(percent=PERCENT, costs=st.lists(COSTS, min_size=2, max_size=30))
def test_calls_as_expected_stay_within_any_window(percent: float, costs: list[float]):
    budget, calls, now = LoadBudget(percent), list[tuple[float, float]](), 0.0
    for cost in costs:
        began = budget.free_at(now, cost)
        now = began + cost
        budget.charge("any", now, cost)
        calls.append((began, now))
    for (_, first), (began, _) in itertools.pairwise(calls):
        assert began >= first
    for n, (began, _) in enumerate(calls):
        window = [e - b for b, e in calls[n:] if b < began + WINDOW_SECONDS]
        assert sum(window) <= max(budget.allowance, max(window)) + 1e-6
    for (first, end), (second, _) in itertools.pairwise(calls):
        assert second - first >= (end - first) / budget.share - 1e-6


def test_what_was_not_foreseen_is_worked_off():
    budget = LoadBudget(2)
    for end in (10, 20, 30):
        budget.charge("turned slow", end, 8)
    assert budget.spent(30) == 24
    assert budget.free_at(30, 0.2) >= 330


def test_a_cheaper_source_is_called_more_often():
    budget, waiting = LoadBudget(2), {"dear": Waiting(4, 0), "half": Waiting(2, 0)}
    assert budget.choose(waiting, 100) == "half"
    forecast = budget.forecast(waiting, 100)
    assert forecast["half"].every < forecast["dear"].every


def test_a_source_brought_forward_goes_first_but_starves_none():
    budget = LoadBudget(2)
    now = Waiting(2, 50, brought_forward=True)
    assert budget.choose({"a": Waiting(2, 0), "b": now}, 100) == "b"
    assert budget.choose({"a": Waiting(2, -200), "b": now}, 100) == "a"


@given(costs=st.dictionaries(st.text(max_size=3), COSTS, min_size=1, max_size=6))
def test_a_forecast_is_what_comes(costs: dict[str, float]):
    budget = LoadBudget(2)
    waiting = {name: Waiting(cost, 0.0) for name, cost in costs.items()}
    forecast = budget.forecast(waiting, 1.0)
    now, first = 1.0, dict[str, float]()
    while len(first) < len(waiting):
        name = budget.choose(waiting, now)
        began = budget.free_at(now, costs[name])
        first.setdefault(name, began)
        now = began + costs[name]
        budget.charge(name, now, costs[name])
        waiting[name] = Waiting(costs[name], now)
        if len(first) > 30:
            break
    assert {name: forecast[name].at for name in first} == first
