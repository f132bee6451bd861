"""Sessions as the page shows them: moments of the wall's clock, and nothing to use them by."""

from ops_dashboard.access.sessions import Sessions
from ops_dashboard.domain.views.sessions import MOST_SHOWN, SessionRow, SessionsView, sessions_view
from tests.unit.access.clock import Clock

NOW = 1_800_000_000.0


def test_moments_are_of_the_wall_s_clock_whatever_the_other_one_shows():
    clock = Clock()
    sessions = Sessions(clock)
    mine = sessions.begin("operator", "Ada")
    clock.wait(100)
    sessions.begin("viewer")
    clock.wait(50)
    sessions.find(mine, use=True)
    clock.wait(5)
    assert sessions_view(sessions.opened(mine), NOW).rows == (
        SessionRow(0, "", "viewer", NOW - 55, NOW - 55, is_this=False),
        SessionRow(1, "Ada", "operator", NOW - 155, NOW - 5, is_this=True),
    )


def test_two_that_are_alike_are_still_two():
    sessions = Sessions(Clock())
    mine, _ = sessions.begin("operator", "Ada"), sessions.begin("operator", "Ada")
    assert sorted(row.is_this for row in sessions_view(sessions.opened(mine), NOW).rows) == [False, True]


def test_who_has_no_session_finds_none_of_their_own():
    sessions = Sessions(Clock())
    sessions.begin("operator")
    for this in ("", "x"):
        assert [row.is_this for row in sessions_view(sessions.opened(this), NOW).rows] == [False]


def test_no_more_are_shown_than_can_be_read():
    sessions = Sessions(Clock())
    for network in range(MOST_SHOWN + 5):
        sessions.begin("viewer", client=f"10.{network}.0.1")
    view = sessions_view(sessions.opened(), NOW)
    assert (len(view.rows), view.total) == (MOST_SHOWN, MOST_SHOWN + 5)


def test_nothing_leaves_by_which_a_session_could_be_used():
    sessions = Sessions(Clock())
    id = sessions.begin("operator", "Ada")
    told = repr(sessions_view(sessions.opened(id), NOW))
    assert id not in told
    assert not any(key.hex() in told or repr(key) in told for key in sessions._open)


def test_without_sessions_there_is_an_empty_view():
    assert sessions_view((), NOW) == SessionsView()
