import pytest

from ops_dashboard.backend.sources import Source
from ops_dashboard.monitor.schedule import MOST_IN_FLIGHT, Schedule, Slot

CHEAP = Source("cheap", "Cheap", "/cheap", None)
OTHER = Source("other", "Other", "/other", None)
THIRD = Source("third", "Third", "/third", None)
FAST = Source("fast", "Fast", "/fast", None, fast_lane=True)
SLOW = Source("slow", "Slow", "/slow", None, slow=True)
SLOW_TOO = Source("slow_too", "Slow too", "/slow-too", None, slow=True)
RARE = Source("rare", "Rare", "/rare", None, at_least=600)


def schedule(*sources: Source, alert_seconds: float = 1.0) -> Schedule:
    return Schedule(sources, refresh_seconds=30, alert_seconds=alert_seconds)


def call(plan: Schedule, now: float) -> Slot | None:
    slot = plan.next_call(now)
    if slot is not None:
        plan.began(slot)
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
    assert fast is not None and plan.began(fast)
    plan.succeeded(fast, 0.01, 0.01)
    assert name(call(plan, 0.01)) == "slow"
    beside = plan.next_call(2.0)
    assert beside is not None and beside.source is FAST
    assert not plan.began(beside)


def test_the_fast_lane_comes_back_after_a_second_while_it_is_cheap():
    plan = schedule(FAST)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.01)
    assert call(plan, 1.0) is None
    again = call(plan, 1.01)
    assert name(again) == "fast"
    finish(plan, again, 2.0, latency=0.9)
    assert plan.next_moment(2.0) == plan.next_refresh_at


def test_the_fast_lane_can_be_switched_off():
    plan = schedule(FAST, alert_seconds=0)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 0.01)
    assert plan.next_moment(0.01) == 30


def test_a_dear_call_rests_five_times_its_latency_even_when_asked_for():
    plan = schedule(SLOW)
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 10, latency=10)
    plan.start_refresh(30, manual=True)
    assert call(plan, 30) is None
    plan.start_refresh(60)
    assert name(call(plan, 60)) == "slow"


def test_the_expected_interval_of_a_dear_call_is_a_multiple_of_the_refresh():
    plan = schedule(SLOW)
    plan.start_refresh(0)
    slot = call(plan, 0)
    finish(plan, slot, 10, latency=10)
    assert slot is not None and plan.interval(slot) == 60


def test_a_slow_call_that_became_quick_is_cheap_again():
    plan = schedule(SLOW)
    slot = plan.slots["slow"]
    plan.start_refresh(0)
    finish(plan, call(plan, 0), 3, latency=3)
    assert slot.slow
    for n in range(1, 12):
        plan.start_refresh(100.0 * n)
        finish(plan, call(plan, 100.0 * n), 100.0 * n, latency=0.01)
    assert not slot.slow


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
    plan.began(plan.slots["other"])
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
