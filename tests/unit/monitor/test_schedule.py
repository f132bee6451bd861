import pytest

from ops_dashboard.backend.sources import Source
from ops_dashboard.domain.load_budget import LoadBudget
from ops_dashboard.monitor.schedule import MOST_IN_FLIGHT, Schedule, Slot

CHEAP = Source("cheap", "Cheap", "/cheap", None)
OTHER = Source("other", "Other", "/other", None)
THIRD = Source("third", "Third", "/third", None)
FAST = Source("fast", "Fast", "/fast", None, fast_lane=True)
SLOW = Source("slow", "Slow", "/slow", None, slow=True)
SLOW_TOO = Source("slow_too", "Slow too", "/slow-too", None, slow=True)
RARE = Source("rare", "Rare", "/rare", None, at_least=600)


def schedule(*sources: Source, alert_seconds: float = 1.0) -> Schedule:
    return Schedule(sources, refresh_seconds=30, alert_seconds=alert_seconds, budget=LoadBudget(2))


def call(plan: Schedule, now: float) -> Slot | None:
    slot = plan.next_call(now)
    if slot is not None:
        plan.began(slot, now)
    return slot


def name(slot: Slot | None) -> str:
    return slot.source.name if slot else ""


def finish(plan: Schedule, slot: Slot | None, now: float, latency: float = 0.01) -> None:
    assert slot is not None
    plan.succeeded(slot, now, latency)


def test_at_most_two_calls_are_in_flight():
    plan = schedule(CHEAP, OTHER, THIRD)
    plan.start_refresh(0)
    assert [name(call(plan, 0)) for _ in range(3)] == ["cheap", "other", ""]
    assert MOST_IN_FLIGHT == 2


def test_a_call_never_overlaps_itself():
    plan = schedule(CHEAP)
    plan.start_refresh(0)
    call(plan, 0)
    plan.start_refresh(1, manual=True)
    assert call(plan, 1) is None


def test_a_slow_call_starts_alone_and_after_the_cheap_ones():
    plan = schedule(SLOW, CHEAP, OTHER)
    plan.start_refresh(0)
    first, second = call(plan, 0), call(plan, 0)
    assert (name(first), name(second), call(plan, 0)) == ("cheap", "other", None)
    finish(plan, first, 0.01)
    assert call(plan, 0.01) is None
    finish(plan, second, 0.02)
    assert name(call(plan, 0.02)) == "slow"


def test_two_slow_calls_are_never_under_way_together():
    plan = schedule(SLOW, SLOW_TOO)
    plan.start_refresh(0)
    assert [name(call(plan, 0)), call(plan, 0)] == ["slow", None]


def test_a_cheap_call_beside_a_slow_one_is_not_clean():
    plan = schedule(SLOW, FAST)
    plan.start_refresh(0)
    fast = plan.next_call(0)
    assert fast is not None and plan.began(fast, 0)
    plan.succeeded(fast, 0.01, 0.01)
    assert name(call(plan, 0.01)) == "slow"
    beside = plan.next_call(2.0)
    assert beside is not None and beside.source is FAST
    assert not plan.began(beside, 2.0)


def test_one_slow_answer_does_not_end_the_fast_lane():
    plan = schedule(FAST)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.01)
    assert call(plan, 1.0) is None
    for now, latency in ((1.01, 0.7), (2.8, 0.01), (3.9, 1.0), (6.9, 0.01)):
        again = call(plan, now)
        assert name(again) == "fast"
        finish(plan, again, now + latency, latency)


def test_slow_first_answer_is_asked_for_again_soon():
    plan = schedule(FAST, CHEAP, OTHER)
    plan.start_refresh(0)
    for _ in range(3):
        slot = call(plan, 0)
        finish(plan, slot, 0.3, latency=0.3 if name(slot) == "fast" else 0.01)
    assert name(call(plan, 1.9)) == "fast"


def test_slow_answers_in_a_row_end_the_fast_lane():
    plan = schedule(FAST)
    plan.start_refresh(0)
    for now, latency in ((0, 0.01), (1.1, 0.9), (3.1, 0.9)):
        finish(plan, call(plan, now), now + latency, latency)
    assert plan.next_moment(4.0) == plan.next_refresh_at
    assert plan.interval(plan.slots["fast"], 4.0) == pytest.approx(45)


def test_the_fast_lane_can_be_switched_off():
    plan = schedule(FAST, alert_seconds=0)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.01)
    assert plan.next_moment(0.01) == 30


def test_a_dear_call_waits_for_the_budget_even_when_asked_for():
    plan = schedule(SLOW)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 10, latency=10)
    for now in range(30, 500, 30):
        plan.start_refresh(now, manual=True)
        assert call(plan, now) is None and not plan.refreshing
    assert plan.next_moment(499.5) == 500
    assert name(call(plan, 500)) == "slow"


def test_a_slow_call_that_became_quick_is_cheap_again():
    plan = schedule(SLOW)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 3, latency=3)
    assert plan.dear(plan.slots["slow"], 3) == 3
    finish(plan, call(plan, 200), 200, latency=0.01)
    assert plan.dear(plan.slots["slow"], 200) == 0


def test_a_cheap_call_that_hangs_is_asked_again_as_usual():
    plan = schedule(CHEAP)
    slot = plan.slots["cheap"]
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.1)
    for now in (30.0, 60.0):
        plan.start_refresh(now)
        assert call(plan, now) is slot
        plan.failed(slot, now + 20, 20, answered=False, timed_out=True)
        assert plan.dear(slot, now + 20) == 0
    plan.start_refresh(80, manual=True)
    assert call(plan, 80) is slot


def test_hanging_call_leaves_the_other_place_to_quick_calls():
    plan = schedule(CHEAP, OTHER, THIRD)
    plan.start_refresh(0)
    for _ in range(3):
        finish(plan, call(plan, 0), 0.1)
    for hanging in ("cheap", "other"):
        plan.ask(hanging, 1)
        plan.failed(call(plan, 1) or plan.slots[hanging], 6, 5, answered=False, timed_out=True)
    plan.start_refresh(30, manual=True)
    assert [name(call(plan, 30)) for _ in range(3)] in (["third", "cheap", ""], ["third", "other", ""])
    finish(plan, plan.slots["third"], 30.1)
    assert call(plan, 30.1) is None, "the other one that hung waits"


def test_calls_take_turns_for_connections_and_pool_goes_first():
    first = Source("first", "First", "/first", None, needs_connection=True)
    second = Source("second", "Second", "/second", None, needs_connection=True)
    pool = Source("db_pool", "Pool", "/pool", None, fast_lane=True)
    plan = schedule(first, second, pool)
    plan.start_refresh(0)
    assert [name(call(plan, 0)) for _ in range(2)] == ["db_pool", ""], "the pool goes first"
    finish(plan, plan.slots["db_pool"], 0.1)
    assert [name(call(plan, 0.1)) for _ in range(2)] == ["first", ""]
    finish(plan, plan.slots["first"], 1.0)
    assert [name(call(plan, 1.0)) for _ in range(2)] == ["second", ""]
    finish(plan, plan.slots["second"], 1.2)
    assert call(plan, 1.2) is None and 1.4 < plan.next_moment(1.2) < 1.5
    assert name(call(plan, 1.5)) == "db_pool"


def test_the_pool_is_read_although_a_call_hangs_that_needs_it():
    first = Source("first", "First", "/first", None, needs_connection=True)
    plan = schedule(first, Source("db_pool", "Pool", "/pool", None, fast_lane=True))
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.01)
    call(plan, 0.1)
    assert call(plan, 1.05) is None
    assert name(call(plan, 1.2)) == "db_pool"


def test_what_changes_rarely_is_asked_rarely():
    plan = schedule(RARE)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 1)
    for now in range(30, 600, 30):
        plan.start_refresh(now)
        assert call(plan, now) is None
    plan.start_refresh(601)
    assert name(call(plan, 601)) == "rare"


def test_a_refresh_ends_when_each_source_has_ended():
    plan = schedule(CHEAP, OTHER)
    plan.start_refresh(0)
    first, second = call(plan, 0), call(plan, 0)
    finish(plan, first, 1)
    assert plan.refreshing
    assert second is not None
    plan.failed(second, 1, 0.1)
    assert not plan.refreshing


def test_a_source_that_backs_off_is_left_alone_by_a_refresh_but_not_by_a_person():
    plan = schedule(CHEAP)
    slot = plan.slots["cheap"]
    now = 0.0
    for _ in range(6):
        plan.start_refresh(now, manual=True)
        assert call(plan, now) is slot
        plan.failed(slot, now, 0.01)
        now += 1
    assert slot.retry.circuit(now) == "open"
    plan.start_refresh(now)
    assert call(plan, now) is None
    plan.start_refresh(now, manual=True)
    assert call(plan, now) is slot


def test_retry_after_is_honoured_even_when_a_person_asks():
    plan = schedule(CHEAP)
    slot = plan.slots["cheap"]
    plan.start_refresh(0)
    call(plan, 0)
    plan.failed(slot, 0, 0.01, retry_after=120)
    plan.start_refresh(60, manual=True)
    assert call(plan, 60) is None
    plan.start_refresh(121, manual=True)
    assert call(plan, 121) is slot


def test_a_spared_source_is_not_called_until_it_is_needed_again():
    plan = schedule(CHEAP)
    plan.start_refresh(0)
    plan.spare("cheap", "reported elsewhere")
    assert call(plan, 0) is None and not plan.refreshing
    plan.spare("cheap", "")
    assert name(call(plan, 1)) == "cheap"


def test_while_contact_is_lost_only_the_probe_is_called():
    plan = schedule(CHEAP, OTHER)
    plan.start_refresh(0, only="other")
    assert plan.pending == {"other"}
    assert plan.next_call(0, only="other") is plan.slots["other"]
    plan.began(plan.slots["other"], 0)
    assert plan.next_call(0, only="other") is None


def test_with_contact_back_everything_that_failed_is_due_at_once():
    plan = schedule(CHEAP, OTHER)
    plan.start_refresh(0)
    first, second = call(plan, 0), call(plan, 0)
    finish(plan, first, 0.1)
    assert second is not None
    plan.failed(second, 0.1, 0.1)
    plan.contact_regained(0.2)
    assert call(plan, 0.2) is second


@pytest.mark.parametrize("manual", [True, False])
def test_a_refresh_moves_the_next_one(manual: bool):
    plan = schedule(CHEAP)
    plan.start_refresh(100, manual=manual)
    assert plan.next_refresh_at == 130
