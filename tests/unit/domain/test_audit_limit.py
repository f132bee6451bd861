"""A flood leaves few rows in the audit, and is counted in full."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.audit_entries import login_refused, not_allowed, token_refused
from ops_dashboard.domain.audit_limit import MOST_A_WINDOW, WINDOW_SECONDS, AuditLimit

ACTION = AuditEntry(0.0, "ana", "clear_cache", "", "done", "Done.")


def flood(limit: AuditLimit, number: int, at: float = 0.0, client: str = "192.0.2.1") -> list[AuditEntry]:
    """What is written of so many guesses of one moment."""
    return [row for _ in range(number) for row in limit.take(login_refused(at, client))]


def test_what_operators_do_is_never_counted_instead_of_written():
    limit = AuditLimit()
    assert [limit.take(ACTION) for _ in range(100)] == [[ACTION]] * 100
    assert limit.sums() == []


@pytest.mark.parametrize("outcome", ["not-sent", "refused"])
def test_what_they_ask_for_in_vain_again_and_again_is(outcome: str):
    limit, entry = AuditLimit(), replace(ACTION, outcome=outcome)
    assert sum(len(limit.take(entry)) for _ in range(100)) == MOST_A_WINDOW
    assert limit.take(ACTION) == [ACTION]
    (row,) = limit.sums()
    assert (row.by, row.action, row.outcome) == ("ana", "clear_cache", outcome)


def test_the_first_ones_are_written_and_the_rest_is_counted():
    limit = AuditLimit()
    assert len(flood(limit, 1_244)) == MOST_A_WINDOW
    (row,) = limit.sums()
    assert (row.by, row.action, row.outcome) == ("somebody at 192.0.2.1", "log_in", "refused")
    assert row.sentence == "1,234 more like this within a minute."
    assert limit.sums() == []


def test_of_many_the_first_few_are_named():
    limit = AuditLimit()
    flood(limit, MOST_A_WINDOW)
    for host in range(100):
        flood(limit, 1, client=f"192.0.2.{host}")
    (row,) = limit.sums()
    assert row.by == "several"
    assert row.sentence.startswith("100 more like this within a minute, by somebody at 192.0.2.0, ")
    assert row.sentence.endswith(" and others.")
    assert len(row.sentence) < 250


def test_the_next_minute_begins_with_what_the_last_one_left_out():
    limit = AuditLimit()
    flood(limit, MOST_A_WINDOW + 3)
    summed, entry = flood(limit, 1, at=WINDOW_SECONDS)
    assert summed.sentence.startswith("3 more")
    assert entry.at == WINDOW_SECONDS
    assert len(flood(limit, 100, at=WINDOW_SECONDS + 1)) == MOST_A_WINDOW - 1


def test_one_cause_does_not_hide_another():
    limit = AuditLimit()
    flood(limit, 1_000)
    for other in (token_refused(0.0, "192.0.2.1"), not_allowed(0.0, "Vi", "viewer", "X.y")):
        assert limit.take(other) == [other]


@given(st.lists(st.floats(0, 600), max_size=300))
def test_nothing_is_lost_and_no_minute_holds_more_than_its_share(moments: list[float]):
    limit = AuditLimit()
    rows = [row for at in sorted(moments) for row in limit.take(login_refused(at, "a"))] + limit.sums()
    counted = [int(row.sentence.split()[0]) for row in rows if "more like this" in row.sentence]
    assert len(rows) - len(counted) + sum(counted) == len(moments)
    windows = 600 / WINDOW_SECONDS + 1
    assert len(rows) <= windows * (MOST_A_WINDOW + 1)
