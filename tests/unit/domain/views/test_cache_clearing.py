"""Clearing the cache as the page shows it: what is lost, whether it can be done, how the last run went."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.actions import CLEARING, Ending, Run
from ops_dashboard.domain.snapshot import Contact, Offer, Snapshot
from ops_dashboard.domain.views.action import (
    NOT_KNOWN_YET,
    OUT_OF_REACH,
    SHOWN_SECONDS,
    ActionView,
    action_view,
)
from ops_dashboard.domain.views.cache import cache_panel
from ops_dashboard.domain.views.cache_clearing import at_stake
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, snapshot

BODY = {
    "hit_rate": 87.5,
    "size_mb": 412.3,
    "top_keys": [{"key": "search:query:attention", "hits": 3}, {"key": "graph:overview", "hits": 1}],
}
CAN = Offer("clear_cache", "Clear the cache", True, "This backend can clear the cache.")
CANNOT = replace(CAN, offered=False, sentence="This backend has no call to clear the cache.")
NOBODY_KNOWS = replace(CAN, offered=None, sentence="Its list of calls could not be read.")
READ = {"openapi": {}}


def view(bodies: dict[str, Any] | None = None, **known: Any) -> ActionView:
    return action_view(CLEARING, snapshot(READ if bodies is None else bodies, **known))


def run(state: Any, *, number: int = 3, ended_at: float = NOW - 5) -> tuple[Run, ...]:
    ending = Ending(state, "So it went.", "Do this.")
    return (Run("clear_cache", "", number, "ana", NOW - 20, ended_at, ending),)


def test_what_is_lost_is_named():
    assert at_stake(snapshot({"cache": BODY})) == (
        "Everything in the cache: 412 MB as last read.",
        "Among it the 2 most read keys, first of all search:query:attention.",
        "The hit rate, 87.5 % now, starts cold.",
    )


def test_what_is_not_reported_is_not_made_up():
    assert at_stake(snapshot({"cache": {}})) == ("Everything in the cache; its size is not reported.",)
    assert at_stake(snapshot()) == ("Everything in the cache; how much that is is not known.",)


def test_a_recorded_answer_is_named_too():
    lost = at_stake(snapshot({"cache": recorded("all-up-busy", "cache")}))
    assert lost[0].startswith("Everything in the cache")


def test_a_hostile_name_is_cut_and_on_one_line():
    (_, named) = at_stake(snapshot({"cache": {"top_keys": [{"key": "<b>\n\u202e" + "x" * 100_000}]}}))
    assert len(named) < 200 and "\n" not in named and "\u202e" not in named


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"offers": (CAN,)}, ""),
        ({"offers": (CANNOT,)}, CANNOT.sentence),
        ({"offers": (NOBODY_KNOWS,)}, NOBODY_KNOWS.sentence),
        ({"offers": (CAN,), "contact": Contact(lost=True)}, OUT_OF_REACH),
        ({"offers": (CANNOT,), "contact": Contact(lost=True)}, OUT_OF_REACH),
        ({}, NOT_KNOWN_YET),
    ],
)
def test_it_is_barred_with_its_reason(known: dict[str, Any], why: str):
    assert view(**known) == ActionView(barred=why)


def test_before_the_list_of_calls_was_asked_for_nobody_is_blamed():
    assert view({}, offers=(NOBODY_KNOWS,)).barred == NOT_KNOWN_YET
    assert action_view(CLEARING, Snapshot()).barred == NOT_KNOWN_YET


@pytest.mark.parametrize("state", ["done", "failed", "unknown"])
def test_a_run_that_has_ended_is_told_with_who_and_when(state: str):
    shown = view(offers=(CAN,), runs=run(state))
    assert shown == ActionView(state, CLEARING.words[state], "So it went.", "Do this.", "ana", NOW - 5, 3)  # type: ignore[arg-type, index]


def test_a_run_under_way_is_told_with_when_it_began():
    shown = view(offers=(CAN,), runs=run("running", ended_at=0.0))
    assert (shown.state, shown.word, shown.at) == ("running", "Clearing the cache…", NOW - 20)


def test_an_old_result_is_no_news_but_its_number_still_counts():
    shown = view(offers=(CAN,), runs=run("failed", ended_at=NOW - SHOWN_SECONDS - 1))
    assert shown == ActionView(number=3)


def test_a_result_stays_while_it_cannot_be_done_again():
    shown = view(offers=(CAN,), runs=run("done"), contact=Contact(lost=True))
    assert (shown.state, shown.barred) == ("done", OUT_OF_REACH)


def test_the_panel_carries_both():
    panel = cache_panel(snapshot(demo_bodies(), offers=(CAN,), runs=run("done")))
    assert panel.clear.state == "done"
    assert len(panel.at_stake) == 3
