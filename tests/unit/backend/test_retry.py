"""When a failing source may be asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.backend.retry import (
    BASE_SECONDS,
    CAP_SECONDS,
    OPENS_AFTER,
    REST_SECONDS,
    Circuit,
    RetryState,
    failed,
)

moments = st.floats(0, 4e9)
counts = st.integers(0, 20_000)


def delay_after(failures: int, now: float = 0.0, retry_after: float | None = None) -> float:
    """Seconds until the next call when one more call fails."""
    return failed(RetryState(failures), now, retry_after).next_retry_at - now


@given(counts)
def test_no_delay_leaves_its_bounds(failures: int) -> None:
    assert 0 <= delay_after(failures) <= CAP_SECONDS


@given(st.integers(0, OPENS_AFTER - 2))
def test_delays_grow_from_the_base_while_closed(failures: int) -> None:
    assert delay_after(failures) <= BASE_SECONDS * 2**failures


@given(st.integers(OPENS_AFTER - 1, 20_000))
def test_an_open_circuit_really_rests(failures: int) -> None:
    assert delay_after(failures) >= REST_SECONDS


def test_delays_are_spread() -> None:
    assert len({delay_after(20) for _ in range(50)}) > 40


@given(counts, st.floats(0, 3600))
def test_the_backends_wish_is_a_floor(failures: int, wish: float) -> None:
    assert wish <= delay_after(failures, retry_after=wish) <= max(wish, CAP_SECONDS)


@given(moments, counts, st.floats(0, 1, exclude_max=True))
def test_it_never_calls_while_it_waits(now: float, failures: int, share: float) -> None:
    state = failed(RetryState(failures), now)
    before = now + share * (state.next_retry_at - now)
    if before < state.next_retry_at:
        assert not state.may_call(before)
        assert state.circuit(before) in ("closed", "open")
    assert state.may_call(state.next_retry_at)


@pytest.mark.parametrize(
    ("failures", "at", "circuit"),
    [(0, 0, "closed"), (4, 0, "closed"), (4, 100, "closed"), (5, 99, "open"), (5, 100, "half-open")],
)
def test_the_circuit_opens_after_five_failures_and_lets_one_probe_through(
    failures: int, at: float, circuit: Circuit
) -> None:
    assert RetryState(failures, next_retry_at=100).circuit(at) == circuit


def test_a_failed_probe_opens_the_circuit_again() -> None:
    half_open = RetryState(OPENS_AFTER, failing_since=1, next_retry_at=100)
    again = failed(half_open, 100)
    assert again.circuit(100) == "open"
    assert again.failing_since == 1


def test_it_remembers_since_when_it_fails() -> None:
    first = failed(RetryState(), 50)
    assert (first.failures, first.failing_since) == (1, 50)
    assert failed(first, 60).failing_since == 50


@given(moments)
def test_a_fresh_state_may_call_at_any_time(now: float) -> None:
    assert RetryState().may_call(now)
    assert RetryState().circuit(now) == "closed"
