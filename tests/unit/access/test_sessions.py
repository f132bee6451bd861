"""Sessions begin, are used, and end."""

import pytest

from ops_dashboard.access.sessions import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    MOST_OF_NETWORK,
    MOST_SESSIONS,
    Sessions,
)
from tests.unit.access.clock import Clock


def test_a_session_holds_what_it_was_begun_with():
    sessions = Sessions(Clock())
    session = sessions.find(sessions.begin("operator", "Ada"), use=True)
    assert session is not None
    assert (session.role, session.name) == ("operator", "Ada")


def test_an_id_is_long_and_never_the_same():
    sessions = Sessions(Clock())
    ids = {sessions.begin("viewer") for _ in range(100)}
    assert len(ids) == 100
    assert min(map(len, ids)) >= 43, "256 bits"


def test_no_id_is_kept():
    sessions = Sessions(Clock())
    id = sessions.begin("viewer")
    assert id not in repr(vars(sessions))


def test_unknown_ids_find_nothing():
    sessions = Sessions(Clock())
    sessions.begin("operator")
    assert [sessions.find(id, use=True) for id in ("", "x", "x" * 100_000, "\udcff", "é")] == [None] * 5


def test_a_session_in_use_outlives_the_idle_time():
    clock = Clock()
    sessions = Sessions(clock)
    id = sessions.begin("viewer")
    for _ in range(3):
        clock.wait(IDLE_SECONDS - 1)
        assert sessions.find(id, use=True)


def test_a_session_that_nobody_uses_ends():
    clock = Clock()
    sessions = Sessions(clock)
    id = sessions.begin("viewer")
    clock.wait(IDLE_SECONDS - 1)
    assert sessions.find(id, use=False), "to look is not to use"
    clock.wait(2)
    assert sessions.find(id, use=True) is None
    assert sessions.opened() == ()


def test_a_session_ends_after_a_week_however_much_it_is_used():
    clock = Clock()
    sessions = Sessions(clock)
    id, began = sessions.begin("viewer"), clock.now
    while clock.now - began <= LONGEST_SECONDS:
        assert sessions.find(id, use=True)
        clock.wait(3600)
    assert sessions.find(id, use=True) is None


def test_an_ended_session_is_gone_and_no_other():
    sessions = Sessions(Clock())
    one, other = sessions.begin("viewer"), sessions.begin("operator")
    sessions.end(one)
    sessions.end("unknown")
    assert sessions.find(one, use=True) is None
    assert sessions.find(other, use=True)


def test_the_one_used_least_lately_makes_room():
    clock = Clock()
    sessions = Sessions(clock)
    ids = []
    for _ in range(MOST_OF_NETWORK):
        ids.append(sessions.begin("viewer", client="192.0.2.1"))
        clock.wait(1)
    sessions.find(ids[0], use=True)
    sessions.begin("viewer", client="192.0.2.1")
    assert len(sessions.opened()) == MOST_OF_NETWORK
    assert sessions.find(ids[0], use=True)
    assert sessions.find(ids[1], use=True) is None


@pytest.mark.parametrize("client", ["192.0.2.1", "192.0.2.{}", "2001:db8::{}", "2001:db8:{}::1"])
def test_logins_end_no_session_of_another_role(client: str):
    sessions = Sessions(Clock())
    operators = [sessions.begin("operator", client="192.0.2.1") for _ in range(3)]
    for number in range(2 * MOST_SESSIONS + 1):
        sessions.begin("viewer", client=client.format(number % 200))
    assert all(sessions.find(id, use=True) for id in operators)
    assert len(sessions.opened()) <= MOST_SESSIONS + 3


def test_the_network_with_most_sessions_makes_room():
    sessions = Sessions(Clock())
    other = sessions.begin("viewer", client="192.0.2.1")
    for number in range(MOST_SESSIONS + 50):
        sessions.begin("viewer", client=f"198.51.100.{number % 20}")
    assert sessions.find(other, use=True)
    assert len(sessions.opened()) == MOST_SESSIONS


def test_open_sessions_are_listed_the_latest_first():
    clock = Clock()
    sessions = Sessions(clock)
    sessions.begin("viewer", "first")
    clock.wait(1)
    sessions.begin("operator", "second")
    assert [session.name for session in sessions.opened()] == ["second", "first"]
