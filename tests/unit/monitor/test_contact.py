from ops_dashboard.backend.errors import BadStatus, TimedOut, Unreachable
from ops_dashboard.monitor.contact import ContactState, after_answer, after_failure


def after(*errors: Exception) -> ContactState:
    state = ContactState()
    for n, error in enumerate(errors):
        assert isinstance(error, TimedOut | Unreachable | BadStatus)
        state = after_failure(state, error, now=100.0 + n)
    return state


def test_one_refusal_is_not_yet_a_lost_contact():
    assert not after(Unreachable("refused")).lost


def test_three_refusals_are_and_it_began_with_the_first():
    state = after(*[Unreachable("refused")] * 3)
    assert (state.lost, state.since, state.reason) == (True, 100.0, "refused")


def test_slow_is_not_down_until_the_probe_is_silent_twice():
    assert not after(*[TimedOut("slow")] * 9).lost
    state = after_failure(after(TimedOut("slow")), TimedOut("silent"), 102.0, silent_probe=True)
    assert not state.lost
    state = after_failure(state, TimedOut("silent"), 104.0, silent_probe=True)
    assert (state.lost, state.since, state.reason) == (True, 100.0, "silent")


def test_an_answer_that_never_ends_is_no_contact():
    state = after(Unreachable("refused"), TimedOut("drips", status=200))
    assert state != after_answer() and state.reason == "drips"


def test_an_http_error_is_contact():
    assert (
        after(Unreachable("refused"), Unreachable("refused"), BadStatus("500", status=500)) == after_answer()
    )
