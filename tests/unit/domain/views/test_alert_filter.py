from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.views.alert_filter import (
    LONGEST_SEARCH,
    SEVERITIES,
    SOURCES,
    STATES,
    AlertFilter,
    alert_filter,
    filter_of_query,
)

GARBAGE = [None, 3, True, [], {}, "", "ALL", "critical ", "x" * 100_000, "\0"]


@given(st.sampled_from(SEVERITIES), st.sampled_from(STATES), st.sampled_from(SOURCES), st.text())
def test_a_link_asks_for_the_same_again(severity: str, state: str, source: str, text: str) -> None:
    wanted = alert_filter(severity, state, source, text)
    assert filter_of_query(dict(parse_qsl(wanted.query))) == wanted


@pytest.mark.parametrize("bad", GARBAGE, ids=lambda bad: repr(bad)[:12])
def test_what_is_no_choice_counts_as_all(bad: object) -> None:
    assert alert_filter(bad, bad, bad).stored == AlertFilter().stored


def test_without_a_choice_the_query_is_empty() -> None:
    assert AlertFilter().query == ""
    assert filter_of_query({}) == AlertFilter()


def test_each_choice_narrows_what_is_looked_for() -> None:
    wanted = alert_filter("critical", "resolved", "workers", "queue 100%").stored
    assert (wanted.severities, wanted.states) == (("critical",), ("resolved",))
    assert (wanted.rule_ids, wanted.text) == (("workers_status", "worker_queue"), "queue 100%")


def test_a_search_is_cut_and_kept_on_one_line() -> None:
    assert alert_filter(text="a\nb\x00").text == "a b"
    assert len(alert_filter(text="x" * 100_000).text) == LONGEST_SEARCH
