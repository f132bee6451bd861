"""Guessing costs time: each client's, nobody else's."""

from ops_dashboard.access.throttle import (
    FORGOTTEN_AFTER,
    FREE_FAILURES,
    LONGEST_WAIT,
    MOST_CLIENTS,
    Throttle,
)
from tests.unit.access.clock import Clock

ONE, OTHER = "192.0.2.1", "192.0.2.2"


def failed(throttle: Throttle, client: str, times: int) -> None:
    for _ in range(times):
        throttle.failed(client)


def test_a_few_typing_errors_cost_nothing():
    throttle = Throttle(Clock())
    failed(throttle, ONE, FREE_FAILURES)
    assert throttle.wait(ONE) == 0


def test_the_wait_doubles_up_to_a_limit():
    throttle = Throttle(Clock())
    failed(throttle, ONE, FREE_FAILURES)
    waits = []
    for _ in range(12):
        throttle.failed(ONE)
        waits.append(throttle.wait(ONE))
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == LONGEST_WAIT


def test_the_wait_passes():
    clock = Clock()
    throttle = Throttle(clock)
    failed(throttle, ONE, FREE_FAILURES + 3)
    clock.wait(3)
    assert throttle.wait(ONE) == 1
    clock.wait(1)
    assert throttle.wait(ONE) == 0


def test_another_client_does_not_wait_for_this_one():
    throttle = Throttle(Clock())
    failed(throttle, ONE, FREE_FAILURES + 10)
    assert throttle.wait(OTHER) == 0


def test_the_addresses_of_one_network_are_one_client():
    throttle = Throttle(Clock())
    for number in range(FREE_FAILURES + 1):
        throttle.failed(f"2001:db8::{number}")
    assert throttle.wait("2001:db8::ffff") == 1
    assert throttle.wait("2001:db8:0:1::1") == 0


def test_guesses_from_very_many_networks_hold_up_nobody_else():
    throttle = Throttle(Clock())
    for number in range(5_000):
        throttle.failed(f"10.0.{number // 250}.{number % 250}")
    assert throttle.wait(OTHER) == 0


def test_a_token_that_is_accepted_forgives_the_client():
    throttle = Throttle(Clock())
    failed(throttle, ONE, FREE_FAILURES + 1)
    throttle.succeeded(ONE)
    assert throttle.wait(ONE) == 0
    failed(throttle, ONE, FREE_FAILURES)
    assert throttle.wait(ONE) == 0


def test_failures_are_forgotten_after_an_hour():
    clock = Clock()
    throttle = Throttle(clock)
    failed(throttle, ONE, FREE_FAILURES + 1)
    clock.wait(FORGOTTEN_AFTER + 1)
    throttle.failed(ONE)
    assert throttle.wait(ONE) == 0


def test_it_remembers_no_more_than_so_many_clients():
    throttle = Throttle(Clock())
    for number in range(MOST_CLIENTS + 5):
        throttle.failed(str(number))
    assert len(throttle._tallies) == MOST_CLIENTS
